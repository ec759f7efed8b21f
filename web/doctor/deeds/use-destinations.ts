import { useEffect, useState } from "preact/hooks";
import { useClient } from "../../shared/actions/use-actions.tsx";
import type { Answer } from "../../../client/rest-client.ts";

export type Destination = Answer<"listDoctors">[number];

/** The doctors and services of the clinic on a date, services first; undefined until they are known. */
export function useDestinations(date: string | undefined): readonly Destination[] | undefined {
  const client = useClient();
  const [found, setFound] = useState<readonly Destination[]>();
  useEffect(() => {
    if (date === undefined) return;
    const ending = new AbortController();
    client
      .call("listDoctors", { query: { date }, signal: ending.signal })
      .then((doctors) => setFound([...doctors].sort(byKind)))
      .catch(() => undefined);
    return () => ending.abort();
  }, [client, date]);
  return found;
}

const byKind = (a: Destination, b: Destination): number =>
  Number(b.kind === "service") - Number(a.kind === "service") || a.name.localeCompare(b.name);
