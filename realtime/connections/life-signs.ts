/**
 * When a client was last heard, and when it was pinged because it was silent.
 *
 * Times are those of `performance.now()`, intervals are in ms.
 */
export class LifeSigns {
  #heardAt: number;
  #heardBytes = 0;
  #pingedAt = -Infinity;
  #awaitsPong = false;

  constructor(now: number) {
    this.#heardAt = now;
  }

  get heardAt(): number {
    return this.#heardAt;
  }

  /**
   * Whatever came is a sign of life: a message, a pong, a part of one.
   *
   * @param bytes how many bytes the client has sent in all
   */
  hear(bytes: number, now: number): void {
    if (bytes === this.#heardBytes) return;
    this.#heardBytes = bytes;
    this.#heardAt = now;
  }

  /** True when the client has been pinged, and has said nothing for as long again. */
  isDead(now: number, intervalMs: number): boolean {
    return this.#owesPong && now - this.#pingedAt >= intervalMs;
  }

  /** True when the client has been silent for so long that it must be pinged. */
  isSilent(now: number, intervalMs: number): boolean {
    return !this.#owesPong && now - this.#heardAt >= intervalMs;
  }

  /** Notes that the client is being pinged. */
  ping(now: number): void {
    this.#pingedAt = now;
    this.#awaitsPong = true;
  }

  /** Notes a pong. Returns false when the client was not pinged for it. */
  takePong(): boolean {
    const isAwaited = this.#awaitsPong;
    this.#awaitsPong = false;
    return isAwaited;
  }

  get #owesPong(): boolean {
    return this.#pingedAt > this.#heardAt;
  }
}
