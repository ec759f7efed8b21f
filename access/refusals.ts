import { nobody } from "./actor-of.ts";
import { networkOf } from "../platform/client-address.ts";
import type { Logger } from "../platform/log.ts";
import { recordRefusals, type Refusal } from "../db/queries/audit-events.ts";
import type { Actor } from "../db/actor.ts";
import type { Database } from "../db/database.ts";

const flushIntervalMs = 5_000;
/** How many are told of one who signed in, or of one address, each time that they are written. */
const maxOfOne = 10;
/**
 * How many are told of all who signed in to a clinic, and of all others there. The noise of these takes no room from those, and
 * that of one clinic none from another.
 */
const maxOfAll = { signedIn: 500, anonymous: 50 };

/**
 * Puts refusals into the audit trail, apart from the answers: who floods us with them waits for nothing and fills no
 * disk. The same refusal of the same caller is one event in 5 s, with a count. So are all beyond the first 10 of one
 * caller; and those of a clinic's callers beyond the number that is told in that time.
 */
export class Refusals {
  #database: Database;
  #log: Logger;
  #waiting = new Map<string, Refusal>();
  /** How many wait of each caller, and of each kind of caller. */
  #counts = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  /** @param clinicId null for what is no clinic's. */
  record(clinicId: string | null, what: string, reason: string, actor: Actor): void {
    const { sub, role, address } = actor;
    const kind = sub === null ? "anonymous" : "signedIn";
    const all = JSON.stringify([clinicId, kind]);
    const caller = JSON.stringify([clinicId, kind, role, sub ?? networkOf(address ?? "")]);
    const refusal = { clinicId, what, reason, actor, times: 0 };
    const others = { ...tooMany, clinicId, actor: { ...actor, session: null, request_id: null }, times: 0 };
    const waiting =
      this.#find(JSON.stringify([caller, address, what, reason]), refusal, [caller, maxOfOne], [all, maxOfAll[kind]]) ??
      this.#find(JSON.stringify([caller, "others"]), others, [all, maxOfAll[kind]]) ??
      this.#find(all, { ...tooMany, clinicId, actor: several, times: 0 });
    if (waiting) waiting.times += 1;
    this.#timer ??= setTimeout(() => void this.flush(), flushIntervalMs);
  }

  /** Writes what waits. What cannot be written is told in the log: without a database nobody could be let in either. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const refusals = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#counts.clear();
    if (refusals.length === 0) return;
    await this.#database
      .write((sql) => recordRefusals(sql, refusals), { lane: "refusals" })
      .catch((err: unknown) => {
        this.#log.warn({ err, refusals: refusals.length }, "refusals could not be written to the audit trail");
      });
  }

  /** The refusal that waits by this key, or a new one, which counts for each of the limits. Undefined beyond one of them. */
  #find(key: string, refusal: Refusal, ...limits: [counter: string, max: number][]): Refusal | undefined {
    const waiting = this.#waiting.get(key);
    if (waiting) return waiting;
    if (limits.some(([counter, max]) => (this.#counts.get(counter) ?? 0) >= max)) return undefined;
    for (const [counter] of limits) this.#counts.set(counter, (this.#counts.get(counter) ?? 0) + 1);
    this.#waiting.set(key, refusal);
    return refusal;
  }
}

const tooMany = { what: "several", reason: "Too many refusals to tell each" };
const several: Actor = { ...nobody, role: "several" };
