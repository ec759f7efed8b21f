import { en as shared } from "../../shared/words/en.ts";

/** What the Desk says. */
export const en = {
  ...shared,
  queueOf: "Queue of {day}",
} as const;
