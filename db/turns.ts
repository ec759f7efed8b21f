import { wasKeptWaiting } from "./database-errors.ts";

/**
 * Rejects work that waited behind other work which did not get its lock. Nobody knows whether the lock that it needs is held
 * as well.
 */
class BehindLock extends Error {
  readonly code = "55P03";
}

interface Waiting {
  begin: () => void;
  reject: (error: unknown) => void;
}

/**
 * Lets a number of pieces of work run at once; the others wait in order.
 *
 * Work that waits here probably needs the same lock as the work before it. So when work fails because it did not get its
 * lock, and none has ended since it began, everything that waits fails too, instead of trying in its turn.
 * From then on fewer run at once, until one of them gets its lock.
 */
export class Turns {
  #limit: number;
  #limitWhenStuck: number;
  #isStuck = false;
  #running = 0;
  #waiting: Waiting[] = [];
  #endedAt = -Infinity;

  constructor(limit: number, limitWhenStuck = limit) {
    this.#limit = limit;
    this.#limitWhenStuck = limitWhenStuck;
  }

  /** True from when work did not get its lock until some gets it. */
  get isStuck(): boolean {
    return this.#isStuck;
  }

  /** True when nothing runs, and nothing has to be remembered. */
  get isIdle(): boolean {
    return this.#running === 0 && !this.#isStuck;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#hasRoom) this.#running += 1;
    else await new Promise<void>((begin, reject) => this.#waiting.push({ begin, reject }));
    const beganAt = performance.now();
    try {
      const result = await work();
      this.#goOn();
      return result;
    } catch (error) {
      if (!wasKeptWaiting(error)) this.#goOn();
      else if (this.#endedAt < beganAt && (this.#isStuck || !(error instanceof BehindLock))) this.#stop();
      throw error;
    } finally {
      this.#handOn();
    }
  }

  get #hasRoom(): boolean {
    return this.#running < (this.#isStuck ? this.#limitWhenStuck : this.#limit);
  }

  #goOn(): void {
    this.#endedAt = performance.now();
    this.#isStuck = false;
  }

  #stop(): void {
    this.#isStuck = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of waiting) reject(new BehindLock("Others wait for the same lock"));
  }

  #handOn(): void {
    this.#running -= 1;
    while (this.#waiting.length > 0 && this.#hasRoom) {
      this.#running += 1;
      this.#waiting.shift()?.begin();
    }
  }
}
