import type { JSX } from "preact";
import { Icon } from "./icon.tsx";
import { useWords } from "../words/use-words.tsx";

/**
 * Stays in sight while there is no connection, so that nobody calls a patient from a list that is out of date.
 *
 * @param since the time of day since when the page has heard nothing new
 * @param hasQueue whether the page still shows what it knew before
 */
export function OfflineNotice({ since, hasQueue }: { since: string; hasQueue: boolean }): JSX.Element {
  const words = useWords();
  return (
    <aside class="notice" aria-label={words.say("connection")}>
      <Icon name="offline" />
      <p>{words.say(hasQueue ? "lastKnown" : "serverGone", { time: since })}</p>
    </aside>
  );
}
