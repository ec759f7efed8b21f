import { useState } from "preact/hooks";
import type { ClinicClient } from "../../../client/clinic-client.ts";
import { useActions } from "../../shared/actions/use-actions.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";
import { readSettings } from "./read-settings.ts";
import type { ClinicSettings, SettingName } from "./setting-list.ts";
import {
  bodyOf,
  changedNames,
  conflictsOf,
  othersChanged,
  type SettingsDraft,
  type Surprise,
} from "./settings-draft.ts";

/** Who changed a setting last, and when. */
export type Authors = Partial<Record<SettingName, { name: string; at: string }>>;

/** What others changed meanwhile: before anything of the draft was saved, or after all of it was. */
export interface News {
  surprises: readonly Surprise[];
  isSaved: boolean;
  authors: Authors;
}

interface Saving {
  saved: ClinicSettings;
  news: News | undefined;
  save: () => Promise<void>;
  /** Takes over what others decided where the draft wants something else. */
  rebase: () => void;
}

/**
 * Saves what a draft changes, and nothing else. Where somebody else has changed the same meanwhile, nothing is saved at first:
 * whoever is here is told what, and saves again or does not.
 */
export function useSaving(
  at: string,
  first: ClinicSettings,
  draft: SettingsDraft,
  keep: (fields: Partial<SettingsDraft>) => void,
  forget: () => void,
): Saving {
  const words = useWords<typeof en>();
  const actions = useActions();
  const [saved, setSaved] = useState(first);
  const [news, setNews] = useState<News>();

  async function save(): Promise<void> {
    setNews(undefined);
    const names = changedNames(draft, saved).map((name) => words.say(`set_${name}`));
    const done = () => ({ text: words.say("didChange", { name: names.join(", ") }), at: new Date().toISOString() });
    const answer = await actions.do({
      at,
      send: (client) => send(client, draft),
      done: ({ isSaved }) => (isSaved ? done() : undefined),
      find: async (client) => {
        const now = await readSettings(client);
        if (changedNames(draft, now).length > 0) return { at: undefined };
        setSaved(now);
        forget();
        return { at: done().at, done: done() };
      },
    });
    if (!answer) return;
    const { now, isSaved, surprises, authors } = answer;
    const others = isSaved ? othersChanged(draft, saved, now) : surprises;
    setSaved(now);
    if (others.length > 0) setNews({ surprises: others, isSaved, authors });
    if (isSaved) forget();
    // Whoever saves again has read what is the case now.
    else keep({ base: { ...draft.base, ...Object.fromEntries(surprises.map(({ name, to }) => [name, to])) } });
  }

  function rebase(): void {
    const taken = new Set(news?.surprises.map(({ name }) => name));
    const left = <T>(record: Partial<Record<SettingName, T>>) =>
      Object.fromEntries(Object.entries(record).filter(([name]) => !taken.has(name as SettingName)));
    keep({ typed: left(draft.typed), base: left(draft.base) });
    setNews(undefined);
  }

  return { saved, news, save, rebase };
}

async function send(client: ClinicClient, draft: SettingsDraft) {
  const before = await readSettings(client);
  const surprises = conflictsOf(draft, before);
  const isSaved = surprises.length === 0;
  const now = isSaved ? await client.call("changeClinic", { body: bodyOf(draft, before) }) : before;
  return { now, isSaved, surprises, authors: await readAuthors(client) };
}

/** The last to change each setting, as far back as a page of the trail goes. */
async function readAuthors(client: ClinicClient): Promise<Authors> {
  const query = { entity: "clinics", action: "update", limit: 50 };
  const { events } = await client.call("listAuditEvents", { query }).catch(() => ({ events: [] }));
  const authors: Authors = {};
  for (const { after, actor_name, at } of events) {
    for (const name of Object.keys(after ?? {})) authors[name as SettingName] ??= { name: actor_name ?? "?", at };
  }
  return authors;
}
