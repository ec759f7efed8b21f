import type { Database } from "../db/database.ts";
import { readNotifyQueueUsage } from "../db/notify-queue.ts";
import type { Logger } from "../platform/log.ts";
import { repeat } from "../platform/repeat.ts";

const intervalMs = 5_000;
const warnAbove = 0.5;

/**
 * Watches how full Postgres' queue of notifications is. One session that listens and stays in a transaction keeps all
 * later notifications in it, of every database of the cluster; once it is full, no write of ours commits any more.
 */
export class NotifyQueue {
  /** 0 to 1; null while it is not known. */
  usage: number | null = null;
  #database: Database;
  #log: Logger;
  #hasWarned = false;

  constructor(database: Database, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  async watch(stop: AbortSignal): Promise<void> {
    const look = async (): Promise<void> => {
      this.usage = await this.#database.read(readNotifyQueueUsage).catch(() => null);
      this.#warn();
    };
    await repeat(look, { signal: stop, intervalMs });
  }

  /** Says it once when the queue fills up, and once when it has room again. */
  #warn(): void {
    const { usage } = this;
    if (usage === null || usage > warnAbove === this.#hasWarned) return;
    this.#hasWarned = usage > warnAbove;
    if (this.#hasWarned)
      this.#log.warn({ usage }, "the NOTIFY queue fills up: a session that listens is in a transaction");
    else this.#log.info({ usage }, "the NOTIFY queue has room again");
  }
}
