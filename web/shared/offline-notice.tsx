import type { JSX } from "preact";
import { Icon } from "./icon.tsx";

/**
 * Stays in sight while there is no connection, so that nobody calls a patient from a list that is out of date.
 *
 * @param since the time of day since when the page has heard nothing new
 * @param hasQueue whether the page still shows what it knew before
 */
export function OfflineNotice({ since, hasQueue }: { since: string; hasQueue: boolean }): JSX.Element {
  return (
    <aside class="notice" aria-label="Connection">
      <Icon name="offline" />
      <p>
        <strong>Not live since {since}.</strong>{" "}
        {hasQueue ? "This is the last known state; it may have changed." : "The server cannot be reached."} Reconnecting
        automatically.
      </p>
    </aside>
  );
}
