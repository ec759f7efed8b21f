import type { Logger } from "../platform/log.ts";
import { recordRefusal } from "./audit-events.ts";
import type { Actor } from "./actor.ts";
import type { Database } from "./database.ts";

interface Refusal {
  what: string;
  reason: string;
  actor: Actor;
  times: number;
}

const flushIntervalMs = 5_000;
const maxPerFlush = 20;

/**
 * Puts refusals into the audit trail, apart from the answers: who floods us with them waits for nothing and fills no
 * disk. The same refusal of the same caller is one event in 5 s, with a count; beyond 20 in
 * that time all others are one.
 */
export class Refusals {
  #database: Database;
  #log: Logger;
  #waiting = new Map<string, Refusal>();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  record(what: string, reason: string, actor: Actor): void {
    let key = JSON.stringify([what, reason, actor.sub, actor.address]);
    let refusal: Omit<Refusal, "times"> = { what, reason, actor };
    if (!this.#waiting.has(key) && this.#waiting.size >= maxPerFlush) {
      key = "others";
      const nobody: Actor = { sub: null, role: "several", name: null, session: null, address: null, request_id: null };
      refusal = { what: "several", reason: "Too many refusals to tell each", actor: nobody };
    }
    this.#waiting.set(key, { ...refusal, times: (this.#waiting.get(key)?.times ?? 0) + 1 });
    this.#timer ??= setTimeout(() => void this.flush(), flushIntervalMs);
  }

  /** Writes what waits. What cannot be written is told in the log: without a database nobody could be let in either. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const refusals = [...this.#waiting.values()];
    this.#waiting.clear();
    const written = await Promise.allSettled(
      refusals.map((refusal) => this.#database.write((sql) => recordRefusal(sql, refusal), { lane: "refusals" })),
    );
    const lost = written.filter(({ status }) => status === "rejected").length;
    if (lost > 0) this.#log.warn({ refusals: lost }, "refusals could not be written to the audit trail");
  }
}
