import type { ClinicClient } from "../../../client/clinic-client.ts";
import { UnauthorizedError, UnavailableError } from "../../../client/errors.ts";
import type { ClinicTime } from "../clinic-time.ts";
import type { SharedCatalogue } from "../words/en.ts";
import type { Words } from "../words/words.ts";
import { explainError, isOutcomeUnknown, type Refusal } from "./explain-error.ts";
import type { Done, Journal } from "./journal.ts";

/** Something else that can be done about a refusal. */
export interface WayOn {
  label: string;
  act: () => void;
}

/** How an action stands, where it was begun. */
export type ActionState =
  | { name: "pending" }
  /** No answer came, so what happened is being found out. */
  | { name: "checking"; text: string }
  | { name: "refused"; text: string; kind: Refusal["kind"] | "offline"; ways: readonly WayOn[] }
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
  send: (client: ClinicClient) => Promise<T>;
  /** What to write into the journal; undefined for what nobody needs to be told. */
  done?: (answer: T) => Done | undefined;
  /** Reads, once there is a connection again, what came of it after its answer was lost. Throws while it cannot. */
  find?: (client: ClinicClient) => Promise<Found>;
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

  /** Takes what is told in a place away. */
  dismiss(at: string): void {
    if (this.#states.get(at)?.name !== "pending") this.#set(at, undefined);
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
    const { words, time } = this.#surroundings;
    const text =
      since === null ? words().say("notLiveYet") : words().say("nothingSent", { time: time().dayAndClock(since) });
    this.#set(deed.at, { name: "refused", text, kind: "offline", ways: [this.#again(deed)] });
    return true;
  }

  #refuse<T>(deed: Deed<T>, error: unknown): void {
    const { words, time } = this.#surroundings;
    const { text, kind } = explainError(error, { words: words(), time: time(), ticket: deed.ticket });
    const own = deed.ways?.(error) ?? [];
    const canRepeat = kind === "again" || kind === "signed-out" || kind === "unknown";
    const ways = own.length > 0 || !canRepeat ? own : [this.#again(deed)];
    this.#set(deed.at, { name: "refused", text, kind, ways });
  }

  /** Asks until the server tells what came of it. */
  async #check<T>(deed: Deed<T>, find: NonNullable<Deed<T>["find"]>): Promise<void> {
    const { client, words, time, journal } = this.#surroundings;
    this.#set(deed.at, { name: "checking", text: words().say("checking") });
    for (let checks = 0; checks < mostChecks && !this.#isClosed; checks++) {
      await pause(Math.min(slowestCheckMs, firstCheckMs * 2 ** checks));
      if (this.#surroundings.offlineSince() !== undefined) continue;
      try {
        const { at, done } = await find(client);
        if (done) journal.add(done);
        if (at === undefined) {
          const text = words().say("wasNotDone");
          this.#set(deed.at, { name: "refused", text, kind: "again", ways: [this.#again(deed)] });
        } else {
          this.#set(deed.at, { name: "found", text: words().say("wasDone", { time: time().clock(new Date(at)) }) });
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
    return { label: this.#surroundings.words().say("again"), act: () => void this.do(deed) };
  }

  #set(at: string, state: ActionState | undefined): void {
    if (state) this.#states.set(at, state);
    else this.#states.delete(at);
    for (const listener of this.#listeners) listener();
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
