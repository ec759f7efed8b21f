import type { Queue } from "../../../client/queue-client.ts";

/** Of each patient whose name another patient of today has too, however it is spelled, that one's ticket. */
export function findSameNames({ doctors }: Pick<Queue<"staff">, "doctors">): ReadonlyMap<string, string> {
  const owners = new Map<string, { id: string; ticket: string }>();
  const found = new Map<string, string>();
  for (const { patient, ticket } of doctors.flatMap(({ appointments }) => appointments)) {
    const name = plain(patient.name);
    const other = owners.get(name);
    if (other === undefined) owners.set(name, { id: patient.id, ticket });
    else if (other.id !== patient.id) {
      found.set(patient.id, other.ticket);
      if (!found.has(other.id)) found.set(other.id, ticket);
    }
  }
  return found;
}

/** "Li Wei" and "Wei, Li" are the same name, and so are "Østergård" and "Ostergard" to whoever listens. */
const plain = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}|['’‘`´]/gu, "")
    .replace(/ø/g, "o")
    .replace(/ß/g, "ss")
    .split(/[\s,]+/)
    .filter(Boolean)
    .sort()
    .join(" ");
