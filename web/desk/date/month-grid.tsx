import type { JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../../shared/parts/icon.tsx";
import { addDays, writeDay } from "../../shared/times/day.ts";
import { addMonths, daysInMonth, mondayOf, writeMonth, writeWeekday } from "../../shared/times/month.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";

interface Props {
  /** The day that is marked; its month is shown. */
  day: string;
  today: string;
  move: (day: string) => void;
  choose: (day: string) => void;
}

const daysOfWeek = [0, 1, 2, 3, 4, 5, 6];

/** The days of a month, from Monday, as the weeks of the calendar and of schedules. Keys are those of the ARIA practices' grid of dates. */
export function MonthGrid({ day, today, move, choose }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const titleId = useId();
  const marked = useRef<HTMLButtonElement>(null);
  const isMovedByKey = useRef(false);
  useLayoutEffect(() => {
    if (isMovedByKey.current) marked.current?.focus();
    isMovedByKey.current = false;
  }, [day]);

  function onKeyDown(event: KeyboardEvent): void {
    const next = dayByKey(event, day);
    if (next === undefined) return;
    event.preventDefault();
    isMovedByKey.current = true;
    move(next);
  }

  const weeks = weeksOf(day);
  return (
    <div class="month">
      <div class="month-head">
        <button type="button" aria-label={words.say("previousMonth")} onClick={() => move(addMonths(day, -1))}>
          <Icon name="previous" />
        </button>
        <h3 id={titleId} aria-live="polite">
          {writeMonth(day, words.locale)}
        </h3>
        <button type="button" aria-label={words.say("nextMonth")} onClick={() => move(addMonths(day, 1))}>
          <Icon name="next" />
        </button>
      </div>
      <table role="grid" aria-labelledby={titleId} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {daysOfWeek.map((n) => (
              <th key={n} scope="col">
                {writeWeekday(addDays(mondayOf(today), n), words.locale)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.find(Boolean)}>
              {week.map((one, n) => (
                <td key={n} aria-selected={one === undefined ? undefined : one === day}>
                  {one !== undefined && (
                    <button
                      ref={one === day ? marked : null}
                      type="button"
                      tabIndex={one === day ? 0 : -1}
                      aria-label={writeDay(one, words.locale)}
                      aria-current={one === today ? "date" : undefined}
                      onClick={() => choose(one)}
                    >
                      {Number(one.slice(-2))}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The days of the month that a day is in, in weeks of seven; undefined where the week has days of another month. */
function weeksOf(day: string): (string | undefined)[][] {
  const first = `${day.slice(0, 8)}01`;
  const before = daysOfWeek.findIndex((n) => addDays(mondayOf(first), n) === first);
  const length = daysInMonth(day);
  return Array.from({ length: Math.ceil((before + length) / 7) }, (_none, week) =>
    daysOfWeek.map((n) => {
      const at = week * 7 + n - before;
      return at < 0 || at >= length ? undefined : addDays(first, at);
    }),
  );
}

function dayByKey({ key }: KeyboardEvent, day: string): string | undefined {
  const forward = document.documentElement.dir === "rtl" ? -1 : 1;
  switch (key) {
    case "ArrowLeft":
      return addDays(day, -forward);
    case "ArrowRight":
      return addDays(day, forward);
    case "ArrowUp":
      return addDays(day, -7);
    case "ArrowDown":
      return addDays(day, 7);
    case "Home":
      return mondayOf(day);
    case "End":
      return addDays(mondayOf(day), 6);
    case "PageUp":
      return addMonths(day, -1);
    case "PageDown":
      return addMonths(day, 1);
    default:
      return undefined;
  }
}
