import type { Queue } from "../../../client/queue-client.ts";
import { fold } from "../box/fold.ts";

/** The ids of today's patients who share their name with another patient of today, however it is spelled. */
export function findSameNames({ doctors }: Pick<Queue<"staff">, "doctors">): ReadonlySet<string> {
  const owners = new Map<string, Set<string>>();
  for (const { appointments } of doctors) {
    for (const { patient } of appointments) {
      const name = folded(patient.name);
      const ids = owners.get(name) ?? new Set();
      owners.set(name, ids.add(patient.id));
    }
  }
  return new Set([...owners.values()].filter(({ size }) => size > 1).flatMap((ids) => [...ids]));
}

/** The words of a name in one order, so that "Li Wei" and "Wei, Li" are the same. Names come again and again. */
const known = new Map<string, string>();
const mostKnown = 5_000;

function folded(name: string): string {
  let text = known.get(name);
  if (text === undefined) {
    text = fold(name)
      .split(/[\s,]+/)
      .filter(Boolean)
      .sort()
      .join(" ");
    if (known.size >= mostKnown) known.clear();
    known.set(name, text);
  }
  return text;
}
