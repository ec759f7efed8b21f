import { useEffect, useState } from "preact/hooks";

const everyMs = 15_000;

/** The moment at the server, renewed often enough for whoever counts minutes. */
export function useMinute(aheadMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, []);
  // Whole minutes, so that rows are not drawn again for less.
  return Math.floor((nowMs + aheadMs) / 60_000) * 60_000;
}

/** Whole minutes from a moment until now. */
export function minutesSince(moment: string | null | undefined, nowMs: number): number {
  return moment ? Math.max(0, Math.floor((nowMs - Date.parse(moment)) / 60_000)) : 0;
}
