import type { JSX } from "preact";
import type { Section } from "../../client/queue-client.ts";
import { AppointmentRow } from "./appointment-row.tsx";
import type { ClinicTime } from "../shared/clinic-time.ts";
import { changeMark, type Changes } from "../shared/find-changes.ts";
import { Icon } from "../shared/icon.tsx";
import { byStage, stageNames, stages } from "../shared/stage.ts";

interface Props {
  section: Section;
  /** The ids of the appointments to show. */
  found: ReadonlySet<string>;
  changes: Changes;
  /** Whether patients can be waiting on the date at all. */
  isToday: boolean;
  time: ClinicTime;
}

/** One doctor and their appointments: waiting patients first, in the order in which they will be called. */
export function DoctorSection({ section, found, changes, isToday, time }: Props): JSX.Element {
  const { doctor, is_present, total_appointments } = section;
  const groups = byStage(section);
  const next = groups.waiting[0];
  const titleId = `doctor-${doctor.id}`;
  return (
    <section class={is_present ? "doctor" : "doctor absent"} data-doctor-id={doctor.id} aria-labelledby={titleId}>
      <header>
        <h2 id={titleId}>
          <bdi>{doctor.name}</bdi>
        </h2>
        <p class="quiet">{[doctor.specialty, doctor.code].filter(Boolean).join(" · ")}</p>
        <p class="counts">
          <strong>{groups.waiting.length} waiting</strong>
          <span>of {total_appointments}</span>
        </p>
        {!is_present && (
          <p class="absence">
            <Icon name="absent" />
            Absent
          </p>
        )}
      </header>
      {isToday && !next && <p class="nobody">Nobody is waiting</p>}
      <table aria-labelledby={titleId}>
        <colgroup>
          <col class="position-column" />
          <col class="time-column" />
          <col />
          <col class="status-column" />
        </colgroup>
        <thead class="hidden">
          <tr>
            <th scope="col">Position</th>
            <th scope="col">Time</th>
            <th scope="col">Patient</th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        {stages.map((stage) => {
          const shown = groups[stage].filter((one) => found.has(one.appointment_id));
          if (shown.length === 0) return null;
          return (
            <tbody key={stage} class={stage}>
              <tr class="group">
                <th scope="rowgroup" colSpan={4}>
                  {stageNames[stage]} <span class="number">{groups[stage].length}</span>
                </th>
              </tr>
              {shown.map((one) => (
                <AppointmentRow
                  key={one.appointment_id}
                  appointment={one}
                  stage={stage}
                  isNext={one === next}
                  changed={changeMark(changes, one.appointment_id)}
                  time={time}
                />
              ))}
            </tbody>
          );
        })}
      </table>
    </section>
  );
}
