import type { StaffAppointment } from "../../../client/queue-client.ts";
import { entryStageOf } from "../../shared/live/entry-stage.ts";

const earlyMs = 60 * 60_000;

/** Whether somebody is booked for so much later that one had better ask before they are checked in. */
export function isEarly(row: StaffAppointment, now: Date): boolean {
  const { starts_at } = row;
  return starts_at !== null && entryStageOf(row) === "booked" && Date.parse(starts_at) - now.getTime() > earlyMs;
}
