import { nobody } from "./actor-of.ts";
import { networkOf } from "../platform/client-address.ts";
import type { Logger } from "../platform/log.ts";
import { recordRefusals, type Refusal } from "../db/queries/audit-events.ts";
import type { Actor } from "../db/actor.ts";
import type { Database } from "../db/database.ts";

const flushIntervalMs = 5_000;
/** How many refusals of one account, or of one address, are written each time. */
const maxOfOne = 10;
/**
 * How many refusals of a clinic are written each time: of everybody who signed in, and of everybody else. So anonymous noise
 * takes no room from people who signed in, and the noise of one clinic takes none from another clinic.
 */
const maxOfAll = { signedIn: 500, anonymous: 50 };

/**
 * Puts refusals into the audit trail, after the answers were sent, and so that a flood of them does not fill the disk. The
 * same refusal of the same caller becomes one event in 5 s, with a count. All refusals of one caller beyond its first 10
 * become one event as well, and so do all refusals of a clinic beyond its limits.
 */
export class Refusals {
  #database: Database;
  #log: Logger;
  #waiting = new Map<string, Refusal>();
  /** How many refusals wait, by caller, and by kind of caller. */
  #counts = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database, log: Logger) {
    this.#database = database;
    this.#log = log;
  }

  /** @param clinicId null for a call that concerns no clinic. */
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

  /** Writes the refusals that wait. Those that cannot be written are counted in the log: without a database nobody gets in either. */
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
