import { z } from "zod";
import type { Database } from "../db/database.ts";
import { readQueueChanges, readRevisions, type Audience } from "../db/queries/queue-changes.ts";
import { calendarDate } from "../contract/calendar-date.ts";
import type { Logger } from "../platform/log.ts";
import { Feed } from "./feed.ts";
import type { Subscription } from "./protocol.ts";
import type { Subscriber } from "./subscriber.ts";

const notification = z.object({ date: calendarDate, revision: z.int() });

/** Longer than a read of a large date takes, and short enough that a dead connection is replaced within seconds. */
const readTimeoutMs = 3_000;

/** An outage is told once in this time, however many dates it concerns; so is that somebody sends notifications like ours. */
const reportIntervalMs = 10_000;

/** How old the answer may be to how far the feeds are behind: every ping asks, and there may be thousands of feeds. */
const behindAgeMs = 100;

/** A feed is kept for so long after its last subscriber: who comes back, or changes its mind, costs no full read. */
const lingerMs = 10_000;

/** The feeds of all dates and audiences that somebody watches. One that nobody watches any more is dropped after a while. */
export class Feeds {
  /** How often a date was read from the database since the start. */
  reads = 0;
  #database: Database;
  #log: Logger;
  /** By date, then audience. */
  #feeds = new Map<string, Map<Audience, Feed>>();
  #maxFeeds: number;
  #count = 0;
  #behindMs = 0;
  #behindAt = -Infinity;
  #reportedAt = -Infinity;
  #forgeryReportedAt = -Infinity;

  constructor(database: Database, log: Logger, maxFeeds: number) {
    this.#database = database;
    this.#log = log;
    this.#maxFeeds = maxFeeds;
  }

  /** How many dates are watched. */
  get size(): number {
    return this.#feeds.size;
  }

  /** False when a subscriber that joins the feed of a date and audience makes us read the database: nobody else watches it. */
  isWatchedBesides(subscriber: Subscriber, date: string, audience: Audience): boolean {
    return this.#feeds.get(date)?.get(audience)?.isWatchedBesides(subscriber) ?? false;
  }

  /** False when there are as many feeds as there may be, and the feed of this date and audience is not one of them. */
  hasRoomFor(date: string, audience: Audience): boolean {
    if (this.#count >= this.#maxFeeds) this.dropIdle(0);
    return this.#count < this.#maxFeeds || this.#feeds.get(date)?.has(audience) === true;
  }

  /** Puts a subscriber on the feed of a date and audience, which is made for the first who asks. */
  join(date: string, subscriber: Subscriber, subscription: Subscription): void {
    const { audience } = subscription;
    let ofDate = this.#feeds.get(date);
    if (!ofDate) this.#feeds.set(date, (ofDate = new Map()));
    let feed = ofDate.get(audience);
    if (!feed) {
      feed = new Feed(date, {
        read: (since) => {
          this.reads += 1;
          return this.#database.read((sql) => readQueueChanges(sql, date, audience, since), readTimeoutMs);
        },
        onFailure: (err) => this.#reportFailure(err),
      });
      ofDate.set(audience, feed);
      this.#count += 1;
    }
    feed.add(subscriber, subscription);
  }

  /** Takes a subscriber off the feed that it is on, if any. */
  leave(subscriber: Subscriber): void {
    subscriber.feed?.remove(subscriber);
  }

  /** Takes the payload of a notification on `queue_changed`. Anybody who may connect can send one: it may be anything. */
  notify(payload: string): void {
    const parsed = notification.safeParse(parseJson(payload));
    if (!parsed.success) {
      this.#reportForgery();
      return;
    }
    const { date, revision } = parsed.data;
    for (const feed of this.#of(date)) {
      if (revision > feed.state.revision) feed.refresh();
    }
  }

  /** For how long the feed that waits longest has not been up to date, in ms. */
  get behindMs(): number {
    const now = performance.now();
    if (now - this.#behindAt >= behindAgeMs) {
      this.#behindAt = now;
      this.#behindMs = this.#all().reduce((longest, { behindMs }) => Math.max(longest, behindMs), 0);
    }
    return this.#behindMs;
  }

  refreshAll(): void {
    for (const feed of this.#all()) feed.refresh();
  }

  /** Drops the feeds that nobody has watched for a while. */
  dropIdle(afterMs = lingerMs): void {
    for (const [date, ofDate] of this.#feeds) {
      for (const [audience, feed] of ofDate) {
        if (!feed.isEmpty || feed.idleMs < afterMs) continue;
        ofDate.delete(audience);
        this.#count -= 1;
      }
      if (ofDate.size === 0) this.#feeds.delete(date);
    }
  }

  /**
   * Compares every feed with the database in one query, so that freshness does not rest on notifications alone.
   *
   * @returns false when the database could not be read; the feeds stay as they are.
   */
  async poll(): Promise<boolean> {
    const dates = [...this.#feeds.keys()];
    try {
      const rows = await this.#database.read((sql) => readRevisions(sql, dates), readTimeoutMs);
      for (const { epoch, date, revision } of rows) {
        for (const feed of this.#of(date)) feed.compare(epoch, revision);
      }
      return true;
    } catch (error) {
      this.#reportFailure(error);
      return false;
    }
  }

  #of(date: string): Feed[] {
    return [...(this.#feeds.get(date)?.values() ?? [])];
  }

  #all(): Feed[] {
    return [...this.#feeds.keys()].flatMap((date) => this.#of(date));
  }

  #reportForgery(): void {
    if (performance.now() - this.#forgeryReportedAt < reportIntervalMs) return;
    this.#forgeryReportedAt = performance.now();
    this.#log.warn("ignored notifications that are not ours");
  }

  #reportFailure(err: unknown): void {
    if (performance.now() - this.#reportedAt < reportIntervalMs) return;
    this.#reportedAt = performance.now();
    this.#log.warn({ err }, "cannot read the database");
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
