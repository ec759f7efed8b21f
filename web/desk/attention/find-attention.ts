import type { Queue, StaffAppointment } from "../../../client/queue-client.ts";
import { entryStageOf } from "../../shared/live/entry-stage.ts";
import { minutesSince } from "../../shared/times/minutes-since.ts";
import type { Found, StaffSection } from "../found.ts";

/** Something that somebody at the desk should look at. */
export type Attention =
  /** Called, and did not come. */
  | { kind: "called"; found: Found; minutes: number }
  /** Was skipped, and says to be here. */
  | { kind: "here"; found: Found }
  /** Waits for very long. */
  | { kind: "waits"; found: Found; minutes: number }
  /** Away for longer than was said, while people wait. */
  | { kind: "overdue"; section: StaffSection; minutes: number }
  /** Wait for a doctor who sees nobody any more, so that nobody will call them. */
  | { kind: "stranded"; section: StaffSection; count: number }
  /** An emergency that is not with a doctor yet. */
  | { kind: "emergency"; found: Found };

const calledMinutes = 3;
const waitsMinutes = 60;

/** What is not as it should be, most urgent first. On a good day there is nothing. */
export function findAttention({ doctors }: Queue<"staff">, nowMs: number): Attention[] {
  const found: Attention[] = [];
  for (const section of doctors) {
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
    }
  }
  const longest = findLongest(doctors, nowMs);
  if (longest) found.push(longest);
  return found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

const order: readonly Attention["kind"][] = ["emergency", "stranded", "here", "called", "overdue", "waits"];

/** Whether somebody needs another doctor once theirs has gone. */
export const isStranded = (row: StaffAppointment): boolean =>
  ["waiting", "called", "on_hold"].includes(entryStageOf(row));

function findLongest(doctors: readonly StaffSection[], nowMs: number): Attention | undefined {
  let longest: Extract<Attention, { kind: "waits" }> | undefined;
  for (const section of doctors) {
    for (const row of section.appointments) {
      if (entryStageOf(row) !== "waiting") continue;
      const minutes = minutesSince(row.queue?.checked_in_at, nowMs);
      if (minutes >= waitsMinutes && minutes > (longest?.minutes ?? 0)) {
        longest = { kind: "waits", found: { section, row }, minutes };
      }
    }
  }
  return longest;
}
