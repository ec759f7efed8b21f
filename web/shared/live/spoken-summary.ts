/** What a summary needs of time, for tests to give their own. */
export interface Timing {
  now: () => number;
  after: (ms: number, act: () => void) => () => void;
}

const everyMs = 10_000;

/** Counts what changed by itself, and tells it at most once in ten seconds, so that a screen reader is not drowned. */
export class SpokenSummary<Kind extends string> {
  readonly #tell: (counts: ReadonlyMap<Kind, number>) => void;
  readonly #timing: Timing;
  #counts = new Map<Kind, number>();
  #toldMs = -Infinity;
  #cancel: (() => void) | undefined;

  constructor(tell: (counts: ReadonlyMap<Kind, number>) => void, timing: Timing = browserTiming) {
    this.#tell = tell;
    this.#timing = timing;
  }

  add(kind: Kind, count = 1): void {
    if (count === 0) return;
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
    if (this.#cancel) return;
    const waitMs = Math.max(0, this.#toldMs + everyMs - this.#timing.now());
    this.#cancel = this.#timing.after(waitMs, () => {
      this.#cancel = undefined;
      this.#toldMs = this.#timing.now();
      const counts = this.#counts;
      this.#counts = new Map();
      this.#tell(counts);
    });
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}

const browserTiming: Timing = {
  now: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
