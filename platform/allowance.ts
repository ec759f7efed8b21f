/** A steady rate of something, with room for a burst: a leaky bucket as a meter, which is one number (ITU-T I.371). */
export class Allowance {
  #intervalMs: number;
  #burstMs: number;
  /** When the bucket will have leaked empty, as `performance.now()` tells it. */
  #emptyAt = 0;

  /** The burst is what `burstSeconds` allow. */
  constructor(perSecond: number, burstSeconds: number) {
    this.#intervalMs = 1000 / perSecond;
    this.#burstMs = 1000 * burstSeconds;
  }

  /** Takes one off the allowance; false when none is left. */
  take(): boolean {
    const now = performance.now();
    const emptyAt = Math.max(this.#emptyAt, now) + this.#intervalMs;
    if (emptyAt - now > this.#burstMs) return false;
    this.#emptyAt = emptyAt;
    return true;
  }

  /** True while nothing is taken off it: then it may be forgotten, because a new one allows no more. */
  get isWhole(): boolean {
    return this.#emptyAt <= performance.now();
  }
}
