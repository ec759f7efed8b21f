import { useEffect, useRef, useState } from "preact/hooks";
import type { Queue } from "../../../client/queue-client.ts";

/** The time, every second, by the server's clock, because a television's may be wrong. Undefined until it is known. */
export function useClock(queue: Queue | undefined): Date | undefined {
  const [nowMs, setNowMs] = useState(Date.now);
  const aheadMs = useRef<number | undefined>(undefined);
  const timestamp = queue?.timestamp;
  useEffect(() => {
    if (timestamp !== undefined) aheadMs.current = Date.parse(timestamp) - Date.now();
    setNowMs(Date.now());
  }, [timestamp]);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return aheadMs.current === undefined ? undefined : new Date(nowMs + aheadMs.current);
}
