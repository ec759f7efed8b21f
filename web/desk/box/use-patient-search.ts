import { useEffect, useState } from "preact/hooks";
import { useClient } from "../../shared/actions/use-actions.tsx";
import type { PatientSearch } from "./patient-search.ts";

const settleMs = 120;
const fewestLetters = 2;
const mostShown = 6;

/** Finds patients of the whole clinic while somebody types. Of two searches, the later one counts. */
export function usePatientSearch(typed: string): PatientSearch {
  const client = useClient();
  const [found, setFound] = useState<Omit<PatientSearch, "isUnderWay">>({ typed: "", patients: [] });
  const query = typed.trim();
  const isNeeded = query.length >= fewestLetters;

  useEffect(() => {
    if (!isNeeded) return;
    const ending = new AbortController();
    const timer = setTimeout(() => {
      client.call("findPatients", { query: { query, limit: mostShown }, signal: ending.signal }).then(
        ({ patients }) => setFound({ typed: query, patients }),
        () => !ending.signal.aborted && setFound({ typed: query, patients: [] }),
      );
    }, settleMs);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [client, query, isNeeded]);

  const isCurrent = isNeeded && found.typed === query;
  return { typed: query, patients: isCurrent ? found.patients : [], isUnderWay: isNeeded && !isCurrent };
}
