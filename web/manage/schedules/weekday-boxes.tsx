import type { JSX } from "preact";
import { weekdays } from "./blocks.ts";
import { nameWeekday } from "./name-weekday.ts";
import { useScheduleWords } from "./words/use-schedule-words.ts";

interface Props {
  label: string;
  chosen: readonly number[];
  choose: (weekdays: number[]) => void;
  /** One that cannot be chosen. */
  except?: number;
}

/** Days of the week, of which any number is chosen. */
export function WeekdayBoxes({ label, chosen, choose, except }: Props): JSX.Element {
  const words = useScheduleWords();
  const toggle = (weekday: number): void =>
    choose(weekdays.filter((one) => (one === weekday ? !chosen.includes(one) : chosen.includes(one))));
  return (
    <fieldset class="chips">
      <legend>{label}</legend>
      {weekdays
        .filter((weekday) => weekday !== except)
        .map((weekday) => (
          <label key={weekday} class="check">
            <input type="checkbox" checked={chosen.includes(weekday)} onChange={() => toggle(weekday)} />
            {nameWeekday(weekday, words.locale)}
          </label>
        ))}
    </fieldset>
  );
}
