import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useVisit } from "../access/entrance.tsx";
import { writeDay } from "../times/day.ts";
import { parseDay } from "../times/parse-birth-date.ts";
import { useWords } from "../words/use-words.tsx";
import { Field } from "./field.tsx";

interface Props {
  label: string;
  /** `YYYY-MM-DD`, or empty. */
  value: string;
  change: (day: string) => void;
  /** What the day is for, told behind it. */
  about?: string;
}

/** Takes a day as people write it, and says how it was understood. A browser's own field is of its maker's country. */
export function DayField({ label, value, change, about }: Props): JSX.Element {
  const words = useWords();
  const { clinic } = useVisit();
  const [typed, setTyped] = useState(() => spell(value));
  const read = (text: string): string => parseDay(text, clinic?.today ?? "2000-01-01") ?? "";
  // The page may choose another day, or none.
  const shown = read(typed) === value ? typed : spell(value);
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
      hint={value === "" ? words.say("dayHint") : [writeDay(value, words.locale), about].filter(Boolean).join(" · ")}
    />
  );
}

/** As people type it. */
function spell(day: string): string {
  const [year, month, date] = day.split("-");
  return day === "" ? "" : `${Number(date)}.${Number(month)}.${year}`;
}
