import type { ListedDoctor } from "../../shared/clinic/use-directory.ts";

/** To whom patients can be sent. */
export type Destination = ListedDoctor;

/** More chips than this would hide the others. */
const mostQuick = 3;

/** Parts the services that are one press away, to which patients go and from which they come back, from all others. */
export function partDestinations(destinations: readonly Destination[]): {
  quick: readonly Destination[];
  others: readonly Destination[];
} {
  const quick = destinations.filter(({ kind }) => kind === "service").slice(0, mostQuick);
  return { quick, others: destinations.filter((one) => !quick.includes(one)) };
}

/** Services first, then by name. */
export const byKind = (a: Destination, b: Destination): number =>
  Number(b.kind === "service") - Number(a.kind === "service") || a.name.localeCompare(b.name);
