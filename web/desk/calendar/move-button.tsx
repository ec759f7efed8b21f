import type { JSX } from "preact";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDesk } from "../desk-context.ts";
import type { Found } from "../found.ts";
import type { en } from "../words/en.ts";

/** Takes an appointment up, to be put down at another time. */
export function MoveButton({ found: { section, row } }: { found: Found }): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  function take(): void {
    const { appointment_id: id, ticket, starts_at: startsAt, patient } = row;
    const appointment = { id, ticket, doctorId: section.doctor.id, date: desk.date(), startsAt, name: patient.name };
    desk.seek({ name: "move", appointment });
  }
  return (
    <button type="button" onClick={take}>
      {words.say("moveAppointment")}…
    </button>
  );
}
