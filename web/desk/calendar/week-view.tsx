import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Answer } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useClient } from "../../shared/actions/use-actions.tsx";
import { addDays, writeShortDay } from "../../shared/times/day.ts";
import { mondayOf } from "../../shared/times/month.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import { useDesk } from "../desk-context.ts";
import type { ViewProps } from "./calendar-props.ts";
import { SlotGrid, type Column } from "./slot-grid.tsx";
import { bookedOf, layOver, placeCells, type Booked, type Slot } from "./slots.ts";
import { useSlots } from "./use-slots.ts";
import { useCalendarWords } from "./words/use-calendar-words.ts";

type Appointment = Answer<"listDoctorAppointments">[number];

const daysOfWeek = [0, 1, 2, 3, 4, 5, 6];
const noSlots: readonly Slot[] = [];

/** One doctor's week. Names are known on the date that is chosen; elsewhere a press goes there. */
export function WeekView(props: ViewProps & { doctorId: string }): JSX.Element {
  const { doctorId, queue, doctors, openId, nowMs, errand, endErrand, show, choose, touched } = props;
  const words = useCalendarWords();
  const { time } = useVisit();
  const desk = useDesk();
  const date = desk.date();
  const monday = mondayOf(date);
  const ids = useMemo(() => [doctorId], [doctorId]);
  const range = useMemo(() => ({ from: monday, until: addDays(monday, 6) }), [monday]);
  const { slots, reload } = useSlots(ids, range, queue);
  useEffect(() => {
    if (touched?.doctorId === doctorId) reload(doctorId);
  }, [touched]);
  const known = slots.get(doctorId);
  const booked = useBooked(doctorId, monday, known);
  const section = queue?.doctors.find(({ doctor }) => doctor.id === doctorId);

  const columns = daysOfWeek.map((n): Column => {
    const day = addDays(monday, n);
    const ofDay = day === date && section ? section.appointments.map(bookedOf) : (booked.get(day) ?? []);
    const { cells, untimed } = layOver(known?.filter((slot) => slot.date === day) ?? noSlots, ofDay);
    return {
      key: day,
      doctorId,
      date: day,
      head: (
        <h2>
          <button
            type="button"
            class="plain-button"
            aria-current={day === date ? "date" : undefined}
            onClick={() => desk.chooseDate(day)}
          >
            {writeShortDay(day, words.locale)}
          </button>
        </h2>
      ),
      cells: known && placeCells(cells, time),
      untimed,
    };
  });
  const doctor = doctors.find(({ id }) => id === doctorId);

  return (
    <>
      <div class="calendar-bar">
        <button type="button" onClick={() => show({ name: "day" })}>
          <Icon name="previous" /> {words.say("backToDay")}
        </button>
        <label class="inline-field">
          <span class="quiet">{words.say("doctorShown")}</span>
          <select
            value={doctorId}
            onChange={({ currentTarget }) => show({ name: "week", doctorId: currentTarget.value })}
          >
            {doctors
              .filter(({ id, retired_at }) => retired_at === null || id === doctorId)
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </select>
        </label>
        <span class="buttons">
          <button
            type="button"
            class="step"
            aria-label={words.say("previousWeek")}
            onClick={() => desk.chooseDate(addDays(date, -7))}
          >
            <Icon name="previous" />
          </button>
          <button
            type="button"
            class="step"
            aria-label={words.say("nextWeek")}
            onClick={() => desk.chooseDate(addDays(date, 7))}
          >
            <Icon name="next" />
          </button>
        </span>
        <span class="buttons calendar-end">
          <button type="button" onClick={() => desk.open({ name: "sick-day", id: doctorId })}>
            {words.say("sickDay")}…
          </button>
          <button type="button" onClick={() => desk.open({ name: "conflicts", id: doctorId })}>
            {words.say("conflicts")}…
          </button>
          <button type="button" onClick={() => desk.open({ name: "print-doctor", id: doctorId })}>
            <Icon name="print" /> {words.say("printDoctorsDay")}
          </button>
        </span>
      </div>
      <SlotGrid
        label={words.say("weekOf", { doctor: doctor?.name ?? "" })}
        columns={columns}
        openId={openId}
        movingId={errand?.name === "move" ? errand.appointment.id : undefined}
        soughtId={errand && (errand.name === "move" ? errand.appointment.doctorId : "")}
        today={desk.today()}
        nowMs={nowMs}
        dragBooked={({ doctorId: of, date: on }, { id, ticket, startsAt, name = "" }) =>
          desk.seek({ name: "move", appointment: { id, ticket, doctorId: of, date: on, startsAt, name } })
        }
        endDrag={(isDropped) => isDropped || endErrand()}
        pressSlot={(column, { startsAt, status }) =>
          choose({ doctorId, date: column.date, startsAt, isHeld: status === "held" })
        }
        pressBooked={(column, { id }) => {
          if (column.date !== date) desk.chooseDate(column.date);
          desk.open(id === openId ? undefined : { name: "row", id });
        }}
      />
    </>
  );
}

/** The appointments of a doctor's week by date, read again with the times. */
function useBooked(doctorId: string, monday: string, trace: unknown): ReadonlyMap<string, readonly Booked[]> {
  const client = useClient();
  const [booked, setBooked] = useState<ReadonlyMap<string, readonly Booked[]>>(new Map());
  useEffect(() => setBooked(new Map()), [doctorId, monday]);
  useEffect(() => {
    if (trace === undefined) return;
    const ending = new AbortController();
    const read = async (day: string): Promise<[string, Booked[]]> => {
      const asked = { params: { id: doctorId }, query: { date: day }, signal: ending.signal };
      return [day, (await client.call("listDoctorAppointments", asked)).map(withoutName)];
    };
    Promise.all(daysOfWeek.map((n) => read(addDays(monday, n)))).then(
      (days) => ending.signal.aborted || setBooked(new Map(days)),
      // What is known stays; the connection's badge tells that the server is gone.
      () => undefined,
    );
    return () => ending.abort();
  }, [client, doctorId, monday, trace]);
  return booked;
}

function withoutName({ id, ticket, starts_at, ends_at, status, outcome, reason }: Appointment): Booked {
  const stage =
    outcome === "no_show"
      ? "no_show"
      : status === "completed"
        ? "served"
        : status === "checked_in"
          ? "waiting"
          : "booked";
  return { id, ticket, startsAt: starts_at, endsAt: ends_at, stage, reason };
}
