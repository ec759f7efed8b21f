import { setTimeout as delay } from "node:timers/promises";
import type { Feeds } from "./feeds.ts";
import type { Freshness } from "./freshness.ts";

export interface PollOptions {
  feeds: Feeds;
  freshness: Freshness;
  intervalMs: number;
}

/** Compares the feeds with the database at intervals, with jitter so that processes do not poll at the same moment. */
export async function pollUntil(stop: AbortSignal, { feeds, freshness, intervalMs }: PollOptions): Promise<void> {
  while (!stop.aborted) {
    await delay(intervalMs * (0.75 + Math.random() / 4), undefined, { signal: stop }).catch(() => {});
    if (stop.aborted) return;
    feeds.dropIdle();
    if (await feeds.poll()) freshness.confirm();
  }
}
