import { wasKeptWaiting } from "./database-errors.ts";

interface Waiting {
  begin: () => void;
  reject: (error: unknown) => void;
}

/**
 * Lets so many pieces of work run at once; the others wait in order.
 *
 * What waits here waits for a lock too when the work before it does. So when work fails because it did not get its lock,
 * and no other has ended since it began, everything that waits fails with the same error instead of trying in its turn.
 */
export class Turns {
  #limit: number;
  #running = 0;
  #waiting: Waiting[] = [];
  #endedAt = -Infinity;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get isIdle(): boolean {
    return this.#running === 0;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#limit) this.#running += 1;
    else await new Promise<void>((begin, reject) => this.#waiting.push({ begin, reject }));
    const beganAt = performance.now();
    try {
      const result = await work();
      this.#endedAt = performance.now();
      return result;
    } catch (error) {
      if (!wasKeptWaiting(error)) this.#endedAt = performance.now();
      else if (this.#endedAt < beganAt) this.#rejectAll(error);
      throw error;
    } finally {
      this.#handOn();
    }
  }

  #rejectAll(error: unknown): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of waiting) reject(error);
  }

  #handOn(): void {
    const next = this.#waiting.shift();
    if (next) next.begin();
    else this.#running -= 1;
  }
}
