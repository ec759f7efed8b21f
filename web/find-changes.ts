import type { Appointment, Queue } from "../client/queue-client.ts";

/** Of each appointment that changed a moment ago: how often, and when last (as `Date.now()` tells it). */
export type Changes = ReadonlyMap<string, { count: number; atMs: number }>;

/** How long a change is worth a glance. */
const freshMs = 4_000;

/**
 * Finds what differs between two states of one date's queue, beside what changed a moment before.
 *
 * The first state of a date has no changes: all of it is new, so nothing of it stands out.
 */
export function findChanges(before: Queue | undefined, after: Queue, earlier: Changes): Changes {
  if (before?.date !== after.date || before.epoch !== after.epoch) return new Map();
  const nowMs = Date.now();
  const changes = new Map([...earlier].filter(([, change]) => nowMs - change.atMs < freshMs));
  const known = new Map(appointments(before).map((one) => [one.appointment_id, JSON.stringify(one)]));
  for (const one of appointments(after)) {
    if (known.get(one.appointment_id) === JSON.stringify(one)) continue;
    const count = (changes.get(one.appointment_id)?.count ?? 0) + 1;
    changes.set(one.appointment_id, { count, atMs: nowMs });
  }
  return changes;
}

/**
 * A mark for a row that changed a moment ago. It alternates, because a style's animation starts anew only when the
 * row is given another one.
 */
export function changeMark(changes: Changes, appointmentId: string): "odd" | "even" | undefined {
  const change = changes.get(appointmentId);
  if (!change || Date.now() - change.atMs >= freshMs) return undefined;
  return change.count % 2 === 1 ? "odd" : "even";
}

function appointments(queue: Queue): Appointment[] {
  return queue.doctors.flatMap((section) => section.appointments);
}
