import { useCallback, useState } from "preact/hooks";
import { useVisit } from "../shared/access/entrance.tsx";
import type { Visitor } from "./desk-context.ts";

/** A half-done job that was left, to be gone on with. What was typed is in its draft. */
export interface Parked {
  job: string;
  title: string;
  visitor: Visitor;
}

/** Parks a job, or with undefined takes it from those that are parked. */
export type Park = (job: string, what: Omit<Parked, "job"> | undefined) => void;

const key = "parked";

/** The half-done jobs of whoever is here. */
export function useParked(): [parked: readonly Parked[], park: Park] {
  const { drafts } = useVisit();
  const [parked, setParked] = useState(() => (drafts.read(key) as Parked[] | undefined) ?? []);
  const park = useCallback<Park>(
    (job, what) =>
      setParked((last) => {
        const others = last.filter((one) => one.job !== job);
        const next = what ? [...others, { job, ...what }] : others;
        drafts.keep(key, next);
        if (!what) drafts.keep(job, undefined);
        return next;
      }),
    [drafts],
  );
  return [parked, park];
}
