import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "./database.ts";
import { listRevoked } from "./sessions.ts";

const intervalMs = 400;
const timeoutMs = 3_000;

/**
 * Knows the revoked sessions, so that no request has to ask for them. They are read again and again, in full: there are
 * few, for an ended token needs no revocation. A revocation is known everywhere within half a second.
 */
export class Revocations {
  #database: Database;
  #revoked: ReadonlySet<string> = new Set();
  #asked = 0;
  #answered = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** False until they were read for the first time: until then no token can be trusted. */
  get areKnown(): boolean {
    return this.#answered > 0;
  }

  has(sessionId: string | null): boolean {
    return sessionId !== null && this.#revoked.has(sessionId);
  }

  /** Reads them now. Who revoked one awaits this, so that this process at least knows it at once. */
  async refresh(): Promise<void> {
    const turn = ++this.#asked;
    const revoked = await this.#database.read(listRevoked, timeoutMs);
    // An answer that was overtaken knows less.
    if (turn < this.#answered) return;
    this.#answered = turn;
    this.#revoked = new Set(revoked);
  }

  /**
   * Reads them again and again until it is stopped. While the database is away what was known stays known, and nothing
   * can be revoked.
   *
   * @returns once they are known for the first time.
   */
  async follow(stop: AbortSignal): Promise<void> {
    return new Promise((known) => {
      const read = async (): Promise<void> => {
        while (!stop.aborted) {
          await this.refresh().then(known, () => {});
          await delay(intervalMs, undefined, { signal: stop }).catch(() => {});
        }
      };
      void read();
    });
  }
}
