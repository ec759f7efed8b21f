import { UnavailableError, type ApiError } from "./errors.ts";
import type { Signal } from "./fetch.ts";

/** How long a call may go on. */
export interface RetryLimits {
  /** The bounds of the wait before a further attempt, of which a random part is taken. */
  firstRetryMs: number;
  slowestRetryMs: number;
  /** How many attempts there may be. */
  attempts: number;
  /** All attempts and the waits between them end in this time. */
  patienceMs: number;
}

/**
 * What an attempt came to: `retryAfterMs` is what the server asks for, where it does.
 *
 * @internal
 */
export type Outcome<T> = { value: T } | { error: ApiError; retryAfterMs?: number };

/**
 * Makes attempts until one is not in vain: with full jitter, not sooner than the server asks for, and within the limits.
 *
 * @param attempt is told how many were made before, and how much time is left.
 * @throws what the last attempt came to; or the signal's reason.
 *
 * @internal
 */
export async function withRetries<T>(
  attempt: (before: number, leftMs: number) => Promise<Outcome<T>>,
  limits: RetryLimits,
  signal: Signal | undefined,
): Promise<T> {
  const end = Date.now() + limits.patienceMs;
  for (let before = 0; ; before++) {
    const outcome = await attempt(before, Math.max(1, end - Date.now()));
    if ("value" in outcome) return outcome.value;
    const { error, retryAfterMs = 0 } = outcome;
    const ceilingMs = Math.min(limits.slowestRetryMs, limits.firstRetryMs * 2 ** before);
    const waitMs = Math.max(retryAfterMs, Math.random() * ceilingMs);
    const isPassing = error instanceof UnavailableError || error.status === 429;
    if (!isPassing || before + 1 >= limits.attempts || Date.now() + waitMs >= end) throw error;
    await pause(waitMs, signal);
  }
}

/**
 * Waits.
 *
 * @throws the reason of the signal, as soon as that ends the wait
 *
 * @internal
 */
export function pause(delayMs: number, signal?: Signal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, delayMs);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop);
  });
}
