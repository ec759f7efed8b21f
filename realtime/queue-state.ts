import type { QueueChanges } from "../db/queue-changes.ts";

export interface Section {
  doctorId: string;
  /** Orders sections by the doctor's name, then id, byte by byte in UTF-8. */
  sortKey: Buffer;
  /** The date's revision at this section's last change. */
  revision: number;
  appointmentCount: number;
  /** Postgres' own JSON text, which is never parsed here; null once the section was removed. */
  json: string | null;
}

/**
 * What is known of a date. Since each section bears the revision of its last change, also one that was removed, what
 * changed since any earlier revision can be told from here: no history is kept.
 */
export class QueueState {
  readonly date: string;
  /** Undefined until the date has been read. */
  epoch: string | undefined;
  revision = 0;
  changedAt: Date | null = null;
  #sections = new Map<string, Section>();

  constructor(date: string) {
    this.date = date;
  }

  /** False when the changes belong to another history than this state: the database was restored. */
  continuesWith(changes: QueueChanges): boolean {
    return this.epoch === undefined || (changes.epoch === this.epoch && changes.revision >= this.revision);
  }

  reset(): void {
    this.epoch = undefined;
    this.revision = 0;
    this.#sections.clear();
  }

  apply({ epoch, revision, changedAt, sections }: QueueChanges): void {
    this.epoch = epoch;
    this.revision = revision;
    this.changedAt = changedAt;
    for (const { doctorId, doctorName, ...section } of sections) {
      const sortKey = Buffer.from(`${doctorName}\0${doctorId}`);
      this.#sections.set(doctorId, { doctorId, sortKey, ...section });
    }
  }

  /** The sections, or one doctor's alone, in the order of the wire; removed ones among them. */
  sections(doctorId?: string): Section[] {
    if (doctorId === undefined) return [...this.#sections.values()].toSorted((a, b) => a.sortKey.compare(b.sortKey));
    const section = this.#sections.get(doctorId);
    return section ? [section] : [];
  }

  /** The revision at which the date, or one doctor's section of it, changed last. */
  lastChange(doctorId?: string): number {
    return doctorId === undefined ? this.revision : (this.#sections.get(doctorId)?.revision ?? 0);
  }
}
