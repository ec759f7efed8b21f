/** What a summary needs of time, for tests to give their own. */
export interface Timing {
  now: () => number;
  after: (ms: number, act: () => void) => () => void;
}

/** Counts, by kind, what is new in a state since another one. */
export type FindNews<State, Kind extends string> = (before: State, after: State) => ReadonlyMap<Kind, number>;

const everyMs = 10_000;

/**
 * Tells what changed by itself, at most once in ten seconds, so that a screen reader is not drowned. What was taken back
 * before it was told is not told.
 */
export class SpokenSummary<State, Kind extends string> {
  readonly #find: FindNews<State, Kind>;
  readonly #tell: (counts: ReadonlyMap<Kind, number>) => void;
  readonly #timing: Timing;
  /** What is known to whoever listens, and what is the case. */
  #known: { state: State } | undefined;
  #newest: State | undefined;
  #toldMs = -Infinity;
  #cancel: (() => void) | undefined;

  constructor(
    find: FindNews<State, Kind>,
    tell: (counts: ReadonlyMap<Kind, number>) => void,
    timing: Timing = browserTiming,
  ) {
    this.#find = find;
    this.#tell = tell;
    this.#timing = timing;
  }

  /** Takes the state of now. The first one is no news. */
  hear(state: State): void {
    this.#newest = state;
    this.#known ??= { state };
    if (this.#cancel) return;
    if (this.#find(this.#known.state, state).size === 0) {
      this.#known = { state };
      return;
    }
    const waitMs = Math.max(0, this.#toldMs + everyMs - this.#timing.now());
    this.#cancel = this.#timing.after(waitMs, () => this.#speak());
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #speak(): void {
    this.#cancel = undefined;
    if (!this.#known || this.#newest === undefined) return;
    const counts = this.#find(this.#known.state, this.#newest);
    this.#known = { state: this.#newest };
    if (counts.size === 0) return;
    this.#toldMs = this.#timing.now();
    this.#tell(counts);
  }
}

const browserTiming: Timing = {
  now: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
