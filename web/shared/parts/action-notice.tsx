import type { JSX } from "preact";
import { useActions, useActionState } from "../actions/use-actions.tsx";
import { Icon } from "./icon.tsx";
import { useWords } from "../words/use-words.tsx";

/** What came of the last action that was begun in a place, with the way on. Empty while there is nothing to tell. */
export function ActionNotice({ at }: { at: string }): JSX.Element {
  const words = useWords();
  const actions = useActions();
  const state = useActionState(at);
  const isAlarm = state?.name === "refused";
  return (
    <div class="action-notice" role={isAlarm ? "alert" : "status"} data-action={state?.name}>
      {state && state.name !== "pending" && (
        <>
          <p>
            <Icon name={isAlarm ? "offline" : "waiting"} />
            {state.text}
          </p>
          {state.name === "refused" &&
            state.ways.map(({ label, act }) => (
              <button key={label} type="button" onClick={act}>
                {label}
              </button>
            ))}
          {state.name !== "checking" && (
            <button
              type="button"
              class="plain-button"
              aria-label={words.say("close")}
              onClick={() => actions.dismiss(at)}
            >
              <Icon name="close" />
            </button>
          )}
        </>
      )}
    </div>
  );
}
