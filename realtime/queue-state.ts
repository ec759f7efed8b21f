import type { QueueChanges, SectionChange } from "../db/queries/queue-changes.ts";
import type { Scope } from "./protocol.ts";

export interface Section {
  doctorId: string;
  patientId: string | null;
  /** Orders sections by the doctor's name, then id, byte by byte in UTF-8. */
  sortKey: Buffer;
  /** The date's revision at this section's last change. */
  revision: number;
  appointmentCount: number;
  /** JSON text as Postgres made it, which is never parsed here. Null once the section was removed. */
  json: string | null;
}

/** The number of appointments, and of doctors who have any. */
export interface Totals {
  appointments: number;
  doctors: number;
}

/**
 * The state of a date in one view. Each section has the revision of its last change, and so has a removed one. So the
 * changes since any earlier revision can be found without a history.
 */
export class QueueState {
  readonly date: string;
  /** Undefined until the date has been read. */
  epoch: string | undefined;
  revision = 0;
  changedAt: Date | null = null;
  /** By doctor; in the patients' view by doctor and patient. */
  #sections = new Map<string, Map<string | null, Section>>();
  #ofPatient = new Map<string, Set<Section>>();
  /** Updated with each section that changes, so that a small change stays cheap on a large date. */
  #totals: Totals = { appointments: 0, doctors: 0 };
  /** All sections in the order in which they are sent; undefined until it is needed. */
  #inOrder: Section[] | undefined;

  constructor(date: string) {
    this.date = date;
  }

  /** False when the changes belong to another history than this state because the database was restored. */
  continuesWith(changes: QueueChanges): boolean {
    return this.epoch === undefined || (changes.epoch === this.epoch && changes.revision >= this.revision);
  }

  reset(): void {
    this.epoch = undefined;
    this.revision = 0;
    this.#sections.clear();
    this.#ofPatient.clear();
    this.#totals = { appointments: 0, doctors: 0 };
    this.#inOrder = undefined;
  }

  apply({ epoch, revision, changedAt, sections }: QueueChanges): void {
    this.epoch = epoch;
    this.revision = revision;
    this.changedAt = changedAt;
    const changed = new Map<string, Set<string | null>>();
    for (const change of sections) {
      this.#put(change);
      const patients = changed.get(change.doctorId) ?? new Set();
      changed.set(change.doctorId, patients.add(change.patientId));
    }
    for (const { doctorId, revision } of sections) {
      const patients = changed.get(doctorId);
      if (patients) this.#removeOthers(doctorId, patients, revision);
      changed.delete(doctorId);
    }
  }

  /** The sections in a scope, also removed ones, in the order in which they are sent. */
  sections(scope: Scope): readonly Section[] {
    return isEverything(scope) ? (this.#inOrder ??= this.#all().toSorted(byName)) : this.#in(scope).toSorted(byName);
  }

  /** The sections in a scope that changed after a revision, also removed ones, in the order in which they are sent. */
  changedSince(revision: number, scope: Scope): Section[] {
    const all = isEverything(scope) ? this.#all() : this.#in(scope);
    return all.filter((section) => section.revision > revision).toSorted(byName);
  }

  totals(scope: Scope): Totals {
    if (isEverything(scope)) return this.#totals;
    const present = this.#in(scope).filter(({ json }) => json !== null);
    const appointments = present.reduce((sum, { appointmentCount }) => sum + appointmentCount, 0);
    return { appointments, doctors: present.length };
  }

  /** The revision of the last change of the date, or of the part of it in a scope. */
  lastChange(scope: Scope): number {
    if (isEverything(scope)) return this.revision;
    return this.#in(scope).reduce((last, { revision }) => Math.max(last, revision), 0);
  }

  #all(): Section[] {
    return [...this.#sections.values()].flatMap((patients) => [...patients.values()]);
  }

  #in({ doctorId, patientId }: Scope): Section[] {
    if (patientId === undefined) return [...(this.#sections.get(doctorId ?? "")?.values() ?? [])];
    const mine = [...(this.#ofPatient.get(patientId) ?? [])];
    return doctorId === undefined ? mine : mine.filter((section) => section.doctorId === doctorId);
  }

  #put({ doctorId, doctorName, patientId, revision, appointmentCount, json }: SectionChange): void {
    const patients = this.#sections.get(doctorId) ?? new Map<string | null, Section>();
    this.#sections.set(doctorId, patients);
    const sortKey = Buffer.from(`${doctorName}\0${doctorId}`);
    const known = patients.get(patientId);
    // A change of another patient in the section is no change for this patient, who must not learn of it.
    if (known && patientId !== null && known.json === json) return;
    const section = known ?? { doctorId, patientId, sortKey, revision, appointmentCount: 0, json: null };
    if (!known || !known.sortKey.equals(sortKey)) this.#inOrder = undefined;
    section.sortKey = sortKey;
    this.#change(section, revision, appointmentCount, json);
    if (known) return;
    patients.set(patientId, section);
    if (patientId === null) return;
    const mine = this.#ofPatient.get(patientId) ?? new Set();
    this.#ofPatient.set(patientId, mine.add(section));
  }

  /** The parts of a changed section that belonged to patients who are no longer in it. */
  #removeOthers(doctorId: string, patients: Set<string | null>, revision: number): void {
    for (const section of this.#sections.get(doctorId)?.values() ?? []) {
      if (!patients.has(section.patientId) && section.json !== null) this.#change(section, revision, 0, null);
    }
  }

  #change(section: Section, revision: number, appointmentCount: number, json: string | null): void {
    this.#totals.appointments += appointmentCount - section.appointmentCount;
    this.#totals.doctors += Number(json !== null) - Number(section.json !== null);
    section.revision = revision;
    section.appointmentCount = appointmentCount;
    section.json = json;
  }
}

const isEverything = ({ doctorId, patientId }: Scope): boolean => doctorId === undefined && patientId === undefined;

const byName = (a: Section, b: Section): number => a.sortKey.compare(b.sortKey);
