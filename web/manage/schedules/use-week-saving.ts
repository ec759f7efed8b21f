import { useState } from "preact/hooks";
import type { ClinicClient } from "../../../client/clinic-client.ts";
import { useActions } from "../../shared/actions/use-actions.tsx";
import type { Doctor } from "../clinic-lists.ts";
import { blocksOf, bodyOf, isSameWeek, type Block } from "./blocks.ts";
import { useScheduleWords } from "./words/use-schedule-words.ts";

interface Saving {
  /** Whether the week was not saved because somebody else had changed it. */
  isSurprised: boolean;
  /** @param base the week that must still count; undefined where it may be any */
  save: (week: readonly Block[], base: readonly Block[] | undefined) => Promise<void>;
  /** Gives up what was typed. */
  discard: () => void;
}

/** Saves a doctor's week. Where somebody else has changed it meanwhile, nothing is saved at first. */
export function useWeekSaving(
  at: string,
  { id, name }: Doctor,
  reload: () => Promise<void>,
  forget: () => void,
): Saving {
  const words = useScheduleWords();
  const actions = useActions();
  const [isSurprised, setSurprised] = useState(false);

  async function save(week: readonly Block[], base: readonly Block[] | undefined): Promise<void> {
    const read = async (client: ClinicClient): Promise<Block[]> =>
      blocksOf(await client.call("getSchedule", { params: { id } }));
    const done = () => ({ text: words.say("didSetHours", { name }), at: new Date().toISOString() });
    const answer = await actions.do({
      at,
      send: async (client) => {
        if (base && !isSameWeek(await read(client), base)) return { isSaved: false };
        await client.call("setSchedule", { params: { id }, body: bodyOf(week) });
        return { isSaved: true };
      },
      done: ({ isSaved }) => (isSaved ? done() : undefined),
      find: async (client) =>
        isSameWeek(withoutBeginnings(await read(client)), withoutBeginnings(week))
          ? { at: done().at, done: done() }
          : { at: undefined },
    });
    if (answer?.isSaved) forget();
    if (answer) setSurprised(!answer.isSaved);
    await reload();
  }

  function discard(): void {
    forget();
    setSurprised(false);
    actions.dismiss(at);
  }

  return { isSurprised, save, discard };
}

/** A session that was to begin today has today's date once it is saved. */
const withoutBeginnings = (week: readonly Block[]): Block[] => week.map((block) => ({ ...block, valid_from: "" }));
