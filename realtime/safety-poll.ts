import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "../platform/log.ts";
import type { Feeds } from "./feeds.ts";
import type { Freshness } from "./freshness.ts";

export interface PollOptions {
  feeds: Feeds;
  freshness: Freshness;
  intervalMs: number;
  log: Logger;
}

/** Compares the feeds with the database again and again, with jitter so that processes spread out. */
export async function pollUntil(stop: AbortSignal, { feeds, freshness, intervalMs, log }: PollOptions): Promise<void> {
  while (!stop.aborted) {
    await delay(intervalMs * (0.75 + Math.random() / 4), undefined, { signal: stop }).catch(() => {});
    if (stop.aborted) return;
    feeds.dropIdle();
    try {
      await feeds.poll();
      freshness.confirm();
    } catch (err) {
      log.warn({ err }, "cannot compare with the database");
    }
  }
}
