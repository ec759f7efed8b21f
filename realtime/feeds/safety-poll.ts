import { repeat } from "../../platform/repeat.ts";
import type { Feeds } from "./feeds.ts";
import type { Freshness } from "./freshness.ts";

export interface PollOptions {
  feeds: Feeds;
  freshness: Freshness;
  intervalMs: number;
}

/** Compares the feeds with the database at intervals, with jitter so that processes do not poll at the same moment. */
export async function pollUntil(stop: AbortSignal, { feeds, freshness, intervalMs }: PollOptions): Promise<void> {
  const poll = async (): Promise<void> => {
    feeds.dropIdle();
    if (await feeds.poll()) freshness.confirm();
  };
  await repeat(poll, { signal: stop, intervalMs, jitter: 0.25, pausesFirst: true });
}
