import type { Appointment, Section } from "../../client/queue-client.ts";

/** How far an appointment has come, in the words of the desk. */
export type Stage = "waiting" | "skipped" | "booked" | "done";

export function stageOf({ status, queue }: Appointment): Stage {
  if (status === "completed" || queue?.status === "served") return "done";
  if (queue?.status === "skipped") return "skipped";
  return status === "checked_in" ? "waiting" : "booked";
}

/** How many of the appointments are in each stage. */
export function countStages(appointments: Appointment[]): Record<Stage, number> {
  const counts: Record<Stage, number> = { waiting: 0, skipped: 0, booked: 0, done: 0 };
  for (const one of appointments) counts[stageOf(one)] += 1;
  return counts;
}

/** A section's appointments by stage: waiting and skipped ones by position, the others by slot. */
export function byStage({ appointments }: Section): Record<Stage, Appointment[]> {
  const groups: Record<Stage, Appointment[]> = { waiting: [], skipped: [], booked: [], done: [] };
  for (const one of appointments) groups[stageOf(one)].push(one);
  groups.waiting.sort((a, b) => position(a) - position(b));
  groups.skipped.sort((a, b) => position(a) - position(b));
  return groups;
}

function position({ queue }: Appointment): number {
  return queue ? queue.position : Infinity;
}
