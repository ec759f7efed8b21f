import type { JSX } from "preact";
import { useSending } from "../../shared/actions/use-actions.tsx";
import { Icon } from "../../shared/parts/icon.tsx";
import { useSurgery } from "../surgery.tsx";
import type { Row } from "../work/work.ts";
import { tellUrging } from "./facts.ts";
import { useHistory } from "./use-history.ts";

/** Breaks in where somebody cannot wait until whoever is here is done. */
export function Emergency({ urgent, here }: { urgent: Row; here: Row }): JSX.Element {
  const { deeds, words } = useSurgery();
  const sending = useSending();
  const history = useHistory(urgent);
  const { ticket, patient, note } = urgent.appointment;
  return (
    <div class="break-in" role="alert">
      <Icon name="emergency" />
      <p>
        <b>{words.say("emergencyFor", { who: `${ticket} ${patient.name}` })}</b>
        <span>{[tellUrging(history), note].filter(Boolean).join(" · ")}</span>
      </p>
      <button type="button" {...sending} onClick={() => void deeds.holdAndCall(here, urgent)}>
        {words.say("holdAndCall", { held: here.appointment.ticket, ticket })}
      </button>
    </div>
  );
}
