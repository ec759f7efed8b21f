/** A token bucket: a steady rate of something, with room for a burst. */
export class Allowance {
  #perSecond: number;
  #burst: number;
  #left: number;
  #countedAt = performance.now();

  /** The burst is what `burstSeconds` allow. */
  constructor(perSecond: number, burstSeconds: number) {
    this.#perSecond = perSecond;
    this.#burst = perSecond * burstSeconds;
    this.#left = this.#burst;
  }

  /** Takes one off the allowance; false when none is left. */
  take(): boolean {
    const now = performance.now();
    this.#left = Math.min(this.#burst, this.#left + ((now - this.#countedAt) / 1000) * this.#perSecond);
    this.#countedAt = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
