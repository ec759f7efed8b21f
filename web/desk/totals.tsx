import type { JSX } from "preact";
import type { Appointment, Queue } from "../../client/queue-client.ts";
import { countStages, stageNames, stages } from "../shared/stage.ts";

/** The day in numbers. */
export function Totals({ queue }: { queue: Queue }): JSX.Element {
  const counts = countStages(queue.doctors.flatMap((section): Appointment[] => section.appointments));
  const { total_appointments, total_doctors } = queue;
  const numbers = {
    ...Object.fromEntries(stages.map((stage) => [stageNames[stage], counts[stage]])),
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
