import type { AskedView, Delta, Queue, Section } from "./wire.ts";

/**
 * The state after a delta, or undefined when the delta does not continue this state.
 *
 * @internal
 */
export function applyDelta<V extends AskedView>(held: Queue<V>, delta: Delta<V>): Queue<V> | undefined {
  const { from_revision, removed_doctors, doctors, timestamp, ...fields } = delta;
  const { date, epoch } = fields;
  if (date !== held.date || epoch !== held.epoch || from_revision !== held.revision) return undefined;

  const sections = new Map(held.doctors.map((section) => [section.doctor.id, section]));
  for (const id of removed_doctors) sections.delete(id);
  for (const section of doctors) sections.set(section.doctor.id, section);
  return { ...fields, doctors: Array.from(sections.values()).sort(byName), timestamp };
}

/** As the server orders sections: by the doctor's name, then id, code point by code point. */
function byName({ doctor: a }: Section, { doctor: b }: Section): number {
  return compare(a.name, b.name) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  const left = Array.from(a);
  const right = Array.from(b);
  const differs = left.findIndex((character, index) => character !== right[index]);
  if (differs === -1) return -1;
  return (left[differs]?.codePointAt(0) ?? -1) - (right[differs]?.codePointAt(0) ?? -1);
}
