import type { Body } from "../../../client/rest-client.ts";

/** What comes after a visit: nothing, a task for the desk, or another doctor or service. */
export interface After {
  kind: "nothing" | "back" | "desk" | "on";
  /** What the desk is to do, or what the colleague should know. */
  text: string;
  /** On to whom. */
  doctorId: string;
  isReturn: boolean;
}

export const nothingAfter: After = { kind: "nothing", text: "", doctorId: "", isReturn: false };

/** Whether it says all that is needed. */
export function isComplete({ kind, text, doctorId }: After): boolean {
  if (kind === "on") return doctorId !== "";
  return kind === "nothing" || text.trim() !== "";
}

/** The task that it leaves for the desk. */
export function taskOf({ kind, text }: After): Pick<Body<"addTask">, "kind" | "text"> | undefined {
  if (kind !== "back" && kind !== "desk") return undefined;
  return { kind: kind === "back" ? "follow_up" : "other", text: text.trim() };
}
