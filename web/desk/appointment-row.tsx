import type { JSX } from "preact";
import type { Appointment } from "../../client/queue-client.ts";
import type { ClinicTime } from "../shared/clinic-time.ts";
import { Icon } from "../shared/icon.tsx";
import { stageNames, type Stage } from "../shared/stage.ts";

interface Props {
  appointment: Appointment;
  stage: Stage;
  /** Whether this patient is the one to call next. */
  isNext: boolean;
  /** Alternates with each change that is worth a glance. */
  changed: "odd" | "even" | undefined;
  time: ClinicTime;
}

export function AppointmentRow({ appointment, stage, isNext, changed, time }: Props): JSX.Element {
  const { slot, time_slot, ticket, patient, queue } = appointment;
  return (
    <tr
      class={isNext ? `${stage} next` : stage}
      data-appointment-id={appointment.appointment_id}
      data-status={appointment.status}
      data-position={stage === "waiting" ? queue?.position : undefined}
      data-changed={changed}
    >
      <td class="position">
        {queue && <span class="number">{queue.position}</span>}
        {isNext && <span class="call">Next</span>}
      </td>
      <td class="time">
        <span class="main">{hour(time_slot)}</span>
        <span class="quiet">Slot {slot}</span>
      </td>
      <th scope="row" class="patient">
        <bdi class="main">{patient.name}</bdi>
        <span class="quiet">
          <b>{ticket}</b>
          {" · "}
          <bdi>{patient.phone}</bdi>
          {describe(patient)}
        </span>
      </th>
      <td class="status">
        <span class="main">
          <Icon name={stage} />
          {stageNames[stage]}
        </span>
        {queue && <CheckedIn at={queue.checked_in_at} time={time} />}
      </td>
    </tr>
  );
}

function CheckedIn({ at, time }: { at: string; time: ClinicTime }): JSX.Element {
  return (
    <span class="quiet">
      arrived <time dateTime={at}>{time.clock(new Date(at))}</time>
    </span>
  );
}

/** An hour of the day, for example `09:00`; a slot may lie outside the doctor's hours and have none. */
function hour(timeSlot: number | null): string {
  return timeSlot === null ? "–" : `${String(timeSlot).padStart(2, "0")}:00`;
}

/** What else is known about the patient, for example ` · 45, male`. */
function describe({ age, gender }: Appointment["patient"]): string {
  const known = [age, gender].filter((fact) => fact !== null && fact !== "");
  return known.length > 0 ? ` · ${known.join(", ")}` : "";
}
