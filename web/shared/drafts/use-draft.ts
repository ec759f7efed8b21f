import { useCallback, useState } from "preact/hooks";
import { useVisit } from "../access/entrance.tsx";

/**
 * State that is kept as the draft of a job until it is cleared.
 *
 * @param job what is being done, with whom: no other form has this name
 * @param initial what a new draft begins with
 * @returns the draft, a function that changes some of its fields, and one that forgets it once the job is done
 */
export function useDraft<T extends object>(
  job: string,
  initial: T,
): [draft: T, change: (fields: Partial<T>) => void, clear: () => void] {
  const { drafts } = useVisit();
  const [draft, setDraft] = useState<T>(() => ({ ...initial, ...(drafts.read(job) as Partial<T> | undefined) }));
  const change = useCallback(
    (fields: Partial<T>) =>
      setDraft((last) => {
        const next = { ...last, ...fields };
        drafts.keep(job, next);
        return next;
      }),
    [drafts, job],
  );
  const clear = useCallback(() => {
    drafts.keep(job, undefined);
    setDraft(initial);
  }, [drafts, job]);
  return [draft, change, clear];
}
