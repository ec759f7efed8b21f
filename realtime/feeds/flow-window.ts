/** How many frames a client gets before it must confirm the last: at first, and at most. Large ones count for more. */
const firstSize = 8;
const largestSize = 64;
const bytesOfOne = 16_384;
/** A client that confirms within this time keeps up. */
const promptMs = 100;
const confirmTimeoutMs = 1_000;

/**
 * How much may be under way to a client before it confirms, by the pong to a ping, that it got what was sent.
 *
 * The kernel takes megabytes for a socket that is slow, which would be many old states before the newest. So the client
 * gets nothing more until it confirms. How many frames it gets before it must confirm again follows from how long that
 * took.
 *
 * Times are those of `performance.now()`.
 */
export class FlowWindow {
  #size = firstSize;
  #unconfirmed = 0;
  #askedAt: number | undefined;
  #answersPings = false;

  /** False from when the client is asked to confirm until it does. */
  get isOpen(): boolean {
    return this.#askedAt === undefined;
  }

  /**
   * Counts a frame that is about to be sent.
   *
   * @returns true when the window is full with it: then a ping must follow the frame, and a call of `ask`.
   */
  add(bytes: number): boolean {
    this.#unconfirmed += Math.max(1, bytes / bytesOfOne);
    return this.isOpen && this.#unconfirmed >= this.#size;
  }

  /** Notes that the client has been asked to confirm. */
  ask(now: number): void {
    this.#askedAt = now;
  }

  /** Notes a pong, which empties the window. Returns false when the client was not asked to confirm anything. */
  confirm(now: number): boolean {
    this.#answersPings = true;
    if (this.#askedAt === undefined) return false;
    const tookMs = now - this.#askedAt;
    const fitting = tookMs <= promptMs ? 2 * this.#size : Math.floor((this.#size * promptMs) / tookMs);
    this.#size = Math.min(Math.max(fitting, 1), largestSize);
    this.#askedAt = undefined;
    this.#unconfirmed = 0;
    return true;
  }

  /** Opens the window without a confirmation, because the answer to a new subscription does not wait for one. */
  open(): void {
    this.#askedAt = undefined;
  }

  /** True when the window stays closed too long for a client that may not answer pings at all, so it is sent a frame anyway. */
  isOverdue(now: number): boolean {
    return !this.#answersPings && this.#askedAt !== undefined && now - this.#askedAt >= confirmTimeoutMs;
  }

  /**
   * Since when the client has owed a pong. A client that has never answered a ping is blocked only while it is silent,
   * too.
   *
   * @param heardAt when anything last came from the client
   */
  blockedSince(heardAt: number): number | undefined {
    if (this.#askedAt === undefined || this.#answersPings) return this.#askedAt;
    return Math.max(this.#askedAt, heardAt);
  }
}
