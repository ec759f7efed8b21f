import type { ClinicClient } from "../../../client/clinic-client.ts";
import { InvalidTransitionError, StaleError, UnauthorizedError, UnavailableError } from "../../../client/errors.ts";
import { pause } from "../../../client/retries.ts";
import type { ClinicTime } from "../times/clinic-time.ts";
import type { SharedCatalogue } from "../words/en.ts";
import type { Words } from "../words/words.ts";
import { explainError, isOutcomeUnknown, type Refusal } from "./explain-error.ts";
import type { Done, Journal } from "./journal.ts";

/** Something else that can be done about a refusal. */
export interface WayOn {
  label: string;
  act: () => void;
}

interface Refused {
  name: "refused";
  text: string;
  kind: Refusal["kind"] | "offline";
  ways: readonly WayOn[];
  /** The version of the entry that the text is about; undefined where it is about none. */
  version?: number | undefined;
}

/** How an action stands, where it was begun. Its text is made when it is read, in the language of that moment. */
export type ActionState =
  | { name: "pending" }
  /** No answer came, so what happened is being found out. */
  | { name: "checking"; text: string }
  | Refused
  /** What was found out. */
  | { name: "found"; text: string };

/** What came of an action whose answer was lost. */
export interface Found {
  /** When it was done; undefined where it was not. */
  at: string | undefined;
  /** What to write into the journal. */
  done?: Done | undefined;
}

export interface Deed<T> {
  /** Where it is begun, and so where its state is shown: an appointment's id, a doctor's, or the name of a form. */
  at: string;
  /** Whom it is about, to say what is the case instead. */
  ticket?: string | undefined;
  /** The version of the entry that the action went by, where it is about one. */
  version?: number | undefined;
  send: (client: ClinicClient) => Promise<T>;
  /** What to write into the journal; undefined for what nobody needs to be told. */
  done?: (answer: T) => Done | undefined;
  /** Reads, once there is a connection again, what came of it after its answer was lost. Throws while it cannot. */
  find?: (client: ClinicClient) => Promise<Found>;
  /** Called once it is done, also by trying again; without an answer where it was found out that it had been done. */
  onDone?: (answer?: T) => void;
  /** Says why it was refused, where the words that all actions share do not fit. */
  explain?: (error: unknown) => string | undefined;
  /** What else can be done about a refusal. */
  ways?: (error: unknown) => readonly WayOn[];
}

/** What actions need of the page. */
export interface Surroundings {
  client: ClinicClient;
  words: () => Words<SharedCatalogue>;
  time: () => ClinicTime;
  /** Since when there is no connection; null before the first; undefined while there is one, or where none is needed. */
  offlineSince: () => Date | null | undefined;
  /** Called when the session turns out to have ended. */
  onSignedOut: () => void;
  journal: Journal;
  now?: () => Date;
}

const firstCheckMs = 500;
const slowestCheckMs = 5_000;
const mostChecks = 200;

/**
 * Takes the actions of a page. Each shows at once that it is pending, is confirmed by its answer alone, and tells in its place
 * what happened instead. One place takes one action at a time. Nothing is sent while there is no connection, and whether
 * something was done whose answer was lost is read from the server, never guessed.
 */
export class Actions {
  readonly #surroundings: Surroundings;
  readonly #states = new Map<string, ActionState>();
  readonly #listeners = new Set<() => void>();
  #isClosed = false;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** How the last action stands that was begun in a place; undefined where there is nothing to tell. */
  state(at: string): ActionState | undefined {
    return this.#states.get(at);
  }

  /** Calls back after each change, until the function that it gives is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Writes something into the journal that became known after its action was over. */
  note(done: Done): void {
    this.#surroundings.journal.add(done);
  }

  /** Takes what is told in a place away; an action that is under way stays. */
  dismiss(at: string): void {
    const { name } = this.#states.get(at) ?? {};
    if (name === "refused" || name === "found") this.#set(at, undefined);
  }

  /** Takes a refusal away that tells of an entry as it was before this version. */
  dismissOlder(at: string, version: number): void {
    const state = this.#states.get(at);
    if (state?.name === "refused" && state.version !== undefined && state.version < version) this.dismiss(at);
  }

  /** Checks nothing any more: the page goes away. */
  close(): void {
    this.#isClosed = true;
  }

  /** Does it. Gives the answer, or undefined where it was refused, was not sent, or is under way already. */
  async do<T>(deed: Deed<T>): Promise<T | undefined> {
    const { at } = deed;
    const { name } = this.#states.get(at) ?? {};
    if (name === "pending" || name === "checking") return undefined;
    if (this.#refuseOffline(deed)) return undefined;
    this.#set(at, { name: "pending" });
    try {
      const answer = await deed.send(this.#surroundings.client);
      const done = deed.done?.(answer);
      if (done) this.#surroundings.journal.add(done);
      this.#set(at, undefined);
      deed.onDone?.(answer);
      return answer;
    } catch (error) {
      if (error instanceof UnauthorizedError) this.#surroundings.onSignedOut();
      if (isOutcomeUnknown(error) && deed.find) await this.#check(deed, deed.find);
      else this.#refuse(deed, error);
      return undefined;
    }
  }

  #refuseOffline<T>(deed: Deed<T>): boolean {
    const since = this.#surroundings.offlineSince();
    if (since === undefined) return false;
    const { words, time, offlineSince } = this.#surroundings;
    this.#set(deed.at, {
      name: "refused",
      get text() {
        const now = offlineSince();
        return now === undefined ? words().say("wasNotDone") : sayOffline(now, words(), time());
      },
      kind: "offline",
      ways: [this.#again(deed)],
    });
    return true;
  }

  #refuse<T>(deed: Deed<T>, error: unknown): void {
    const { words, time } = this.#surroundings;
    const explain = (): Refusal => explainError(error, { words: words(), time: time(), ticket: deed.ticket });
    const { kind } = explain();
    const own = deed.ways?.(error) ?? [];
    const canRepeat = kind === "again" || kind === "signed-out" || kind === "unknown";
    const ways = own.length > 0 || !canRepeat ? own : [this.#again(deed)];
    this.#set(deed.at, {
      name: "refused",
      get text() {
        return deed.explain?.(error) ?? explain().text;
      },
      kind,
      ways,
      version: versionOf(error, deed.version),
    });
  }

  /** Asks until the server tells what came of it. */
  async #check<T>(deed: Deed<T>, find: NonNullable<Deed<T>["find"]>): Promise<void> {
    const { client, words, time, journal } = this.#surroundings;
    this.#set(deed.at, {
      name: "checking",
      get text() {
        return words().say("checking");
      },
    });
    for (let checks = 0; checks < mostChecks && !this.#isClosed; checks++) {
      await pause(Math.min(slowestCheckMs, firstCheckMs * 2 ** checks));
      if (this.#surroundings.offlineSince() !== undefined) continue;
      try {
        const { at, done } = await find(client);
        if (done) journal.add(done);
        if (at === undefined) {
          this.#set(deed.at, {
            name: "refused",
            get text() {
              return words().say("wasNotDone");
            },
            kind: "again",
            ways: [this.#again(deed)],
          });
        } else {
          this.#set(deed.at, {
            name: "found",
            get text() {
              return words().say("wasDone", { time: time().clock(new Date(at)) });
            },
          });
          deed.onDone?.();
        }
        return;
      } catch (error) {
        if (error instanceof UnauthorizedError) this.#surroundings.onSignedOut();
        else if (!(error instanceof UnavailableError)) return this.#refuse(deed, error);
      }
    }
    this.#set(deed.at, undefined);
  }

  #again<T>(deed: Deed<T>): WayOn {
    const { words } = this.#surroundings;
    return {
      get label() {
        return words().say("again");
      },
      act: () => void this.do(deed),
    };
  }

  #set(at: string, state: ActionState | undefined): void {
    if (state) this.#states.set(at, state);
    else this.#states.delete(at);
    for (const listener of this.#listeners) listener();
  }
}

/** Why nothing is sent while there is no connection. */
export function sayOffline(since: Date | null, words: Words<SharedCatalogue>, time: ClinicTime): string {
  return since === null ? words.say("notLiveYet") : words.say("nothingSent", { time: time.dayAndClock(since) });
}

/** Which version of the entry a refusal tells of: the server's where somebody else was quicker. */
function versionOf(error: unknown, seen: number | undefined): number | undefined {
  if (error instanceof StaleError) return error.entry?.version;
  return error instanceof InvalidTransitionError ? seen : undefined;
}
