import { createContext, type ComponentChildren, type JSX } from "preact";
import { useContext, useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import { ClinicClient } from "../../../client/clinic-client.ts";
import { useVisit } from "../access/entrance.tsx";
import { basePath } from "../clinic/base-path.ts";
import type { LiveDay } from "../live/use-live-day.ts";
import { useWords } from "../words/use-words.tsx";
import { Actions, sayOffline, type ActionState } from "./actions.ts";
import { Journal } from "./journal.ts";

interface Hands {
  client: ClinicClient;
  actions: Actions;
  journal: Journal;
}

const context = createContext<Hands | undefined>(undefined);
/** Why nothing can be sent; undefined while something can. */
const unsent = createContext<string | undefined>(undefined);

const doctorsUndoMs = 10 * 60_000;
const staffsUndoMs = 24 * 60 * 60_000;

interface Props {
  /** The day that the page shows, where it shows one: actions go by what it says, and wait for its connection. */
  day?: LiveDay | undefined;
  children: ComponentChildren;
}

/** Gives everything in it one client and one place to take actions. */
export function Acting({ day, children }: Props): JSX.Element {
  const words = useWords();
  const visit = useVisit();
  const now = useRef({ words, visit, day });
  now.current = { words, visit, day };
  const { drafts, session } = visit;
  const holder = day?.holder;

  const hands = useMemo(() => {
    const client = new ClinicClient({ url: basePath, queue: holder });
    const serversNow = (): Date => new Date(Date.now() + (now.current.day?.aheadMs ?? 0));
    const journal = new Journal(drafts, session?.role === "doctor" ? doctorsUndoMs : staffsUndoMs, serversNow);
    const actions = new Actions({
      client,
      journal,
      words: () => now.current.words,
      time: () => now.current.visit.time,
      offlineSince: () => offlineSince(now.current.day),
      onSignedOut: () => void now.current.visit.control.check(),
    });
    return { client, actions, journal };
  }, [drafts, holder, session?.role]);
  useEffect(() => () => hands.actions.close(), [hands]);

  const since = offlineSince(day);
  return (
    <context.Provider value={hands}>
      <unsent.Provider value={since === undefined ? undefined : sayOffline(since, words, visit.time)}>
        {children}
      </unsent.Provider>
    </context.Provider>
  );
}

/** The page's client, for reads; what changes something goes through `actions`. */
export function useClient(): ClinicClient {
  return useHands().client;
}

export function useActions(): Actions {
  return useHands().actions;
}

/** The journal, again after each change. */
export function useJournal(): Journal {
  const { journal } = useHands();
  const [, render] = useReducer((count: number) => count + 1, 0);
  useEffect(() => journal.listen(() => render(undefined)), [journal]);
  return journal;
}

/** How the last action stands that was begun in a place. */
export function useActionState(at: string): ActionState | undefined {
  const { actions } = useHands();
  // What is told of an action that was not sent changes with the connection.
  useContext(unsent);
  const [, render] = useReducer((count: number) => count + 1, 0);
  const shown = useRef<ActionState | undefined>(undefined);
  shown.current = actions.state(at);
  useEffect(
    () =>
      actions.listen(() => {
        if (actions.state(at) !== shown.current) render(undefined);
      }),
    [actions, at],
  );
  return shown.current;
}

/**
 * How a button looks that sends something: disabled while something is under way already, or while there is no connection,
 * with that as its description. It still takes a press, to tell in its place what becomes of it.
 */
export function useSending(isBusy = false): { "aria-disabled": boolean; title: string | undefined } {
  const why = useContext(unsent);
  return { "aria-disabled": isBusy || why !== undefined, title: why };
}

function useHands(): Hands {
  const hands = useContext(context);
  if (!hands) throw new Error("Nothing can be done outside of <Acting>");
  return hands;
}

function offlineSince(day: LiveDay | undefined): Date | null | undefined {
  if (!day || day.connection.name === "live" || day.connection.name === "stale") return undefined;
  return day.connection.name === "connecting" ? null : day.connection.since;
}
