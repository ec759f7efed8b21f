import type { QueueChanges, SectionChange } from "../db/queue-changes.ts";
import type { Scope } from "./protocol.ts";

export interface Section {
  doctorId: string;
  patientId: string | null;
  /** Orders sections by the doctor's name, then id, byte by byte in UTF-8. */
  sortKey: Buffer;
  /** The date's revision at this section's last change. */
  revision: number;
  appointmentCount: number;
  /** Postgres' own JSON text, which is never parsed here; null once the section was removed. */
  json: string | null;
}

/**
 * What is known of a date in one view. Since each section bears the revision of its last change, also one that was
 * removed, what changed since any earlier revision can be told from here: no history is kept.
 */
export class QueueState {
  readonly date: string;
  /** Undefined until the date has been read. */
  epoch: string | undefined;
  revision = 0;
  changedAt: Date | null = null;
  /** By doctor; in the patients' view by doctor, then patient. */
  #sections = new Map<string, Map<string | null, Section>>();
  #ofPatient = new Map<string, Set<Section>>();

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
    this.#ofPatient.clear();
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

  /** The sections in a scope, in the order of the wire; removed ones among them. */
  sections({ doctorId, patientId }: Scope): Section[] {
    if (patientId !== undefined) {
      const mine = [...(this.#ofPatient.get(patientId) ?? [])].filter(
        (one) => (doctorId ?? one.doctorId) === one.doctorId,
      );
      return mine.toSorted(byName);
    }
    if (doctorId !== undefined) return [...(this.#sections.get(doctorId)?.values() ?? [])];
    return [...this.#sections.values()].flatMap((patients) => [...patients.values()]).toSorted(byName);
  }

  /** The revision at which the date, or what is in a scope of it, changed last. */
  lastChange(scope: Scope): number {
    if (scope.doctorId === undefined && scope.patientId === undefined) return this.revision;
    return this.sections(scope).reduce((last, { revision }) => Math.max(last, revision), 0);
  }

  #put({ doctorId, doctorName, patientId, ...content }: SectionChange): void {
    const patients = this.#sections.get(doctorId) ?? new Map<string | null, Section>();
    this.#sections.set(doctorId, patients);
    const known = patients.get(patientId);
    // Others' changes in the section are no change for this patient, and none of their business.
    if (patientId !== null && known?.json === content.json) return;
    const section = { doctorId, patientId, sortKey: Buffer.from(`${doctorName}\0${doctorId}`), ...content };
    patients.set(patientId, section);
    if (patientId === null) return;
    const mine = this.#ofPatient.get(patientId) ?? new Set();
    this.#ofPatient.set(patientId, mine);
    if (known) mine.delete(known);
    mine.add(section);
  }

  /** Of a section that changed, the parts of patients who are not in it any more. */
  #removeOthers(doctorId: string, patients: Set<string | null>, revision: number): void {
    for (const section of this.#sections.get(doctorId)?.values() ?? []) {
      if (patients.has(section.patientId) || section.json === null) continue;
      section.json = null;
      section.appointmentCount = 0;
      section.revision = revision;
    }
  }
}

const byName = (a: Section, b: Section): number => a.sortKey.compare(b.sortKey);
