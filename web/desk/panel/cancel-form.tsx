import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { StaffAppointment } from "../../../client/queue-client.ts";
import { useSending } from "../../shared/actions/use-actions.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDeeds } from "../deeds/use-deeds.ts";
import type { en } from "../words/en.ts";

interface Props {
  row: Pick<StaffAppointment, "appointment_id" | "ticket">;
  onDone: () => void;
}

/** Cancels an appointment. It cannot be taken back, so it asks once, in its place, with the reasons as the answers. */
export function CancelForm({ row, onDone }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const deeds = useDeeds();
  const sending = useSending();
  const [isAsking, setAsking] = useState(false);

  if (!isAsking) {
    return (
      <div class="buttons">
        <button type="button" onClick={() => setAsking(true)}>
          {words.say("cancelAppointment")}…
        </button>
      </div>
    );
  }
  return (
    <fieldset class="chips" aria-describedby={`cancel-told-${row.appointment_id}`}>
      <legend>{words.say("cancelWhy", { ticket: row.ticket })}</legend>
      {[words.say("cancelByPatient"), words.say("cancelByClinic"), words.say("cancelMistake")].map((reason) => (
        <button key={reason} type="button" {...sending} onClick={() => void deeds.cancel(row, reason, onDone)}>
          {reason}
        </button>
      ))}
      <button type="button" onClick={() => setAsking(false)}>
        {words.say("keepAppointment")}
      </button>
      <p id={`cancel-told-${row.appointment_id}`} class="quiet">
        {words.say("cancelFinal")}
      </p>
    </fieldset>
  );
}
