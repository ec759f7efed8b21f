import { useRef } from "preact/hooks";
import type { Queue } from "../../client/queue-client.ts";
import { hearCalls, type ShownCall } from "./calls.ts";

interface Heard {
  queue: Queue<"public">;
  calls: ShownCall[];
}

/**
 * The calls of a queue, the newest announcement first. The board remembers what it announced, also while it has no queue.
 */
export function useCalls(queue: Queue<"public"> | undefined): ShownCall[] {
  const heard = useRef<Heard | undefined>(undefined);
  if (queue && heard.current?.queue !== queue) {
    heard.current = { queue, calls: hearCalls(heard.current?.calls, queue, Date.now()) };
  }
  return heard.current?.calls ?? [];
}
