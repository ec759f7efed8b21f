import type { Appointment, Queue } from "../../../client/queue-client.ts";

/** For each appointment that changed a moment ago: how often it changed, and when last (from `Date.now()`). */
export type Changes = ReadonlyMap<string, { count: number; atMs: number }>;

/** How long a change is worth a glance. */
const freshMs = 4_000;

/**
 * Finds what differs between two states of one date's queue, and keeps what changed a moment earlier.
 *
 * The first state of a date has no changes, because everything in it is new.
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

function appointments(queue: Queue): Appointment[] {
  return queue.doctors.flatMap((section): Appointment[] => section.appointments);
}
