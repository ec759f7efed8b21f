import type { Body } from "../../../client/rest-client.ts";
import type { Drafts } from "../drafts/drafts.ts";

/** Something that was done, in the words of a sentence without its time: "you called H4 to room 1". */
export interface Done {
  text: string;
  /** When the server did it. */
  at: string;
  /** What takes it back; undefined where nothing does. */
  undo?: Undo | undefined;
}

export interface Undo {
  appointmentId: string;
  /** The step that is taken back; of an appointment that was moved, the appointment that it became. */
  transition: string;
  /** Where an appointment that was moved was before: moving it there takes it back. */
  back?: Body<"rescheduleAppointment"> | undefined;
}

export interface Entry extends Done {
  isUndone: boolean;
}

const job = "journal";
const mostKept = 50;

/** What somebody did at this page, newest first, and what of it can be taken back. */
export class Journal {
  readonly #drafts: Drafts;
  /** How long what was done can be taken back. */
  readonly #undoableMs: number;
  readonly #now: () => Date;
  readonly #listeners = new Set<() => void>();
  #entries: readonly Entry[];

  /**
   * @param undoableMs the contract's time: 10 minutes for a doctor, the day for the staff
   * @param now the server's clock, which tells when something was done: a laptop's may be wrong
   */
  constructor(drafts: Drafts, undoableMs: number, now: () => Date = () => new Date()) {
    this.#drafts = drafts;
    this.#undoableMs = undoableMs;
    this.#now = now;
    const kept = drafts.read(job);
    this.#entries = Array.isArray(kept) ? (kept as Entry[]) : [];
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  add(done: Done): void {
    const { transition } = done.undo ?? {};
    // A repeated action answers what was done the first time.
    if (transition !== undefined && this.#entries.some(({ undo }) => undo?.transition === transition)) return;
    this.#keep([{ ...done, isUndone: false }, ...this.#entries].slice(0, mostKept));
  }

  markUndone(transition: string): void {
    this.#keep(this.#entries.map((one) => (one.undo?.transition === transition ? { ...one, isUndone: true } : one)));
  }

  /** Says that something cannot be taken back any more. */
  markFinal(transition: string): void {
    this.#keep(this.#entries.map((one) => (one.undo?.transition === transition ? { ...one, undo: undefined } : one)));
  }

  /** Whether it can be taken back now. */
  isUndoable({ undo, at, isUndone }: Entry, now = this.#now()): boolean {
    return undo !== undefined && !isUndone && now.getTime() - Date.parse(at) < this.#undoableMs;
  }

  /** The newest that can be taken back. */
  newestUndoable(now = this.#now()): Entry | undefined {
    return this.#entries.find((entry) => this.isUndoable(entry, now));
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #keep(entries: readonly Entry[]): void {
    this.#entries = entries;
    this.#drafts.keep(job, entries);
    for (const listener of this.#listeners) listener();
  }
}
