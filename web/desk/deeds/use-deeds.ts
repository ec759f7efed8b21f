import { useMemo, useRef } from "preact/hooks";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useActions, useClient } from "../../shared/actions/use-actions.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDesk } from "../desk-context.ts";
import type { en } from "../words/en.ts";
import { Deeds } from "./deeds.ts";

/** What the Desk can do to the queue. */
export function useDeeds(): Deeds {
  const actions = useActions();
  const client = useClient();
  const words = useWords<typeof en>();
  const { session } = useVisit();
  const desk = useDesk();
  const actor = session?.name ?? null;
  const spoken = useRef(words);
  spoken.current = words;
  return useMemo(() => {
    const needs = {
      actions,
      client,
      desk,
      actor,
      get words() {
        return spoken.current;
      },
    };
    return new Deeds(needs);
  }, [actions, client, desk, actor]);
}
