import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useVisit } from "../../shared/access/entrance.tsx";
import { writeDay } from "../../shared/day.ts";
import { parseDay } from "../../shared/parse-birth-date.ts";
import { Field } from "../../shared/parts/field.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";

interface Props {
  label: string;
  /** `YYYY-MM-DD`, or empty. */
  value: string;
  change: (day: string) => void;
}

/** Takes a day as people write it, and says how it was understood. A browser's own field is of its maker's country. */
export function DayField({ label, value, change }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const { clinic } = useVisit();
  const [typed, setTyped] = useState(value);
  const read = (text: string): string => parseDay(text, clinic?.today ?? "2000-01-01") ?? "";
  // The page may choose another day, or none.
  const shown = read(typed) === value ? typed : value;
  const isWrong = shown.length >= 8 && value === "";
  return (
    <Field
      label={label}
      value={shown}
      change={(text) => {
        setTyped(text);
        change(read(text));
      }}
      maxLength={20}
      error={isWrong ? words.say("dayWrong") : undefined}
      hint={value === "" ? words.say("dayHint") : writeDay(value, words.locale)}
    />
  );
}
