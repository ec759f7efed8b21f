import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useSending } from "../../shared/actions/use-actions.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDesk } from "../desk-context.ts";
import type { Found } from "../found.ts";
import type { en } from "../words/en.ts";
import { transferChoices, type TransferChoice } from "./transfer-choices.ts";

interface Props {
  found: Found;
  /** Sends the patient to a doctor, and back again after that where wanted. */
  transfer: (doctorId: string, isReturn: boolean) => void;
}

/** As many as can be taken in at a glance; the others are in a list. */
const mostChips = 6;

/** The doctors to whom somebody can be sent. */
export function Transfer({ found: { section }, transfer }: Props): JSX.Element | null {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const sending = useSending();
  const [isReturn, setReturn] = useState(false);
  const choices = transferChoices(desk, section);
  if (choices.length === 0) return null;
  const [first, rest] = [choices.slice(0, mostChips), choices.slice(mostChips)];
  return (
    <fieldset class="chips transfer">
      <legend>{words.say("sendTo")}</legend>
      {first.map((choice) => (
        <button key={choice.id} type="button" {...sending} onClick={() => transfer(choice.id, isReturn)}>
          <bdi>{choice.name}</bdi> <small>{hint(choice, words)}</small>
        </button>
      ))}
      {rest.length > 0 && (
        <select
          aria-label={words.say("otherDoctors")}
          value=""
          onChange={({ currentTarget }) => currentTarget.value && transfer(currentTarget.value, isReturn)}
        >
          <option value="">{words.say("otherDoctors")}…</option>
          {rest.map((choice) => (
            <option key={choice.id} value={choice.id}>
              {choice.name} · {hint(choice, words)}
            </option>
          ))}
        </select>
      )}
      <label class="check">
        <input type="checkbox" checked={isReturn} onChange={() => setReturn(!isReturn)} />
        {words.say("andBack")}
      </label>
    </fieldset>
  );
}

const hint = ({ waiting }: TransferChoice, words: ReturnType<typeof useWords<typeof en>>): string =>
  words.say("countWaiting", { count: waiting });
