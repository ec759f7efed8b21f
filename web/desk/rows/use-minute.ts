import { useEffect, useState } from "preact/hooks";
import { wholeMinute } from "../../shared/times/minutes-since.ts";

const everyMs = 5_000;

/** The minute at the server. Nothing is drawn again while it lasts. */
export function useMinute(aheadMs: number): number {
  const read = (): number => wholeMinute(Date.now() + aheadMs);
  const [minuteMs, setMinuteMs] = useState(read);
  useEffect(() => {
    setMinuteMs(read());
    const timer = setInterval(() => setMinuteMs(read()), everyMs);
    return () => clearInterval(timer);
  }, [aheadMs]);
  return minuteMs;
}
