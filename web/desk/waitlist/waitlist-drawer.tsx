import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { useActions, useClient, useSending } from "../../shared/actions/use-actions.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { keepingFocus } from "../../shared/parts/remember-focus.ts";
import { useDesk } from "../desk-context.ts";
import { WaitingFacts, type Waiting } from "./waiting-facts.tsx";
import { useWaitlistWords } from "./words/use-waitlist-words.ts";

/** Who would come when a time becomes free. */
export function WaitlistDrawer({ openTasks }: { openTasks: number | undefined }): JSX.Element {
  const words = useWaitlistWords();
  const desk = useDesk();
  const client = useClient();
  const [list, setList] = useState<readonly Waiting[]>();
  const read = useCallback(() => client.call("listWaitlist", { query: {} }).then(setList, () => undefined), [client]);
  // Whoever takes a time leaves the list, and the task about it is done.
  useEffect(() => void read(), [read, openTasks]);
  return (
    <Dialog title={words.say("waitlist")} isDrawer onClose={() => desk.open(undefined)}>
      <div class="stack">
        <p class="quiet">{words.say("waitlistAbout")}</p>
        {list === undefined && <p aria-busy="true">{words.say("loading")}</p>}
        {list?.length === 0 && <p role="status">{words.say("nobodyWaitlisted")}</p>}
        <ul class="journal">
          {list?.map((waiting) => (
            <WaitingLine key={waiting.id} waiting={waiting} onChanged={read} />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function WaitingLine({ waiting, onChanged }: { waiting: Waiting; onChanged: () => Promise<void> }): JSX.Element {
  const words = useWaitlistWords();
  const desk = useDesk();
  const actions = useActions();
  const sending = useSending();
  const { id, patient } = waiting;
  const at = `waiting ${id}`;

  const takeOff = (): Promise<unknown> =>
    actions
      .do({
        at,
        send: (client) => client.call("withdrawWaiting", { params: { id } }),
        done: () => ({ text: words.say("didTakeOff", { name: patient.name }), at: desk.now().toISOString() }),
        find: async (client) => {
          const left = await client.call("listWaitlist", { query: { state: "withdrawn", patient_id: patient.id } });
          return { at: left.find((one) => one.id === id)?.updated_at };
        },
      })
      .then(onChanged);

  return (
    <li data-waiting={patient.id}>
      <WaitingFacts waiting={waiting} />
      <span class="buttons">
        <button
          type="button"
          aria-label={words.say("changeWaiting", { name: patient.name })}
          onClick={() => desk.open({ name: "wait", patient, waiting })}
        >
          {words.say("changeIt")}…
        </button>
        <button
          type="button"
          aria-label={words.say("takeOffName", { name: patient.name })}
          {...sending}
          onClick={() => void keepingFocus(takeOff)}
        >
          {words.say("takeOff")}
        </button>
      </span>
      <ActionNotice at={at} />
    </li>
  );
}
