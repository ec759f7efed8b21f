import type { Row, StaffSection, Work } from "../work/work.ts";

/** What the one button of the page does now. */
export type Primary =
  | { name: "come-back"; section: StaffSection }
  | { name: "call"; row: Row }
  | { name: "start"; row: Row }
  | { name: "done"; row: Row }
  | { name: "nobody" };

/** Somebody who is here comes before everything else; whoever is not there must come back before anybody can be called. */
export function primaryOf({ here, next, sections }: Work): Primary {
  if (here) return { name: here.stage === "called" ? "start" : "done", row: here };
  const section = next?.section ?? sections[0];
  if (section && section.state !== "present") return { name: "come-back", section };
  return next ? { name: "call", row: next } : { name: "nobody" };
}
