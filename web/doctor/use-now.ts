import { useEffect, useState } from "preact/hooks";

const everyMs = 5_000;

/** The time by the server's clock, good enough for minutes. */
export function useNow(aheadMs: number): Date {
  const [, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), everyMs);
    return () => clearInterval(timer);
  }, []);
  return new Date(Date.now() + aheadMs);
}
