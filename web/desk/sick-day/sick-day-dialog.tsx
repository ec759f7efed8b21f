import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Answer } from "../../../client/rest-client.ts";
import { useActions, useActionState, useSending } from "../../shared/actions/use-actions.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { DayField } from "../../shared/parts/day-field.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { useDesk } from "../desk-context.ts";
import type { ListedDoctor } from "../../shared/clinic/use-directory.ts";
import { useCalendarWords } from "../calendar/words/use-calendar-words.ts";
import { HandedOver } from "./handed-over.tsx";
import { TelephoneList } from "./telephone-list.tsx";
import { useDaysAppointments } from "./use-days-appointments.ts";

type Cancelled = Answer<"cancelDoctorDay">;
type Handed = Answer<"handOverDay">;

/** What came of it, which decides what is shown next. */
type Outcome = { name: "cancelled"; answer: Cancelled } | { name: "handed"; answer: Handed; to: string };

interface Props {
  doctor: ListedDoctor;
  openTasks: number | undefined;
}

/** A doctor is ill: all that is booked is cancelled, or a colleague gets it, and then everybody is telephoned. */
export function SickDayDialog({ doctor, openTasks }: Props): JSX.Element {
  const words = useCalendarWords();
  const desk = useDesk();
  const [outcome, setOutcome] = useState<Outcome>();
  return (
    <Dialog title={words.say("sickTitle", { doctor: doctor.name })} isDrawer onClose={() => desk.open(undefined)}>
      {outcome === undefined && <SickDayForm doctor={doctor} onDone={setOutcome} />}
      {outcome?.name === "cancelled" && (
        <TelephoneList
          appointmentIds={outcome.answer.cancelled.map(({ appointment }) => appointment.id)}
          trace={openTasks}
        />
      )}
      {outcome?.name === "handed" && <HandedOver answer={outcome.answer} from={doctor.name} to={outcome.to} />}
    </Dialog>
  );
}

function SickDayForm({ doctor, onDone }: { doctor: ListedDoctor; onDone: (outcome: Outcome) => void }): JSX.Element {
  const words = useCalendarWords();
  const desk = useDesk();
  const actions = useActions();
  const at = `sick day ${doctor.id}`;
  const sending = useSending(useActionState(at)?.name === "pending");
  const [date, setDate] = useState(desk.date() < desk.today() ? desk.today() : desk.date());
  const [reason, setReason] = useState("");
  const section = desk.queue()?.doctors.find((one) => one.doctor.id === doctor.id);
  const appointments = useDaysAppointments(doctor.id, date, section);
  const booked = appointments?.filter(({ status, outcome }) => status === "booked" && outcome === null).length ?? 0;
  const here = appointments?.filter(({ status }) => status === "checked_in").length ?? 0;
  const colleagues = desk
    .doctors()
    .filter(({ id, kind, retired_at }) => id !== doctor.id && kind === doctor.kind && retired_at === null)
    .sort((a, b) => Number(b.specialty === doctor.specialty) - Number(a.specialty === doctor.specialty));
  const [chosen, choose] = useState<string>();
  const colleague = colleagues.find(({ id }) => id === chosen) ?? colleagues[0];

  function cancelDay(event: Event): void {
    event.preventDefault();
    void actions.do({
      at,
      send: (client) =>
        client.call("cancelDoctorDay", {
          params: { id: doctor.id },
          query: { date },
          body: reason.trim() === "" ? {} : { reason: reason.trim() },
        }),
      done: ({ cancelled }) => ({
        text: words.say("didSickDay", { count: cancelled.length, doctor: doctor.name }),
        at: desk.now().toISOString(),
      }),
      onDone: (answer) => {
        desk.reload();
        if (answer) onDone({ name: "cancelled", answer });
      },
    });
  }

  function handOver(to: ListedDoctor): void {
    void actions.do({
      at,
      send: (client) =>
        client.call("handOverDay", { params: { id: doctor.id }, query: { date }, body: { doctor_id: to.id } }),
      done: ({ moved }) => ({
        text: words.say("didHandOver", { count: moved.length, doctor: doctor.name }),
        at: desk.now().toISOString(),
      }),
      onDone: (answer) => answer && onDone({ name: "handed", answer, to: to.name }),
    });
  }

  return (
    <form class="stack" onSubmit={cancelDay}>
      <div class="fields">
        <DayField label={words.say("illOn")} value={date} change={setDate} />
        <Field label={words.say("illReason")} value={reason} change={setReason} maxLength={200} />
      </div>
      <p role="status" aria-busy={appointments === undefined}>
        {appointments && (booked > 0 ? words.say("sickCount", { count: booked }) : words.say("sickNobody"))}{" "}
        {here > 0 && words.say("sickStay", { count: here })}
      </p>
      <div class="buttons">
        <button type="submit" class="danger" disabled={appointments === undefined} {...sending}>
          {booked > 0 ? words.say("cancelDay", { count: booked }) : words.say("markAbsent")}
        </button>
      </div>
      <ActionNotice at={at} />
      {booked + here > 0 && (
        <fieldset class="chips">
          <legend>{words.say("orColleague")}</legend>
          {colleague ? (
            <>
              <select
                aria-label={words.say("orColleague")}
                value={colleague.id}
                onChange={({ currentTarget }) => choose(currentTarget.value)}
              >
                {colleagues.map(({ id, name, specialty }) => (
                  <option key={id} value={id}>
                    {[name, specialty].filter(Boolean).join(" · ")}
                  </option>
                ))}
              </select>
              <button type="button" {...sending} onClick={() => handOver(colleague)}>
                {words.say("giveDay", { doctor: colleague.name })}
              </button>
            </>
          ) : (
            <p>{words.say("nobodyElse")}</p>
          )}
        </fieldset>
      )}
    </form>
  );
}
