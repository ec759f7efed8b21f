import type { JSX } from "preact";
import { writeBirthDate } from "../times/day.ts";
import { parseBirthDate } from "../times/parse-birth-date.ts";
import { useWords } from "../words/use-words.tsx";
import { Field } from "./field.tsx";

interface Props {
  /** As it was typed, or `YYYY-MM-DD`. */
  value: string;
  change: (value: string) => void;
  /** The clinic's. */
  today: string;
  isFirst?: boolean;
}

/** Takes a birth date as people say it, and writes below how it was understood. A browser's own field is of its maker's country. */
export function BirthDateField({ value, change, today, isFirst = false }: Props): JSX.Element {
  const words = useWords();
  const date = parseBirthDate(value, today);
  const isWrong = value.trim() !== "" && date === undefined;
  return (
    <Field
      label={words.say("birthDate")}
      value={value}
      change={change}
      maxLength={20}
      isFirst={isFirst}
      error={isWrong && value.length >= 8 ? words.say("birthDateWrong") : undefined}
      hint={date ? writeBirthDate(date, words.locale) : words.say("birthDateHint")}
    />
  );
}
