import type { Opened } from "./desk-context.ts";

/** What the page's address asks to lie open: `/#conflicts/ID` is where the schedule of a doctor leads. */
export function openedInAddress(): Opened | undefined {
  const [name, id] = location.hash.slice(1).split("/");
  return name === "conflicts" && id ? { name, id } : undefined;
}
