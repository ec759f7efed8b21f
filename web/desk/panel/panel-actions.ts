import type { Action } from "../../../client/clinic-client.ts";
import type { EntryStage } from "../../shared/live/entry-stage.ts";

/** What a row's panel offers beside check-in, cancelling, transfer and priority; the first is the obvious one. */
export type PanelAction = Exclude<Action, "transfer" | "prioritise" | "move" | "acknowledge"> | "check_in";

/** The actions from each stage, as the contract's table has them for staff, in the order in which they are wanted. */
export const panelActions: Readonly<Record<EntryStage, readonly PanelAction[]>> = {
  booked: ["check_in"],
  waiting: ["call", "start", "hold", "leave"],
  called: ["start", "recall", "skip", "hold", "serve", "requeue", "leave", "no_show"],
  in_consultation: ["serve", "hold", "leave"],
  on_hold: ["resume", "call", "start", "leave"],
  skipped: ["requeue", "call", "start", "no_show", "leave"],
  served: ["requeue"],
  no_show: ["requeue"],
  left: ["requeue"],
};

/** Whether the action passes others over, so that it needs a reason. */
export function needsReason(action: Action, isNext: boolean): boolean {
  return action === "prioritise" || action === "move" || (action === "call" && !isNext);
}

/** Stages in which somebody can be sent to another doctor, or be given priority. */
export const isMovable = (stage: EntryStage): boolean =>
  ["waiting", "called", "in_consultation", "on_hold", "skipped"].includes(stage);

/** Whether the server would take the action from this stage. */
export function isPossible(action: Action, stage: EntryStage): boolean {
  switch (action) {
    case "transfer":
    case "prioritise":
      return isMovable(stage);
    case "move":
      return stage === "waiting";
    case "acknowledge":
      return stage === "called";
    default:
      return panelActions[stage].includes(action);
  }
}
