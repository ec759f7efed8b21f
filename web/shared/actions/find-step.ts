import type { ClinicClient } from "../../../client/clinic-client.ts";
import type { Answer } from "../../../client/rest-client.ts";
import type { Found } from "./actions.ts";

export interface SoughtStep {
  appointmentId: string;
  /** The actions that the step may bear. Of those that leave the version alone, none is found. */
  actions: readonly string[];
  /** Whose step it is; null where nobody signs in. */
  actor: string | null;
  /** The version of the entry that was seen; 0 where there was none. */
  version: number;
  /** How to tell of it. */
  text: string;
}

/**
 * Finds in a patient's history the step whose answer was lost. A step that was taken back since does not count.
 *
 * @throws ApiError while the history cannot be read
 */
export async function findStep(client: ClinicClient, sought: SoughtStep): Promise<Found> {
  const { appointmentId, actions, actor, version, text } = sought;
  const history = await client.call("listTransitions", { params: { id: appointmentId } });
  const undone = new Set(history.map(({ undoes }) => undoes));
  const step = history
    .filter(raisesVersion)
    .slice(version)
    .filter((one) => actions.includes(one.action) && one.actor.name === actor && !undone.has(one.id))
    .pop();
  if (!step) return { at: undefined };
  return { at: step.at, done: { text, at: step.at, undo: { appointmentId, transition: step.id } } };
}

/** Each step raises the version of the entry by one, except those that leave its stage and order alone. */
const raisesVersion = ({ action }: Answer<"listTransitions">[number]): boolean =>
  action !== "acknowledge" && action !== "recall";
