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
  /** By date, and by clinic: one feed for each audience. A key of both would be a string for each of thousands of dates. */
  #feeds = new Map<string, Map<string, Feed[]>>();
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
    return [...this.#feeds.values()].reduce((size, ofClinics) => size + ofClinics.size, 0);
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
      this.#put(day, feed);
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
    for (const [date, ofClinics] of this.#feeds) {
      for (const [clinicId, feeds] of ofClinics) {
        for (const feed of feeds) feed.frames.clearOld();
        const kept = feeds.filter(({ isEmpty, idleMs }) => !isEmpty || idleMs < afterMs);
        this.#count -= feeds.length - kept.length;
        if (kept.length === 0) ofClinics.delete(clinicId);
        else if (kept.length < feeds.length) ofClinics.set(clinicId, kept);
      }
      if (ofClinics.size === 0) this.#feeds.delete(date);
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
    for (const feed of this.#of(day)) {
      if (revision > feed.state.revision) feed.refresh();
    }
  }

  #refreshOtherThan(clinicId: string, epoch: string): void {
    for (const date of this.#feeds.keys()) {
      for (const feed of this.#of({ clinicId, date })) if (feed.state.epoch !== epoch) feed.refresh();
    }
  }

  #find(day: Day, audience: Audience): Feed | undefined {
    return this.#of(day).find((feed) => feed.audience === audience);
  }

  #of({ clinicId, date }: Day): readonly Feed[] {
    return this.#feeds.get(date)?.get(clinicId) ?? [];
  }

  #put(day: Day, feed: Feed): void {
    const { clinicId, date } = day;
    let ofClinics = this.#feeds.get(date);
    if (!ofClinics) this.#feeds.set(date, (ofClinics = new Map()));
    const others = ofClinics.get(clinicId);
    // Most have one audience, and a list that was spread has spare room.
    ofClinics.set(clinicId, others ? [...others, feed] : [feed]);
  }

  *#all(): Iterable<Feed> {
    for (const ofClinics of this.#feeds.values()) for (const feeds of ofClinics.values()) yield* feeds;
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
