import type { JSX } from "preact";
import type { Appointment, Section } from "../../client/queue-client.ts";

/** How many patients fit after the next one. */
const later = 3;

interface Props {
  doctor: Section["doctor"];
  /** By position; at least one. */
  waiting: Appointment[];
}

/** One doctor's queue, as the waiting room may see it. */
export function BoardRow({ doctor, waiting }: Props): JSX.Element {
  const [next, ...others] = waiting;
  const more = others.length - later;
  return (
    <tr data-doctor-id={doctor.id}>
      <th scope="row">
        <bdi class="doctor-name">{doctor.name}</bdi>
        {doctor.specialty !== null && <bdi class="specialty">{doctor.specialty}</bdi>}
      </th>
      <td class="next">
        <bdi>{next?.patient.name}</bdi>
      </td>
      <td class="then">
        {others.slice(0, later).map((one) => (
          <bdi key={one.appointment_id}>{one.patient.name}</bdi>
        ))}
        {more > 0 && <span class="more">+{more}</span>}
      </td>
    </tr>
  );
}
