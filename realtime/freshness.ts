/** Knows when this process last had proof that it is up to date with the database: a heartbeat, or a poll. */
export class Freshness {
  #maxAgeMs: number;
  #liveAt: Date | undefined;
  /** The same on the clock that nobody sets. */
  #confirmedAt = -Infinity;

  constructor(maxAgeMs: number) {
    this.#maxAgeMs = maxAgeMs;
  }

  confirm(): void {
    this.#liveAt = new Date();
    this.#confirmedAt = performance.now();
  }

  /** When there was proof last. */
  get liveAt(): Date | undefined {
    return this.#liveAt;
  }

  /** False while nobody can vouch that what the subscribers have is the state of now; `behindMs` is Feeds.behindMs. */
  isLive(behindMs: number): boolean {
    return Math.max(behindMs, performance.now() - this.#confirmedAt) <= this.#maxAgeMs;
  }
}
