import type { StaffAppointment } from "../../../client/queue-client.ts";
import { entryStageOf, entryStages, type EntryStage } from "../../shared/live/entry-stage.ts";

/** The rows of a doctor in the order in which the desk needs them: who is there, who waits, who may return, who comes. */
export function orderRows(appointments: readonly StaffAppointment[]): StaffAppointment[] {
  return [...appointments].sort((a, b) => {
    const [stageA, stageB] = [entryStageOf(a), entryStageOf(b)];
    return entryStages.indexOf(stageA) - entryStages.indexOf(stageB) || compareWithin(stageA, a, b);
  });
}

/** How many are in each stage. */
export function countStages(appointments: readonly StaffAppointment[]): Partial<Record<EntryStage, number>> {
  const counts: Partial<Record<EntryStage, number>> = {};
  for (const one of appointments) {
    const stage = entryStageOf(one);
    counts[stage] = (counts[stage] ?? 0) + 1;
  }
  return counts;
}

function compareWithin(stage: EntryStage, a: StaffAppointment, b: StaffAppointment): number {
  if (stage === "waiting") return (a.queue?.rank ?? Infinity) - (b.queue?.rank ?? Infinity);
  if (stage === "booked" || stage === "no_show") return compareTexts(a.starts_at, b.starts_at) || a.slot - b.slot;
  return compareTexts(a.queue?.turn_at ?? null, b.queue?.turn_at ?? null) || a.slot - b.slot;
}

/** By code units, as moments are written; those without come last. */
function compareTexts(a: string | null, b: string | null): number {
  const [left, right] = [a ?? "~", b ?? "~"];
  return left < right ? -1 : left > right ? 1 : 0;
}
