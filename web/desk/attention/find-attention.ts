import type { Queue, StaffAppointment } from "../../../client/queue-client.ts";
import { entryStageOf } from "../../shared/live/entry-stage.ts";
import { minutesSince } from "../../shared/times/minutes-since.ts";
import type { Found, StaffSection } from "../found.ts";

/** Waits for very long. */
interface Waits {
  kind: "waits";
  found: Found;
  minutes: number;
}

/** Something that somebody at the desk should look at. */
export type Attention =
  /** Called, and did not come. */
  | { kind: "called"; found: Found; minutes: number }
  /** Was skipped, and says to be here. */
  | { kind: "here"; found: Found }
  | Waits
  /** Away for longer than was said, while people wait. */
  | { kind: "overdue"; section: StaffSection; minutes: number }
  /** Wait for a doctor who sees nobody any more, so that nobody will call them. */
  | { kind: "stranded"; section: StaffSection; count: number }
  /** An emergency that is not with a doctor yet. */
  | { kind: "emergency"; found: Found };

const calledMinutes = 3;
const waitsMinutes = 60;

/** What is not as it should be, most urgent first; of those who wait for very long, the longest. On a good day there is nothing. */
export function findAttention({ doctors }: Queue<"staff">, nowMs: number): Attention[] {
  const found: Attention[] = [];
  let longest: Waits | undefined;
  for (const section of doctors) {
    for (const one of findOnce(section, nowMs)) {
      if (one.kind !== "waits") found.push(one);
      else if (one.minutes > (longest?.minutes ?? 0)) longest = one;
    }
  }
  if (longest) found.push(longest);
  return found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

const order: readonly Attention["kind"][] = ["emergency", "stranded", "here", "called", "overdue", "waits"];

/** Whether somebody needs another doctor once theirs has gone. */
export const isStranded = (row: StaffAppointment): boolean =>
  ["waiting", "called", "on_hold"].includes(entryStageOf(row));

/** What was found in each section at a moment: of all doctors, a change is of one. */
const known = new WeakMap<StaffSection, { nowMs: number; found: readonly Attention[] }>();

function findOnce(section: StaffSection, nowMs: number): readonly Attention[] {
  let last = known.get(section);
  if (last?.nowMs !== nowMs) {
    last = { nowMs, found: findInSection(section, nowMs) };
    known.set(section, last);
  }
  return last.found;
}

function findInSection(section: StaffSection, nowMs: number): Attention[] {
  const found: Attention[] = [];
  const { state, returns_at, waiting_count } = section;
  const overdue = minutesSince(returns_at, nowMs);
  if (state === "away" && overdue > 0 && waiting_count > 0) {
    found.push({ kind: "overdue", section, minutes: overdue });
  }
  const count = state === "finished" || state === "absent" ? section.appointments.filter(isStranded).length : 0;
  if (count > 0) found.push({ kind: "stranded", section, count });
  for (const row of section.appointments) {
    const stage = entryStageOf(row);
    const { queue } = row;
    if (!queue) continue;
    if (queue.priority === 2 && stage === "waiting") found.push({ kind: "emergency", found: { section, row } });
    if (stage === "skipped" && queue.answer === "here") found.push({ kind: "here", found: { section, row } });
    const called = stage === "called" && queue.answer === null ? minutesSince(queue.called_at, nowMs) : 0;
    if (called >= calledMinutes) found.push({ kind: "called", found: { section, row }, minutes: called });
    const waits = stage === "waiting" ? minutesSince(queue.checked_in_at, nowMs) : 0;
    if (waits >= waitsMinutes) found.push({ kind: "waits", found: { section, row }, minutes: waits });
  }
  return found;
}
