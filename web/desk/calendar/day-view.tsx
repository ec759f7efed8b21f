import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useVisit } from "../../shared/access/entrance.tsx";
import { writeDay } from "../../shared/times/day.ts";
import type { StaffSection } from "../found.ts";
import { useDesk } from "../desk-context.ts";
import type { ListedDoctor } from "../../shared/clinic/use-directory.ts";
import type { ViewProps } from "./calendar-props.ts";
import { DoctorHead } from "./column-head.tsx";
import { FirstFree } from "./first-free.tsx";
import { SlotGrid, type Column } from "./slot-grid.tsx";
import { bookedOf, layOver, placeCells, type Booked, type PlacedCell, type Slot } from "./slots.ts";
import { useSlots } from "./use-slots.ts";
import { useCalendarWords } from "./words/use-calendar-words.ts";

interface Laid {
  cells: readonly PlacedCell[] | undefined;
  untimed: readonly Booked[];
}

/** The day of all doctors, or of those of a specialty, side by side. */
export function DayView(props: ViewProps): JSX.Element {
  const { queue, doctors, openId, nowMs, errand, endErrand, show, choose, touched } = props;
  const words = useCalendarWords();
  const desk = useDesk();
  const [specialty, setSpecialty] = useState<string>();
  const date = desk.date();
  const today = desk.today();
  const working = doctors.filter(
    (one) => one.retired_at === null && (specialty === undefined || one.specialty === specialty),
  );
  const ids = working.map(({ id }) => id);
  const range = useMemo(() => ({ from: date, until: date }), [date]);
  const { slots, reload } = useSlots(ids, range, queue);
  useEffect(() => touched && reload(touched.doctorId), [touched]);
  const lay = useLaying();

  const columns: Column[] = [];
  const without: ListedDoctor[] = [];
  for (const doctor of working) {
    const section = queue?.doctors.find((one) => one.doctor.id === doctor.id);
    const known = slots.get(doctor.id);
    const { cells, untimed } = lay(doctor.id, known, section);
    if (known && cells?.length === 0 && untimed.length === 0) {
      without.push(doctor);
      continue;
    }
    const room = section?.room?.name ?? desk.rooms().find(({ id }) => id === doctor.room_id)?.name;
    columns.push({
      key: doctor.id,
      doctorId: doctor.id,
      date,
      head: (
        <DoctorHead
          doctor={doctor}
          room={room}
          cells={cells}
          show={() => show({ name: "week", doctorId: doctor.id })}
        />
      ),
      cells,
      untimed,
      told: section && section.state !== "present" ? words.say(`state_${section.state}`) : undefined,
    });
  }

  return (
    <>
      <div class="calendar-bar">
        <SpecialtyChoice doctors={doctors} chosen={specialty} choose={setSpecialty} />
        <FirstFree specialty={specialty} from={date < today ? today : date} trace={slots} choose={choose} />
      </div>
      <SlotGrid
        label={writeDay(date, words.locale)}
        columns={columns}
        openId={openId}
        movingId={errand?.name === "move" ? errand.appointment.id : undefined}
        soughtId={errand && (errand.name === "move" ? errand.appointment.doctorId : "")}
        today={today}
        nowMs={nowMs}
        dragBooked={({ doctorId: of, date: on }, { id, ticket, startsAt, name = "" }) =>
          desk.seek({ name: "move", appointment: { id, ticket, doctorId: of, date: on, startsAt, name } })
        }
        endDrag={(isDropped) => isDropped || endErrand()}
        pressSlot={({ doctorId }, { startsAt, status }) =>
          choose({ doctorId, date, startsAt, isHeld: status === "held" })
        }
        pressBooked={(_column, { id }) => desk.open(id === openId ? undefined : { name: "row", id })}
      />
      {without.length > 0 && (
        <div class="without">
          <span class="quiet">{words.say("noTimes")}:</span>
          {without.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              data-without={id}
              onClick={() => choose({ doctorId: id, date, startsAt: null })}
            >
              <bdi>{name}</bdi>: {words.say(errand?.name === "move" ? "moveWithoutTime" : "bookWithoutTime")}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

interface SpecialtyProps {
  doctors: readonly ListedDoctor[];
  chosen: string | undefined;
  choose: (specialty: string | undefined) => void;
}

function SpecialtyChoice({ doctors, chosen, choose }: SpecialtyProps): JSX.Element | null {
  const words = useCalendarWords();
  const all = [...new Set(doctors.flatMap(({ specialty }) => specialty ?? []))].sort((a, b) => a.localeCompare(b));
  if (all.length < 2) return null;
  return (
    <label class="inline-field">
      <span class="quiet">{words.say("specialty")}</span>
      <select value={chosen ?? ""} onChange={({ currentTarget }) => choose(currentTarget.value || undefined)}>
        <option value="">{words.say("allSpecialties")}</option>
        {all.map((specialty) => (
          <option key={specialty} value={specialty}>
            {specialty}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Lays a doctor's appointments over the times, and keeps the result as long as nothing changed. */
function useLaying() {
  const { time } = useVisit();
  return useMemo(() => {
    const made = new Map<string, { slots: unknown; section: unknown; laid: Laid }>();
    return (doctorId: string, slots: readonly Slot[] | undefined, section: StaffSection | undefined): Laid => {
      const before = made.get(doctorId);
      if (before && before.slots === slots && before.section === section) return before.laid;
      const { cells, untimed } = layOver(slots ?? [], (section?.appointments ?? []).map(bookedOf));
      const laid = { cells: slots && placeCells(cells, time), untimed };
      made.set(doctorId, { slots, section, laid });
      return laid;
    };
  }, [time]);
}
