import type { Body } from "../../../client/rest-client.ts";
import type { DoctorWords } from "../words/doctor-words.ts";

/** When patients come back, as a rule. */
export const backTimes = ["oneWeek", "twoWeeks", "fourWeeks", "threeMonths"] as const;

/** What comes after a visit: nothing, a task for the desk, or another doctor or service. */
export interface After {
  kind: "nothing" | "back" | "desk" | "on";
  /** When the patient comes back; empty where the text alone says it. */
  when: (typeof backTimes)[number] | "";
  /** What the desk is to do, or what the colleague should know. */
  text: string;
  /** On to whom. */
  doctorId: string;
  isReturn: boolean;
}

export const nothingAfter: After = { kind: "nothing", when: "", text: "", doctorId: "", isReturn: false };

/** Whether it says all that is needed. */
export function isComplete({ kind, when, text, doctorId }: After): boolean {
  if (kind === "on") return doctorId !== "";
  return kind === "nothing" || text.trim() !== "" || (kind === "back" && when !== "");
}

/** The task that it leaves for the desk. */
export function taskOf(
  { kind, when, text }: After,
  words: DoctorWords,
): Pick<Body<"addTask">, "kind" | "text"> | undefined {
  if (kind !== "back" && kind !== "desk") return undefined;
  const note = text.trim();
  if (kind === "desk") return { kind: "other", text: note };
  if (when === "") return { kind: "follow_up", text: note };
  const what = words.say("backInText", { time: words.say(when) });
  return { kind: "follow_up", text: note === "" ? what : words.say("because", { what, reason: note }) };
}
