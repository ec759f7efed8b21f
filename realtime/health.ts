import type { RealtimeHealth } from "../contract/health.ts";
import type { DatabaseWatch } from "../db/database-watch.ts";
import type { Feeds } from "./feeds/feeds.ts";
import type { Freshness } from "./feeds/freshness.ts";
import type { Listener } from "./listener.ts";
import type { NotifyQueue } from "./notify-queue.ts";

/** What tells whether this process follows the database. */
export interface Watched {
  feeds: Feeds;
  freshness: Freshness;
  listener: Listener;
  notifyQueue: NotifyQueue;
  watch: DatabaseWatch;
}

/** Knows whether this process follows the database. */
export class Health {
  #watched: Watched;

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** Following alone is not enough: what is heard must be read, too. */
  get isHealthy(): boolean {
    const { feeds, freshness, listener, watch } = this.#watched;
    return watch.mismatch === undefined && listener.following && freshness.isLive(feeds.behindMs);
  }

  /** The answer to `GET /health`. */
  report(process: { isDraining: boolean; connections: number }): RealtimeHealth {
    const { feeds, freshness, listener, notifyQueue, watch } = this.#watched;
    const { following } = listener;
    const since = listener.since.toISOString();
    return {
      status: process.isDraining ? "draining" : this.isHealthy ? "healthy" : "unhealthy",
      following,
      ...(following ? { following_since: since } : { not_following_since: since }),
      live_at: freshness.liveAt?.toISOString() ?? null,
      ...(watch.mismatch !== undefined && { reason: watch.mismatch }),
      clock_skew_ms: watch.clockSkewMs,
      notify_queue_usage: notifyQueue.usage,
      connections: process.connections,
      dates: feeds.size,
      oldest_transaction_s: feeds.openTransactions.ageS(),
      reads: feeds.reads,
    };
  }
}
