import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useActions } from "../../shared/actions/use-actions.tsx";
import { Icon } from "../../shared/parts/icon.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { useDesk, type Errand } from "../desk-context.ts";
import type { CalendarProps, ViewProps } from "./calendar-props.ts";
import { DayView } from "./day-view.tsx";
import { SlotDialog } from "./slot-dialog.tsx";
import type { ChosenSlot } from "./slots.ts";
import { writeTime } from "./write-time.ts";
import { useSlotDeeds } from "./use-slot-deeds.ts";
import { WeekView } from "./week-view.tsx";
import { writeCode } from "./write-code.ts";
import { useCalendarWords } from "./words/use-calendar-words.ts";

type Appointment = Answer<"bookAppointment">;

/** Where a move is begun. */
const place = "calendar";

/** Books and moves by looking: the times of all doctors on a day, or of one in a week. */
export function Calendar(props: CalendarProps): JSX.Element {
  const { view, errand, endErrand, park } = props;
  const [opened, setOpened] = useState<{ slot: ChosenSlot; job: string }>();
  const [touched, setTouched] = useState<{ doctorId: string }>();
  const [made, setMade] = useState<{ appointment: Appointment; name: string }>();
  const actions = useActions();
  const deeds = useSlotDeeds(place);
  useEscape(errand !== undefined && opened === undefined, endErrand);
  useEffect(() => () => actions.dismiss(place), [actions, errand]);

  function touch(...doctorIds: string[]): void {
    for (const doctorId of doctorIds) setTouched({ doctorId });
  }

  function choose(chosen: ChosenSlot): void {
    setMade(undefined);
    if (errand?.name !== "move") {
      const { doctorId, date, startsAt } = chosen;
      return setOpened({ slot: chosen, job: errand?.job ?? `slot ${doctorId} ${startsAt ?? date}` });
    }
    const { appointment } = errand;
    deeds.move(appointment, chosen, {
      choose,
      onDone: (moved) => {
        if (moved) setMade({ appointment: moved, name: appointment.name });
        touch(appointment.doctorId, chosen.doctorId);
        endErrand();
      },
    });
  }

  const given: ViewProps = { ...props, choose, touched };
  return (
    <div class="calendar" data-view={view.name} data-errand={errand?.name}>
      {view.name === "day" ? <DayView {...given} /> : <WeekView {...given} doctorId={view.doctorId} />}
      {/* Below the times, none of which moves under the finger for it. */}
      <div class="calendar-told">
        <ActionNotice at={place} />
        {errand && <ErrandLine errand={errand} end={endErrand} />}
        {made && !errand && <MadeLine {...made} close={() => setMade(undefined)} />}
      </div>
      {opened && (
        <SlotDialog
          key={opened.job}
          slot={opened.slot}
          choose={(slot) => setOpened({ ...opened, slot })}
          visitor={errand?.name === "book" ? errand.visitor : undefined}
          job={opened.job}
          onFreed={touch}
          onBooked={(appointment, name) => {
            if (appointment) setMade({ appointment, name });
            touch(opened.slot.doctorId);
            setOpened(undefined);
            if (errand?.name === "book") park(errand.job, undefined);
            endErrand();
          }}
          close={() => setOpened(undefined)}
        />
      )}
    </div>
  );
}

/** What a time is looked for, until it is found or left. */
function ErrandLine({ errand, end }: { errand: Errand; end: () => void }): JSX.Element {
  const words = useCalendarWords();
  const { time } = useVisit();
  const text =
    errand.name === "book"
      ? words.say("bookingFor", {
          name: "patient" in errand.visitor ? errand.visitor.patient.name : errand.visitor.typed,
        })
      : words.say("movingFrom", {
          ticket: errand.appointment.ticket,
          name: errand.appointment.name,
          from: writeTime(errand.appointment, words.locale, time),
        });
  return (
    <div class="errand" role="status">
      <p>
        <Icon name={errand.name === "book" ? "person" : "skipped"} /> {text}
      </p>
      <button type="button" onClick={end}>
        {words.say("stopErrand")}
      </button>
    </div>
  );
}

/** What was booked or moved last, with what the patient needs to know. */
function MadeLine({
  appointment,
  name,
  close,
}: {
  appointment: Appointment;
  name: string;
  close: () => void;
}): JSX.Element {
  const words = useCalendarWords();
  const { time } = useVisit();
  const desk = useDesk();
  const { id, ticket, date, starts_at, doctor_id, confirmation_code: code } = appointment;
  const doctor = desk.doctors().find((one) => one.id === doctor_id)?.name ?? "";
  const at = writeTime({ date, startsAt: starts_at }, words.locale, time);
  return (
    <div class="made" role="status" data-made={id}>
      <p>
        <Icon name="served" /> {words.say("toldBooked", { ticket, name, time: at, doctor })}{" "}
        {code !== null && (
          <>
            {words.say("code")} <b>{writeCode(code)}</b>
          </>
        )}
      </p>
      <button type="button" onClick={() => desk.open({ name: "confirmation", appointmentId: id })}>
        <Icon name="print" /> {words.say("printConfirmation")}
      </button>
      <button type="button" class="plain-button" aria-label={words.say("close")} onClick={close}>
        <Icon name="close" />
      </button>
    </div>
  );
}

/** Escape leaves an errand, unless something lies over the page. */
function useEscape(isOn: boolean, act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (!isOn) return;
    const hear = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open], .panel")) {
        latest.current();
      }
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [isOn]);
}
