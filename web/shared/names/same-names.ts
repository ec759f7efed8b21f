import type { Queue } from "../../../client/queue-client.ts";
import { nameKey } from "./name-key.ts";

/** Of each patient whose name another patient of the date has too, however it is spelled, that one's ticket. */
export function findSameNames({ doctors }: Pick<Queue<"staff">, "doctors">): ReadonlyMap<string, string> {
  const owners = new Map<string, { id: string; ticket: string }>();
  const found = new Map<string, string>();
  for (const { patient, ticket } of doctors.flatMap(({ appointments }) => appointments)) {
    const name = nameKey(patient.name);
    const other = owners.get(name);
    if (other === undefined) owners.set(name, { id: patient.id, ticket });
    else if (other.id !== patient.id) {
      found.set(patient.id, other.ticket);
      if (!found.has(other.id)) found.set(other.id, ticket);
    }
  }
  return found;
}
