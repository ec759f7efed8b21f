import type { Signal } from "./fetch.ts";

interface Waiter<T> {
  /** Gives whether the wait is over. */
  hear: (value: T) => boolean;
  end: (reason: unknown) => void;
}

/**
 * Those who wait for a value that a condition is true of.
 *
 * @internal
 */
export class Waiting<T> {
  #waiters = new Set<Waiter<T>>();

  /** Waits until a value comes that the condition is true of. Rejects with what it throws, or the signal's reason. */
  add(isSo: (value: T) => boolean, signal: Signal | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = (): void => waiter.end(signal?.reason);
      const waiter: Waiter<T> = {
        hear: (value) => {
          try {
            if (!isSo(value)) return false;
            resolve(value);
          } catch (error) {
            reject(error);
          }
          signal?.removeEventListener("abort", stop);
          return true;
        },
        end: (reason) => {
          this.#waiters.delete(waiter);
          signal?.removeEventListener("abort", stop);
          reject(reason);
        },
      };
      this.#waiters.add(waiter);
      signal?.addEventListener("abort", stop);
    });
  }

  tell(value: T): void {
    for (const waiter of this.#waiters) {
      if (waiter.hear(value)) this.#waiters.delete(waiter);
    }
  }

  /** Ends all waits in vain. */
  end(reason: Error): void {
    for (const waiter of this.#waiters) waiter.end(reason);
  }
}
