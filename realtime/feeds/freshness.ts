/** Knows when a heartbeat or a poll last proved that this process is up to date with the database. */
export class Freshness {
  #maxAgeMs: number;
  #liveAt: Date | undefined;
  /** The same on the monotonic clock. */
  #confirmedAt = -Infinity;

  constructor(maxAgeMs: number) {
    this.#maxAgeMs = maxAgeMs;
  }

  confirm(): void {
    this.#liveAt = new Date();
    this.#confirmedAt = performance.now();
  }

  /** The time of the last proof. */
  get liveAt(): Date | undefined {
    return this.#liveAt;
  }

  /**
   * False while subscribers may have an old state without knowing it.
   *
   * @param behindMs see Feeds.behindMs
   */
  isLive(behindMs: number): boolean {
    return Math.max(behindMs, performance.now() - this.#confirmedAt) <= this.#maxAgeMs;
  }
}
