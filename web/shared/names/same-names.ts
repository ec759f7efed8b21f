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

/**
 * Whether two states of a date have the same patients, of the same names and in the same order: no step of a queue changes
 * that. Only sections that are another object are looked into.
 */
export function hasSamePatients(
  before: Pick<Queue<"staff">, "doctors">,
  after: Pick<Queue<"staff">, "doctors">,
): boolean {
  return isSameList(
    before.doctors,
    after.doctors,
    (a, b) =>
      a === b ||
      isSameList(
        a.appointments,
        b.appointments,
        ({ patient: one }, { patient: other }) => one.id === other.id && one.name === other.name,
      ),
  );
}

const isSameList = <T>(a: readonly T[], b: readonly T[], isSame: (a: T, b: T) => boolean): boolean =>
  a.length === b.length && a.every((one, index) => isSame(one, b[index] as T));
