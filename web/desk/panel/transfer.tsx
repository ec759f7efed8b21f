import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useSending } from "../../shared/actions/use-actions.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDesk } from "../desk-context.ts";
import type { Found } from "../found.ts";
import type { en } from "../words/en.ts";

interface Props {
  found: Found;
  /** Sends the patient to a doctor, and back again after that where wanted. */
  transfer: (doctorId: string, isReturn: boolean) => void;
}

/** As many as can be taken in at a glance; the others are in a list. */
const mostChips = 6;

interface Choice {
  id: string;
  name: string;
  waiting: number;
}

/** The doctors to whom somebody can be sent: those of the same specialty first, and whoever has the fewest waiting. */
export function Transfer({ found: { section }, transfer }: Props): JSX.Element | null {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const sending = useSending();
  const [isReturn, setReturn] = useState(false);
  const queue = desk.queue();
  const choices = desk
    .doctors()
    .filter(({ id }) => id !== section.doctor.id)
    .map((doctor) => {
      const other = queue?.doctors.find(({ doctor: { id } }) => id === doctor.id);
      const isOut = other !== undefined && (other.state === "absent" || other.state === "finished");
      const isKin = doctor.specialty !== null && doctor.specialty === section.doctor.specialty;
      return { id: doctor.id, name: doctor.name, waiting: other?.waiting_count ?? 0, isOut, isKin };
    })
    .filter(({ isOut }) => !isOut)
    .sort((a, b) => Number(b.isKin) - Number(a.isKin) || a.waiting - b.waiting || a.name.localeCompare(b.name));
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

const hint = ({ waiting }: Choice, words: ReturnType<typeof useWords<typeof en>>): string =>
  words.say("countWaiting", { count: waiting });
