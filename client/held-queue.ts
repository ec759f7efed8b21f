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
  // Nearly all deltas are of doctors who are there already, and leave the order as it is.
  const isInOrder = doctors.every(({ doctor }) => sections.get(doctor.id)?.doctor.name === doctor.name);
  for (const section of doctors) sections.set(section.doctor.id, section);
  const all = Array.from(sections.values());
  return { ...fields, doctors: isInOrder ? all : all.sort(byName), timestamp };
}

/** As the server orders sections: by the doctor's name, then id, code point by code point. */
function byName({ doctor: a }: Section, { doctor: b }: Section): number {
  return compare(a.name, b.name) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1);
}
