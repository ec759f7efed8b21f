import { CannotVerify, TokenError } from "./authentication-errors.ts";
import { Batches } from "./batches.ts";
import type { Clinic } from "./clinics.ts";
import { scopesIn, type Identity } from "./identity.ts";
import type { Scope } from "../contract/roles.ts";
import { confirmEpoch } from "../db/queries/clinics.ts";
import type { Database } from "../db/database.ts";
import { repeat } from "../platform/repeat.ts";
import { findSessions, readSessionChanges, type SessionChanges, type SessionKey } from "../db/queries/sessions.ts";

/** A session that has not ended. */
interface Session {
  /** What its tokens may do at most; undefined: all that their role may. */
  scopes: ReadonlySet<Scope> | undefined;
}

const intervalMs = 400;
const timeoutMs = 3_000;
/** A session takes about 200 bytes. A session that was dropped is asked for again. */
const maxSessions = 100_000;
const maxInQuestion = 1_000;

/**
 * Knows which sessions are good, so that a call does not have to ask the database. A session is asked for when its first
 * token comes, and remembered. Changes of sessions are read every 0.4 s, in increments, so every process knows a revocation
 * within half a second, however many there were before it.
 */
export class Revocations {
  #database: Database;
  /** Undefined until the first read: until then no token can be trusted. */
  #databaseId: string | undefined;
  /** What the last read had seen: the next one returns what came after it. */
  #snapshot: string | null = null;
  /** By clinic and id, the oldest question first. The promise gives undefined for a session that has ended or never was. */
  #sessions = new Map<string, Promise<Session | undefined>>();
  #questions: Batches<string, Session>;
  #suspended: ReadonlySet<string> = new Set();
  #asked = 0;
  #answered = 0;

  /** Called with a function that tells whose session has just ended or may do less. */
  onReduced: (isReduced: (identity: Identity) => boolean) => void = () => {};
  /** Called when a clinic has just been suspended. */
  onSuspended: () => void = () => {};

  constructor(database: Database) {
    this.#database = database;
    this.#questions = new Batches((keys) => this.#find(keys), maxInQuestion);
  }

  /**
   * Says what somebody with a valid token may do now in a clinic: less than the token says, where scopes were taken away
   * since.
   *
   * @throws TokenError when the token is for another clinic, when its role does not exist in this clinic, or when its session
   * has ended or belongs to another database; CannotVerify while that is not known.
   */
  async admit(identity: Identity, { id: clinicId, isDefault }: Clinic): Promise<Identity> {
    const { role, sessionId, databaseId } = identity;
    const isForThis = identity.clinicId === null ? isDefault : identity.clinicId === clinicId;
    // A provider could claim any clinic. The answer is the same as to any bad token, so it does not tell which clinics exist.
    if (!isForThis || (identity.isProviders && !isDefault)) throw new TokenError("The token is not valid");
    if (role === "operator" && !isDefault) throw new TokenError("An operator signs in at the default clinic");
    if (sessionId === null) return { ...identity, clinicId };
    for (;;) {
      if (this.#databaseId === undefined) throw new CannotVerify("Nobody knows yet which sessions have ended");
      if (databaseId !== this.#databaseId) throw new TokenError("The session has ended");
      const key = keyOf({ clinicId, id: sessionId });
      const asked = this.#sessions.get(key) ?? this.#ask(key);
      const session = await asked;
      // A change that came meanwhile has made the answer void.
      if (this.#sessions.get(key) !== asked) continue;
      if (!session) throw new TokenError("The session has ended");
      return { ...identity, clinicId, scopes: session.scopes ?? identity.scopes };
    }
  }

  /** Whether an operator has closed the clinic; known within half a second, too. */
  isSuspended(clinicId: string): boolean {
    return this.#suspended.has(clinicId);
  }

  /** Reads the changes now. Whoever revokes a session or suspends a clinic awaits this, so that this process knows at once. */
  async refresh(): Promise<void> {
    const turn = ++this.#asked;
    const since = this.#snapshot;
    const answer = await this.#readChanges(since);
    // An answer that was overtaken knows less.
    if (turn < this.#answered) return;
    this.#answered = turn;
    this.#snapshot = answer.snapshot;
    this.#takeSuspended(new Set(answer.suspended?.split(",")));
    const isOther = answer.database_id !== this.#databaseId;
    this.#databaseId = answer.database_id;
    const changed = new Set(answer.changed?.split(","));
    if (isOther) this.#sessions.clear();
    for (const key of changed) this.#sessions.delete(key);
    if (!isOther && changed.size === 0) return;
    this.onReduced(
      ({ clinicId, sessionId: id, databaseId }) =>
        clinicId !== null && id !== null && (databaseId !== this.#databaseId || changed.has(keyOf({ clinicId, id }))),
    );
  }

  #takeSuspended(suspended: ReadonlySet<string>): void {
    const isNew = [...suspended].some((clinicId) => !this.#suspended.has(clinicId));
    this.#suspended = suspended;
    if (isNew) this.onSuspended();
  }

  /**
   * Reads the changes again and again until it is stopped. While the database is away, the last known state holds.
   *
   * @returns once tokens can be trusted.
   */
  async follow(stop: AbortSignal): Promise<void> {
    return new Promise((known) => {
      const read = async (): Promise<void> => {
        await this.refresh().then(known, () => {});
      };
      void repeat(read, { signal: stop, intervalMs });
    });
  }

  /** Also has the database confirm its epoch, which is how a restore is noticed. */
  async #readChanges(since: string | null): Promise<SessionChanges> {
    const read = () => this.#database.read((sql) => readSessionChanges(sql, since), timeoutMs);
    const changes = await read();
    if (changes.is_confirmed) return changes;
    await this.#database.write(confirmEpoch, { timeoutMs });
    return read();
  }

  #ask(key: string): Promise<Session | undefined> {
    const asked = this.#questions.ask(key);
    this.#sessions.set(key, asked);
    asked.catch(() => this.#sessions.delete(key));
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > maxSessions && oldest !== undefined) this.#sessions.delete(oldest);
    return asked;
  }

  async #find(keys: string[]): Promise<Map<string, Session>> {
    try {
      const found = await this.#database.read((sql) => findSessions(sql, keys.map(parseKey)), timeoutMs);
      return new Map(
        found.map(
          ({ clinic_id: clinicId, id, scope }) =>
            [keyOf({ clinicId, id }), { scopes: scope === null ? undefined : scopesIn(scope) }] as const,
        ),
      );
    } catch (error) {
      throw new CannotVerify("The sessions cannot be read at the moment", { cause: error });
    }
  }
}

/** Names a session in the form of `readSessionChanges`. */
const keyOf = ({ clinicId, id }: SessionKey): string => `${clinicId} ${id}`;

function parseKey(key: string): SessionKey {
  const [clinicId = "", id = ""] = key.split(" ");
  return { clinicId, id };
}
