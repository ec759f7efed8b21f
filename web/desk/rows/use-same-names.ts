import { useRef } from "preact/hooks";
import type { Queue } from "../../../client/queue-client.ts";
import { findSameNames, hasSamePatients } from "../../shared/names/same-names.ts";

interface Known {
  queue: Queue<"staff"> | undefined;
  names: ReadonlySet<string>;
}

/**
 * The patients of a date whose name another one of it has, too: the same set as long as it has the same members, so that
 * nothing is drawn again for it.
 */
export function useSameNames(queue: Queue<"staff"> | undefined): ReadonlySet<string> {
  const known = useRef<Known>({ queue: undefined, names: new Set() });
  known.current = { queue, names: findNames(known.current, queue) };
  return known.current.names;
}

function findNames({ queue: before, names }: Known, queue: Queue<"staff"> | undefined): ReadonlySet<string> {
  if (queue === before || (queue && before && hasSamePatients(before, queue))) return names;
  const found = new Set(queue && findSameNames(queue).keys());
  const isSame = names.size === found.size && [...found].every((one) => names.has(one));
  return isSame ? names : found;
}
