import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { later } from "../../shared/parts/later.tsx";
import { MoreWords, useWords } from "../../shared/words/use-words.tsx";
import type { Catalogue, Language } from "../../shared/words/words.ts";
import type { CalendarProps } from "./calendar-props.ts";

const catalogues = {
  en: () => import("./words/calendar-en.ts").then(({ en }) => en),
  de: () => import("./words/calendar-de.ts").then(({ de }) => de),
};
const loadWords = (tag: Language["tag"]): Promise<Catalogue> => catalogues[tag]();

/** Gives what is in it the words of the calendar beside those of the Desk. */
export function CalendarSpoken({ children }: { children: ComponentChildren }): JSX.Element {
  return <MoreWords load={loadWords}>{children}</MoreWords>;
}

const Calendar = later(() => import("./calendar.tsx").then((part) => part.Calendar));

/** The calendar, whose script comes after that of the page. */
export function LaterCalendar(props: CalendarProps): JSX.Element {
  return (
    <CalendarSpoken>
      <Calendar {...props} />
    </CalendarSpoken>
  );
}

/** The page is in use by then. */
const quietMs = 1_500;

/** Fetches the calendar while nothing is to be done, so that it is there when it is wanted. */
export function useFetchedCalendar(): void {
  const { tag } = useWords().language;
  useEffect(() => {
    const timer = setTimeout(() => {
      // What does not come now is asked for again when it is wanted.
      void Promise.all([loadWords(tag), Calendar.fetch()]).catch(() => undefined);
    }, quietMs);
    return () => clearTimeout(timer);
  }, [tag]);
}
