import { setTimeout as delay } from "node:timers/promises";
import type { Audience, Day, QueueChanges } from "../../db/queries/queue-changes.ts";
import { Backoff } from "../../platform/repeat.ts";
import { Frames } from "./frames.ts";
import { QueueState } from "./queue-state.ts";
import type { Subscription } from "../connections/protocol.ts";
import type { Subscriber } from "./subscriber.ts";

/** Where feeds get their state from. All share one: thousands of dates may be watched, and two closures for each were a tenth of their memory. */
export interface FeedSource {
  /** Reads what changed in a feed's date since a revision. */
  read: (since: number, feed: Feed) => Promise<QueueChanges>;
  /** Called for each read that failed, before it is tried again, and for a subscriber that could not be told. */
  onFailure: (error: unknown) => void;
}

const backoffOptions = { firstMs: 50, slowestMs: 1_000, jitter: 0.5 };

/**
 * One date's live state as one audience sees it, and its subscribers.
 *
 * `refresh` is single-flight: while one read runs, further wake-ups only ask for another one after it. So a burst
 * of commits costs few reads, whatever the number of subscribers, and the last commit is never missed.
 */
export class Feed {
  readonly day: Day;
  readonly audience: Audience;
  readonly state: QueueState;
  readonly frames: Frames;
  #source: FeedSource;
  /** One by itself where there is no other: a set for each of thousands of dates would be a tenth of their memory. */
  #subscribers: Subscriber | Set<Subscriber> | undefined;
  #emptySince: number | undefined;
  #refreshing = false;
  #reading = false;
  #again = false;
  #behindSince: number | undefined;

  constructor(day: Day, audience: Audience, source: FeedSource) {
    this.day = day;
    this.audience = audience;
    this.state = new QueueState(day.date);
    this.frames = new Frames(this.state);
    this.#source = source;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  isWatchedBesides(subscriber: Subscriber): boolean {
    return this.#count > (subscriber.feed === this ? 1 : 0);
  }

  /** How long nobody has watched, in ms. */
  get idleMs(): number {
    return this.isEmpty && this.#emptySince !== undefined ? performance.now() - this.#emptySince : 0;
  }

  /** True while a read is under way or is to be tried again: then it answers whoever waits. */
  get isReading(): boolean {
    return this.#reading;
  }

  /** Adds a subscriber. It gets its answer now, or as soon as the read that is needed or under way is done. */
  add(subscriber: Subscriber, subscription: Subscription): void {
    const wasIdle = this.isEmpty && !this.#refreshing;
    subscriber.follow(this, subscription);
    this.#put(subscriber);
    if (wasIdle) {
      // While nobody watched, nobody read what was notified: the feed is behind from now on, not since then.
      this.#behindSince = undefined;
      this.refresh();
    } else if (!this.#refreshing) {
      subscriber.wake();
    }
  }

  remove(subscriber: Subscriber): void {
    subscriber.leave();
    if (this.#subscribers instanceof Set) this.#subscribers.delete(subscriber);
    else if (this.#subscribers === subscriber) this.#subscribers = undefined;
    if (this.isEmpty) this.#emptySince = performance.now();
  }

  /** For how long this feed has known that it is not up to date, in ms. */
  get behindMs(): number {
    return this.isEmpty || this.#behindSince === undefined ? 0 : performance.now() - this.#behindSince;
  }

  /** Reads the date again, now or once the read under way is done. */
  refresh(): void {
    this.#again = true;
    this.#behindSince ??= performance.now();
    if (!this.#refreshing) void this.#refreshUntilCurrent();
  }

  async #refreshUntilCurrent(): Promise<void> {
    this.#refreshing = true;
    const backoff = new Backoff(backoffOptions);
    while (this.#again && !this.isEmpty) {
      this.#again = false;
      this.#reading = true;
      try {
        const startedAt = performance.now();
        await this.#read();
        this.#behindSince = this.#again ? startedAt : undefined;
        backoff.reset();
      } catch (error) {
        this.#again = true;
        this.#source.onFailure(error);
        this.#tell((subscriber) => subscriber.reportOutage());
        await delay(backoff.next());
      }
    }
    this.#refreshing = false;
    this.#reading = false;
  }

  async #read(): Promise<void> {
    let changes = await this.#source.read(this.state.revision, this);
    if (!this.state.continuesWith(changes)) {
      this.state.reset();
      changes = await this.#source.read(0, this);
    }
    if (changes.epoch !== this.state.epoch || changes.revision !== this.state.revision) {
      this.state.apply(changes);
      this.frames.clear();
    }
    this.#reading = false;
    this.#tell((subscriber) => subscriber.wake());
    // Nobody else needs the frame of a lone subscriber, and thousands of such dates would keep megabytes of frames.
    if (this.#count === 1) this.frames.clear();
  }

  get #count(): number {
    return this.#subscribers instanceof Set ? this.#subscribers.size : this.#subscribers ? 1 : 0;
  }

  #all(): Iterable<Subscriber> {
    if (this.#subscribers instanceof Set) return this.#subscribers;
    return this.#subscribers ? [this.#subscribers] : [];
  }

  #put(subscriber: Subscriber): void {
    if (this.#count === 0) this.#subscribers = subscriber;
    else if (this.#subscribers instanceof Set) this.#subscribers.add(subscriber);
    else this.#subscribers = new Set(this.#all()).add(subscriber);
  }

  /** One subscriber whose socket throws is ended; the others do not notice. */
  #tell(say: (subscriber: Subscriber) => void): void {
    for (const subscriber of this.#all()) {
      try {
        say(subscriber);
      } catch (error) {
        subscriber.terminate();
        this.#source.onFailure(error);
      }
    }
  }
}
