import { useLayoutEffect } from "preact/hooks";
import type { StaffAppointment } from "../../../client/queue-client.ts";
import type { ActionState } from "../../shared/actions/actions.ts";
import { useActions, useActionState } from "../../shared/actions/use-actions.tsx";

/** How the last action on a patient of the day stands. What was refused is told until the entry has changed again. */
export function useRowState({ appointment_id: id, queue }: StaffAppointment): ActionState | undefined {
  const actions = useActions();
  const state = useActionState(id);
  const version = queue?.version;
  // At once, because an effect after the frame would have the browser make one more frame for each change.
  useLayoutEffect(() => {
    if (version !== undefined) actions.dismissOlder(id, version);
  }, [actions, id, version, state]);
  return state;
}
