import type { Action } from "../../../client/clinic-client.ts";
import type { StaffAppointment } from "../../../client/queue-client.ts";
import { entryStageOf } from "../../shared/live/entry-stage.ts";

/** The one thing that is obvious to do with a row, if there is one; `check_in` is no action of the queue. */
export type QuickAction = Extract<Action, "recall" | "serve" | "resume" | "requeue"> | "check_in";

export function quickActionOf(row: StaffAppointment): QuickAction | undefined {
  switch (entryStageOf(row)) {
    case "booked":
      return "check_in";
    case "called":
      return "recall";
    case "in_consultation":
      return "serve";
    case "on_hold":
      return "resume";
    case "skipped":
    case "no_show":
    case "left":
      return "requeue";
    default:
      return undefined;
  }
}
