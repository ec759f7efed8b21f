import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "../platform/log.ts";
import type { Feeds } from "./feeds.ts";

/** Compares the feeds with the database again and again, with jitter so that processes spread out. */
export async function pollUntil(stop: AbortSignal, feeds: Feeds, intervalMs: number, log: Logger): Promise<void> {
  while (!stop.aborted) {
    await delay(intervalMs * (0.75 + Math.random() / 4), undefined, { signal: stop }).catch(() => {});
    if (stop.aborted) return;
    await feeds.poll().catch((err: unknown) => log.warn({ err }, "cannot compare with the database"));
  }
}
