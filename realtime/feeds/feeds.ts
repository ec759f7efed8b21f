import { z } from "zod";
import type { Database } from "../../db/database.ts";
import {
  readDayChanges,
  readQueueChanges,
  type Audience,
  type Day,
  type PollPosition,
} from "../../db/queries/queue-changes.ts";
import { calendarDate } from "../../contract/calendar-date.ts";
import type { Logger } from "../../platform/log.ts";
import { Feed, type FeedSource } from "./feed.ts";
import { OpenTransactions } from "./open-transactions.ts";
import type { Subscription } from "../connections/protocol.ts";
import type { Subscriber } from "./subscriber.ts";

const notification = z.object({ clinic: z.guid(), date: calendarDate, revision: z.int() });

/** Longer than a read of a large date takes, and short enough that a dead connection is replaced within seconds. */
const readTimeoutMs = 3_000;

/** An outage is told once in this time, however many dates it concerns; so is that somebody sends notifications like ours. */
const reportIntervalMs = 10_000;

/** How old the answer may be to how far the feeds are behind: every ping asks, and there may be thousands of feeds. */
const behindAgeMs = 100;

/** How long a feed is kept after its last subscriber: a client that comes back by then costs no full read. */
const lingerMs = 10_000;

/** The feeds of all clinics' dates and audiences that somebody watches. One that nobody watches any more is dropped after a while. */
export class Feeds {
  readonly openTransactions = new OpenTransactions();
  /** How often a date was read from the database since the start. */
  reads = 0;
  #database: Database;
  #log: Logger;
  /** By clinic and date: one feed for each audience. */
  #feeds = new Map<string, Feed[]>();
  #source: FeedSource = {
    read: (since, { day, audience }) => {
      this.reads += 1;
      return this.#database.read((sql) => readQueueChanges(sql, day, audience, since), readTimeoutMs);
    },
    onFailure: (err) => this.#reportFailure(err),
  };
  #maxFeeds: number;
  #count = 0;
  /** What the last poll had seen: the next one tells what came after it. */
  #polled: PollPosition | undefined;
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
  isWatchedBesides(subscriber: Subscriber, day: Day, audience: Audience): boolean {
    return this.#find(day, audience)?.isWatchedBesides(subscriber) ?? false;
  }

  /** False when there are as many feeds as there may be, and the feed of this date and audience is not one of them. */
  hasRoomFor(day: Day, audience: Audience): boolean {
    if (this.#count >= this.#maxFeeds) this.dropIdle(0);
    return this.#count < this.#maxFeeds || this.#find(day, audience) !== undefined;
  }

  /** Puts a subscriber on the feed of a date and audience, which is made for the first who asks. */
  join(day: Day, subscriber: Subscriber, subscription: Subscription): void {
    const { audience } = subscription;
    let feed = this.#find(day, audience);
    if (!feed) {
      feed = new Feed(day, audience, this.#source);
      const key = keyOf(day);
      this.#feeds.set(key, [...this.#of(key), feed]);
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
    const { clinic: clinicId, date, revision } = parsed.data;
    this.#refreshBehind({ clinicId, date }, revision);
  }

  /** For how long the feed that waits longest has not been up to date, in ms. */
  get behindMs(): number {
    const now = performance.now();
    if (now - this.#behindAt >= behindAgeMs) {
      this.#behindAt = now;
      this.#behindMs = 0;
      for (const { behindMs } of this.#all()) this.#behindMs = Math.max(this.#behindMs, behindMs);
    }
    return this.#behindMs;
  }

  refreshAll(): void {
    for (const feed of this.#all()) feed.refresh();
  }

  /** Drops the feeds that nobody has watched for a while, and what the others need not keep. */
  dropIdle(afterMs = lingerMs): void {
    for (const [key, feeds] of this.#feeds) {
      for (const feed of feeds) feed.frames.clearOld();
      const kept = feeds.filter(({ isEmpty, idleMs }) => !isEmpty || idleMs < afterMs);
      this.#count -= feeds.length - kept.length;
      if (kept.length === 0) this.#feeds.delete(key);
      else if (kept.length < feeds.length) this.#feeds.set(key, kept);
    }
  }

  /**
   * Asks the database what changed since it was asked last, so that freshness does not rest on notifications alone.
   *
   * @returns false when the database could not be read; the feeds stay as they are.
   */
  async poll(): Promise<boolean> {
    try {
      const polled = await this.#database.read((sql) => readDayChanges(sql, this.#polled), readTimeoutMs);
      this.#polled = polled;
      this.openTransactions.see(polled.snapshot);
      if (!polled.changes) this.refreshAll();
      for (const { clinicId, date, revision } of polled.changes?.days ?? [])
        this.#refreshBehind({ clinicId, date }, revision);
      for (const { clinicId, epoch } of polled.changes?.clinics ?? []) this.#refreshOtherThan(clinicId, epoch);
      return true;
    } catch (error) {
      this.#reportFailure(error);
      return false;
    }
  }

  #refreshBehind(day: Day, revision: number): void {
    for (const feed of this.#of(keyOf(day))) {
      if (revision > feed.state.revision) feed.refresh();
    }
  }

  #refreshOtherThan(clinicId: string, epoch: string): void {
    for (const key of this.#feeds.keys()) {
      if (!key.startsWith(clinicId)) continue;
      for (const feed of this.#of(key)) if (feed.state.epoch !== epoch) feed.refresh();
    }
  }

  #find(day: Day, audience: Audience): Feed | undefined {
    return this.#of(keyOf(day)).find((feed) => feed.audience === audience);
  }

  #of(key: string): readonly Feed[] {
    return this.#feeds.get(key) ?? [];
  }

  *#all(): Iterable<Feed> {
    for (const feeds of this.#feeds.values()) yield* feeds;
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

const keyOf = ({ clinicId, date }: Day): string => `${clinicId} ${date}`;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
