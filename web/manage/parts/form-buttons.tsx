import type { JSX } from "preact";
import { useWords } from "../../shared/words/use-words.tsx";

/** The end of a form: what sends it, and what leaves it, with what was typed. */
export function FormButtons({ send, cancel }: { send: string; cancel: () => void }): JSX.Element {
  const words = useWords();
  return (
    <div class="buttons">
      <button type="submit" class="main-action">
        {send}
      </button>
      <button type="button" onClick={cancel}>
        {words.say("cancel")}
      </button>
    </div>
  );
}
