import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { writeBirthDate } from "../../shared/times/day.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";
import type { MaybeSame } from "./same-person.ts";

interface Props {
  same: MaybeSame;
  isSame: () => void;
  isOther: () => void;
}

/** Asks whether somebody new is somebody who is known. */
export function SamePerson({ same: { patient, why }, isSame, isOther }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), [patient.id]);
  const { name, birth_date, phone } = patient;
  const date = birth_date ? writeBirthDate(birth_date, words.locale) : "?";
  return (
    <div class="action-notice" role="alert" data-question={why}>
      <p>
        {why === "phone"
          ? words.say("samePhone", { name, date })
          : words.say("sameBirthDate", { name, date, phone: phone || "–" })}
      </p>
      <button ref={first} type="button" onClick={isSame}>
        {words.say("samePerson")}
      </button>
      <button type="button" onClick={isOther}>
        {words.say("otherPerson")}
      </button>
    </div>
  );
}
