import type { QueueChanges, SectionChange } from "../../db/queries/queue-changes.ts";

export const epoch = "7f0c0000-0000-4000-8000-000000000001";
export const otherEpoch = "7f0c0000-0000-4000-8000-000000000002";

/** What the database answers at a revision. */
export function changesAt(revision: number, sections: SectionChange[] = [], of = epoch): QueueChanges {
  return { epoch: of, revision, changedAt: new Date(revision * 1_000), sections };
}

/** A section with one appointment, that changed at a revision. */
export function sectionAt(revision: number, fields: Partial<SectionChange> & { doctorId: string }): SectionChange {
  const doctorName = fields.doctorName ?? `Dr. ${fields.doctorId}`;
  const json = JSON.stringify({ doctor: { id: fields.doctorId, name: doctorName }, changed_at_revision: revision });
  return { doctorName, patientId: null, revision, appointmentCount: 1, json, ...fields };
}

/** A section whose last appointment went away. */
export function removedAt(revision: number, doctorId: string): SectionChange {
  return sectionAt(revision, { doctorId, appointmentCount: 0, json: null });
}
