import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { connect, endNow, type ConnectionOptions, type Sql } from "../db/connection.ts";
import { isNotifyQueueFull } from "../db/database-errors.ts";
import { refuseWrongSession } from "../db/session-settings.ts";
import type { Logger } from "../platform/log.ts";
import { Backoff, repeat } from "../platform/repeat.ts";

export interface ListenerOptions {
  server: Omit<ConnectionOptions, "name">;
  log: Logger;
  /** A notification on `queue_changed`. */
  onNotify: (payload: string) => void;
  /** LISTEN is in force, at first or again. What was notified before was lost: everything must be read. */
  onListen: () => void;
  /** A heartbeat came back. */
  onHeartbeat: () => void;
  /** A heartbeat did not come back: every connection to Postgres is suspect. */
  onSilence: () => void;
}

const heartbeatIntervalMs = 1_000;
const heartbeatTimeoutMs = 1_500;
const listenTimeoutMs = 3_000;
const retryMs = 250;
const backoffOptions = { firstMs: retryMs, slowestMs: 5_000, jitter: 0.5 };

/**
 * Listens on `queue_changed`, on a connection of its own, and knows whether it really does.
 *
 * The library listens again by itself when its connection closes. A connection that was cut off without a word
 * never closes, so a heartbeat goes round through Postgres every second: one that does not come back within 1.5 s
 * makes a new listener. A dead connection is replaced within 3 s. When the new one hears no heartbeat either, a new
 * connection is no remedy, and costs a read of every watched date: the next ones follow ever more slowly.
 */
export class Listener {
  #options: ListenerOptions;
  #channel = `queue_heartbeat_${randomUUID()}`;
  #echo: (payload: string) => void = () => {};
  #stop = new AbortController();
  #following = false;
  /** An outage is told once. */
  #isWorthTelling = true;
  #since = new Date();

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  /** True while heartbeats come back: what commits is heard. */
  get following(): boolean {
    return this.#following;
  }

  /** Since when `following` is what it is. */
  get since(): Date {
    return this.#since;
  }

  /** Listens until `stop`, whatever becomes of Postgres. */
  async run(): Promise<void> {
    const backoff = new Backoff(backoffOptions);
    const follow = async (): Promise<number | undefined> => {
      const hasListened = await this.#followOnce();
      const hasHeard = this.#following;
      this.#setFollowing(false);
      if (hasListened && !hasHeard) return backoff.next();
      backoff.reset();
      // A listener that fell silent is replaced at once; a Postgres that is away is left in peace for a moment.
      return hasListened ? 0 : retryMs;
    };
    await repeat(follow, { signal: this.#stop.signal, intervalMs: retryMs });
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Listens on a new connection until a heartbeat is missing. False when it could not even listen. */
  async #followOnce(): Promise<boolean> {
    const { server } = this.#options;
    const { signal } = this.#stop;
    const sql = connect({ ...server, name: "clinic-queue listener", max: 1 });
    // Not the pool: a heartbeat that waits behind reads would tell of load, not of life.
    const pulse = connect({ ...server, name: "clinic-queue heartbeat", max: 1 });
    let hasListened = false;
    try {
      await within(listenTimeoutMs, refuseWrongSession(pulse, server.role));
      await this.#listen(sql);
      hasListened = true;
      const beat = async (): Promise<void> => {
        await this.#heartbeat(pulse);
        this.#setFollowing(true);
      };
      await repeat(beat, { signal, intervalMs: heartbeatIntervalMs });
    } catch (err) {
      if (!signal.aborted) this.#reportEnd(err, hasListened);
    } finally {
      void endNow(sql);
      void endNow(pulse);
    }
    return hasListened;
  }

  async #listen(sql: Sql): Promise<void> {
    await within(
      listenTimeoutMs,
      sql.listen(this.#channel, (payload) => this.#echo(payload)),
    );
    await within(listenTimeoutMs, sql.listen("queue_changed", this.#options.onNotify, this.#options.onListen));
  }

  /** Sends a heartbeat round. @throws when it does not come back in time, or cannot be sent. */
  async #heartbeat(pulse: Sql): Promise<void> {
    const beat = randomUUID();
    const echoed = new Promise<void>((resolve) => {
      this.#echo = (payload) => {
        if (payload === beat) resolve();
      };
    });
    await within(heartbeatTimeoutMs, Promise.all([pulse.notify(this.#channel, beat), echoed]));
    this.#options.onHeartbeat();
  }

  #reportEnd(err: unknown, hasListened: boolean): void {
    const { log, onSilence } = this.#options;
    const what = hasListened ? "a heartbeat did not come back: listening anew" : "cannot listen";
    if (this.#isWorthTelling) log.warn({ err }, what);
    this.#isWorthTelling = false;
    // A Postgres that says so itself is there, and so are all connections to it.
    if (hasListened && !isNotifyQueueFull(err)) onSilence();
  }

  #setFollowing(following: boolean): void {
    if (this.#following === following) return;
    this.#following = following;
    this.#isWorthTelling = true;
    this.#since = new Date();
    this.#options.log.info({ following }, following ? "following the database" : "not following the database");
  }
}

/** @throws Error when the promise does not settle in time. */
async function within<T>(timeoutMs: number, promise: Promise<T>): Promise<T> {
  const timeout = new AbortController();
  const expired = delay(timeoutMs, undefined, { signal: timeout.signal }).then(() => {
    throw new Error(`no answer within ${timeoutMs} ms`);
  });
  try {
    return await Promise.race([promise, expired]);
  } finally {
    timeout.abort();
    expired.catch(() => {});
  }
}
