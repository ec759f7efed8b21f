import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { addDays, isDay } from "../shared/times/day.ts";
import { Icon } from "../shared/parts/icon.tsx";
import { useWords } from "../shared/words/use-words.tsx";
import type { en } from "./words/en.ts";

interface Props {
  date: string;
  today: string;
  choose: (date: string) => void;
}

export function DateNavigation({ date, today, choose }: Props): JSX.Element {
  const words = useWords<typeof en>();
  return (
    <nav class="dates" aria-label={words.say("date")}>
      <button
        type="button"
        class="step"
        aria-label={words.say("previousDay")}
        onClick={() => choose(addDays(date, -1))}
      >
        <Icon name="previous" />
      </button>
      <DateInput date={date} choose={choose} />
      <button type="button" class="step" aria-label={words.say("nextDay")} onClick={() => choose(addDays(date, 1))}>
        <Icon name="next" />
      </button>
      <button type="button" class="today" disabled={date === today} onClick={() => choose(today)}>
        {words.say("today")}
      </button>
    </nav>
  );
}

/** While somebody types a date, the browser reports every valid date on the way to it. */
const settleMs = 350;
/** Typing the year 2026 passes through the years 2, 20 and 202. */
const firstDay = "1900-01-01";

/**
 * The input keeps its own text and is set only when the date changes. Otherwise a queue that changes while somebody types
 * would put the old date back.
 */
function DateInput({ date, choose }: Omit<Props, "today">): JSX.Element {
  const words = useWords<typeof en>();
  const input = useRef<HTMLInputElement>(null);
  const settling = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  function show(): void {
    clearTimeout(settling.current);
    if (input.current && input.current.value !== date) input.current.value = date;
  }

  function settle(): void {
    clearTimeout(settling.current);
    const typed = input.current?.value ?? "";
    if (isDay(typed) && typed >= firstDay) settling.current = setTimeout(() => choose(typed), settleMs);
  }

  function restore(): void {
    if (!isDay(input.current?.value ?? "")) show();
  }

  useEffect(() => {
    show();
    return () => clearTimeout(settling.current);
  }, [date]);

  return <input ref={input} type="date" aria-label={words.say("date")} required onChange={settle} onBlur={restore} />;
}
