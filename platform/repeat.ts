import { setTimeout as delay } from "node:timers/promises";

export interface RepeatOptions {
  /** Ends the loop: at once while it pauses, otherwise after the turn under way. */
  signal: AbortSignal;
  /** The pause after each turn. */
  intervalMs: number;
  /** The share of each pause that chance may take away, so that processes do not all work at the same moment. */
  jitter?: number;
  /** Whether there is a pause before the first turn, too. */
  pausesFirst?: boolean;
}

/**
 * Does something again and again, with pauses: the one loop that polls and retries.
 *
 * @param turn does it once. It may return how long the next pause is in ms, in place of the interval; or `done`, which
 * ends the loop.
 * @throws what a turn throws, which ends the loop as well.
 */
export async function repeat(
  turn: () => Promise<number | "done" | void>,
  { signal, intervalMs, jitter = 0, pausesFirst = false }: RepeatOptions,
): Promise<void> {
  const pause = (ms = withJitter(intervalMs, jitter)): Promise<void> =>
    delay(ms, undefined, { signal }).catch(() => {});
  if (pausesFirst) await pause();
  while (!signal.aborted) {
    const next = await turn();
    if (next === "done") return;
    await pause(next ?? undefined);
  }
}

export interface BackoffOptions {
  firstMs: number;
  slowestMs: number;
  /** As of `repeat`. */
  jitter?: number;
}

/** Pauses between attempts that fail: each is twice as long as the one before, up to the slowest. */
export class Backoff {
  #options: BackoffOptions;
  #nextMs: number;

  constructor(options: BackoffOptions) {
    this.#options = options;
    this.#nextMs = options.firstMs;
  }

  /** How long the next pause is. */
  next(): number {
    const { slowestMs, jitter = 0 } = this.#options;
    const nextMs = this.#nextMs;
    this.#nextMs = Math.min(2 * nextMs, slowestMs);
    return withJitter(nextMs, jitter);
  }

  /** Begins anew with the first pause, after an attempt that did not fail. */
  reset(): void {
    this.#nextMs = this.#options.firstMs;
  }
}

const withJitter = (ms: number, jitter: number): number => ms * (1 - jitter * Math.random());
