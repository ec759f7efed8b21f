import type { Subscription } from "../connections/protocol.ts";

/** A point in the history of a date. It has no epoch while nothing is known. */
export interface Position {
  readonly epoch: string | undefined;
  readonly revision: number;
}

/**
 * What a subscriber is owed: nothing yet, another read of the database before it can be answered, the whole state as
 * `snapshot` or `update`, or the changes since the cursor's revision.
 */
export type Owed = "nothing" | "read" | "snapshot" | "update" | "delta";

/** What the client holds of its subscription, and so what it is owed. */
export class Cursor implements Position {
  #epoch: string | undefined;
  #revision: number;
  #mode: Subscription["mode"];
  #canResume: boolean;
  #isAnswered = false;
  #hasAwaitedRead = false;

  /** @param subscription what the client asked for, among it the state that it says it still holds */
  constructor({ mode, held, parts }: Pick<Subscription, "mode" | "held" | "parts">) {
    this.#epoch = held?.epoch;
    this.#revision = held?.revision ?? 0;
    this.#mode = mode;
    this.#canResume = parts.canResume;
  }

  get epoch(): string | undefined {
    return this.#epoch;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Whether the client has been sent anything on this subscription. */
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  /**
   * Says what the client is owed by a feed. The cursor itself stays where it is.
   *
   * @param current the state of the feed
   * @param lastChange the revision of the last change in the part that the client watches
   * @param isReading whether the feed is reading the database
   */
  owed(current: Position, lastChange: number, isReading: boolean): Owed {
    if (current.epoch === undefined) return "nothing";
    // What the feed kept while nobody watched may be old, so the first frame comes from the read under way.
    if (isReading && !this.#isAnswered) return "nothing";
    const isSameHistory = this.#epoch === current.epoch;
    const isAhead = isSameHistory && this.#revision > current.revision;
    // Another process knew more. A read that begins now will know as much, or the client holds what never was.
    if (isAhead && !this.#hasAwaitedRead) return "read";
    const canFollow = isSameHistory && !isAhead && (this.#isAnswered || this.#canResume);
    if (this.#isAnswered && canFollow && lastChange <= this.#revision) return "nothing";
    if (this.#mode === "full") return this.#isAnswered ? "update" : "snapshot";
    return canFollow ? "delta" : "snapshot";
  }

  /** Notes that the read which the client was owed begins. It is owed one only, and then what the read brings. */
  awaitRead(): void {
    this.#hasAwaitedRead = true;
  }

  /** Notes that the client is being sent the state at this position. */
  moveTo({ epoch, revision }: Position): void {
    this.#epoch = epoch;
    this.#revision = revision;
    this.#isAnswered = true;
  }
}
