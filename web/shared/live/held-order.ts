/**
 * The order of a list whose rows do not move under a finger. While the list is held, rows keep their places, also those
 * that left, and new ones come last. It follows again when it is let go, or when a change has waited for the longest time.
 */
export class HeldOrder {
  readonly #longestMs: number;
  #shown: readonly string[] = [];
  #waitingSinceMs: number | undefined;

  constructor(longestMs = 5_000) {
    this.#longestMs = longestMs;
  }

  /** The ids to show, in their order. */
  show(wanted: readonly string[], isHeld: boolean, nowMs: number): readonly string[] {
    if (isSame(wanted, this.#shown)) {
      this.#waitingSinceMs = undefined;
      return this.#shown;
    }
    this.#waitingSinceMs ??= nowMs;
    if (!isHeld || nowMs - this.#waitingSinceMs >= this.#longestMs) {
      this.#waitingSinceMs = undefined;
      this.#shown = wanted;
    } else {
      const added = wanted.filter((id) => !this.#shown.includes(id));
      if (added.length > 0) this.#shown = [...this.#shown, ...added];
    }
    return this.#shown;
  }

  /** In how many milliseconds the list follows by itself; undefined where nothing waits. */
  leftMs(nowMs: number): number | undefined {
    if (this.#waitingSinceMs === undefined) return undefined;
    return Math.max(0, this.#longestMs - (nowMs - this.#waitingSinceMs));
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
