import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ClinicClient } from "../../../client/clinic-client.ts";
import { InvalidTransitionError } from "../../../client/errors.ts";
import type { Answer } from "../../../client/rest-client.ts";
import { useVisit } from "../access/entrance.tsx";
import type { Entry, Undo } from "../actions/journal.ts";
import { useActions, useJournal } from "../actions/use-actions.tsx";
import { useWords } from "../words/use-words.tsx";
import { ActionNotice } from "./action-notice.tsx";
import { Dialog } from "./dialog.tsx";
import { keepingFocus } from "./remember-focus.ts";

type Transition = Answer<"listTransitions">[number];

/** Where undoing is begun. */
const place = "undo";

/** What was done last, for as long as it can be taken back: by a press, or by Ctrl-Z outside of fields. */
export function LastLine({ children }: { children?: ComponentChildren }): JSX.Element {
  const words = useWords();
  const journal = useJournal();
  const undo = useUndo();
  const [isOpen, setOpen] = useState(false);
  const [newest] = journal.entries;
  const undoable = journal.newestUndoable();
  useUndoKey(() => undoable && undo(undoable));
  const actions = useActions();
  // Why something was not taken back has been read by whoever has gone on.
  useEffect(() => {
    if (actions.state(place)?.name === "refused") actions.dismiss(place);
  }, [actions, newest?.at, newest?.text]);

  return (
    <div class="last-line">
      <ActionNotice at={place} />
      <p>
        <span class="quiet">{words.say("last")}: </span>
        {newest ? <Line entry={newest} /> : <span class="quiet">{words.say("nothingYet")}</span>}
        {/* Not everything can be taken back: the button stands behind what it takes back. */}
        {undoable && undoable !== newest && (
          <>
            {" · "}
            <Line entry={undoable} />
          </>
        )}
      </p>
      {undoable && (
        <button type="button" aria-keyshortcuts="Control+Z" onClick={() => void keepingFocus(() => undo(undoable))}>
          {words.say("undo")}
        </button>
      )}
      {journal.entries.length > 1 && (
        <button type="button" onClick={() => setOpen(true)}>
          {words.say("all")}
        </button>
      )}
      {children}
      {isOpen && (
        <Dialog title={words.say("last")} isDrawer onClose={() => setOpen(false)}>
          <ActionNotice at={place} />
          <ol class="journal">
            {journal.entries.map((entry) => (
              <li key={`${entry.at} ${entry.text}`}>
                <Line entry={entry} />
                {journal.isUndoable(entry) && (
                  <button type="button" onClick={() => void keepingFocus(() => undo(entry))}>
                    {words.say("undo")}
                  </button>
                )}
              </li>
            ))}
          </ol>
        </Dialog>
      )}
    </div>
  );
}

function Line({ entry: { at, text, isUndone } }: { entry: Entry }): JSX.Element {
  const words = useWords();
  const { time } = useVisit();
  const what = words.say("atTime", { time: time.clock(new Date(at)), what: text });
  return <span>{isUndone ? words.say("undone", { what }) : what}</span>;
}

function useUndo(): (entry: Entry) => Promise<void> {
  const actions = useActions();
  const journal = useJournal();
  const words = useWords();
  const { time } = useVisit();

  /** An appointment that was moved is moved to where it was. */
  async function moveBack(id: string, transition: string, back: NonNullable<Undo["back"]>): Promise<void> {
    await actions.do({
      at: place,
      send: (client) => client.call("rescheduleAppointment", { params: { id }, body: back }),
      find: async (client) => {
        const { rescheduled_to, updated_at } = await client.call("getAppointment", { params: { id } });
        return { at: rescheduled_to === null ? undefined : updated_at };
      },
      onDone: () => journal.markUndone(transition),
    });
  }

  return async ({ undo, text }) => {
    if (!undo) return;
    const { appointmentId, transition, back } = undo;
    if (back) return moveBack(appointmentId, transition, back);
    let newer: Transition | undefined;
    await actions.do({
      at: place,
      send: async (client) => {
        try {
          await client.undo(appointmentId, transition);
        } catch (error) {
          newer = await findNewer(client, error);
          if (newer) journal.markFinal(transition);
          throw error;
        }
        journal.markUndone(transition);
      },
      explain: () =>
        newer &&
        words.say("undoFollowed", {
          what: text,
          time: time.clock(new Date(newer.at)),
          who: newer.actor.name ?? words.say("somebody"),
          stage: words.say(newer.to_stage ?? "booked"),
        }),
      find: async (client) => {
        const history = await client.call("listTransitions", { params: { id: appointmentId } });
        const step = history.find(({ undoes }) => undoes === transition);
        if (step) journal.markUndone(transition);
        return { at: step?.at, done: step && { text, at: step.at } };
      },
    });
  };
}

/** The step because of which another one cannot be taken back, where that is why. */
async function findNewer(client: ClinicClient, error: unknown): Promise<Transition | undefined> {
  if (!(error instanceof InvalidTransitionError) || error.newest === undefined) return undefined;
  const { transition, appointmentId } = error.newest;
  const history = await client.call("listTransitions", { params: { id: appointmentId } }).catch(() => []);
  return history.find(({ id }) => id === transition);
}

function useUndoKey(undo: () => unknown): void {
  const act = useRef(undo);
  act.current = undo;
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const isKey = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      if (!isKey || event.altKey || isField(event.target) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      act.current();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, []);
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches("input:not([type=radio],[type=checkbox]), textarea, select");
