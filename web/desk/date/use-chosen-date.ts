import { useCallback, useEffect, useState } from "preact/hooks";
import { isDay } from "../../shared/times/day.ts";

/**
 * The date that the page's address asks for, and a way to choose another.
 *
 * No date means: follow the clinic's today. The address is the only place where the choice is kept, so a link, a
 * reload and the browser's back button lead where people expect.
 */
export function useChosenDate(): [string | undefined, (date: string | undefined) => void] {
  const [date, setDate] = useState(dateInAddress);

  useEffect(() => {
    const read = (): void => setDate(dateInAddress());
    window.addEventListener("popstate", read);
    return () => window.removeEventListener("popstate", read);
  }, []);

  const choose = useCallback((next: string | undefined): void => {
    if (next === dateInAddress()) return;
    const address = new URL(location.href);
    if (next === undefined) address.searchParams.delete("date");
    else address.searchParams.set("date", next);
    history.pushState(null, "", address.href);
    setDate(next);
  }, []);

  return [date, choose];
}

function dateInAddress(): string | undefined {
  const date = new URLSearchParams(location.search).get("date");
  return date !== null && isDay(date) ? date : undefined;
}
