import type { JSX } from "preact";
import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";

/** Says that a part of the page cannot be read at the moment, and tries again. */
export function ReadFailure({ again }: { again: () => Promise<void> }): JSX.Element {
  const words = useWords<typeof en>();
  return (
    <div class="action-notice" role="alert" data-action="refused">
      <p>{words.say("cannotRead")}</p>
      <button type="button" onClick={() => void again()}>
        {words.say("again")}
      </button>
    </div>
  );
}
