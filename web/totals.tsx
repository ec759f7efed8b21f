import type { JSX } from "preact";
import type { Queue } from "../client/queue-client.ts";
import { stageOf, type Stage } from "./stage.ts";

/** The day in numbers. */
export function Totals({ queue }: { queue: Queue }): JSX.Element {
  const appointments = queue.doctors.flatMap((section) => section.appointments);
  const count = (stage: Stage): number => appointments.filter((one) => stageOf(one) === stage).length;
  const { total_appointments, total_doctors } = queue;
  const numbers = {
    Waiting: count("waiting"),
    Booked: count("booked"),
    Done: count("done"),
    [total_appointments === 1 ? "Appointment" : "Appointments"]: total_appointments,
    [total_doctors === 1 ? "Doctor" : "Doctors"]: total_doctors,
  };
  return (
    <dl class="totals">
      {Object.entries(numbers).map(([name, number]) => (
        <div key={name} data-total={name.toLowerCase()}>
          <dt>{name}</dt>
          <dd>{number}</dd>
        </div>
      ))}
    </dl>
  );
}
