import type { JSX } from "preact";
import { addDays } from "../../shared/times/day.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDesk } from "../desk-context.ts";
import type { en } from "../words/en.ts";

interface Props {
  date: string;
  today: string;
}

/** The way to the days before and after, and to any other one. */
export function DateNavigation({ date, today }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  return (
    <nav class="dates" aria-label={words.say("date")}>
      <button
        type="button"
        class="step"
        aria-label={words.say("previousDay")}
        onClick={() => desk.chooseDate(addDays(date, -1))}
      >
        <Icon name="previous" />
      </button>
      <button
        type="button"
        class="step"
        aria-label={words.say("otherDay")}
        aria-haspopup="dialog"
        onClick={() => desk.open({ name: "date" })}
      >
        <Icon name="calendar" />
      </button>
      <button
        type="button"
        class="step"
        aria-label={words.say("nextDay")}
        onClick={() => desk.chooseDate(addDays(date, 1))}
      >
        <Icon name="next" />
      </button>
      <button type="button" class="today" disabled={date === today} onClick={() => desk.chooseDate(today)}>
        {words.say("today")}
      </button>
    </nav>
  );
}
