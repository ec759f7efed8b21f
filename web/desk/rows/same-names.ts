import type { Queue } from "../../../client/queue-client.ts";
import { nameKey } from "../box/name-key.ts";

/** The ids of today's patients who share their name with another patient of today, however it is spelled. */
export function findSameNames({ doctors }: Pick<Queue<"staff">, "doctors">): ReadonlySet<string> {
  const owners = new Map<string, Set<string>>();
  for (const { appointments } of doctors) {
    for (const { patient } of appointments) {
      const name = nameKey(patient.name);
      const ids = owners.get(name) ?? new Set();
      owners.set(name, ids.add(patient.id));
    }
  }
  return new Set([...owners.values()].filter(({ size }) => size > 1).flatMap((ids) => [...ids]));
}
