import { useMemo } from "preact/hooks";
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
  const { time, session } = useVisit();
  const desk = useDesk();
  const actor = session?.name ?? null;
  return useMemo(
    () => new Deeds({ actions, client, words, time, desk, actor }),
    [actions, client, words, time, desk, actor],
  );
}
