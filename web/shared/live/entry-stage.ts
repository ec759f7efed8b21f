import type { Stage, StaffAppointment } from "../../../client/queue-client.ts";

/** Where an appointment is on its day: before the check-in it is booked, and nobody comes any more once it is no-show. */
export type EntryStage = Stage | "booked";

/** In the order in which the desk needs them. */
export const entryStages: readonly EntryStage[] = [
  "called",
  "in_consultation",
  "waiting",
  "on_hold",
  "skipped",
  "booked",
  "served",
  "no_show",
  "left",
];

export function entryStageOf({ queue, outcome, status }: StaffAppointment): EntryStage {
  if (queue) return queue.stage;
  if (outcome === "no_show") return "no_show";
  return status === "completed" ? "served" : "booked";
}

/** Whether somebody is still to be seen to: here, or booked and not come yet. */
export const isOpen = (stage: EntryStage): boolean => !["served", "no_show", "left"].includes(stage);
