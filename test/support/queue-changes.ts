import type { QueueChanges, PartChange } from "../../db/queries/queue-changes.ts";

export const epoch = "7f0c0000-0000-4000-8000-000000000001";
export const otherEpoch = "7f0c0000-0000-4000-8000-000000000002";

/** What the database answers at a revision. */
export function changesAt(revision: number, parts: PartChange[] = [], of = epoch): QueueChanges {
  return { epoch: of, revision, changedAt: new Date(revision * 1_000), openTasks: null, parts };
}

/** A part of a section with one appointment, that changed at a revision. */
export function sectionAt(revision: number, fields: Partial<PartChange> & { doctorId: string }): PartChange {
  const doctorName = fields.doctorName ?? `Dr. ${fields.doctorId}`;
  const json = JSON.stringify({ doctor: { id: fields.doctorId, name: doctorName }, changed_at_revision: revision });
  return { doctorName, areaId: null, reader: null, revision, appointmentCount: 1, json, ...fields };
}

/** A section whose last appointment went away. */
export function removedAt(revision: number, doctorId: string): PartChange {
  return sectionAt(revision, { doctorId, appointmentCount: 0, json: null });
}
