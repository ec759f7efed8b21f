import type { JSX } from "preact";
import type { ConnectionState } from "../../../client/queue-client.ts";
import type { ClinicTime } from "../times/clinic-time.ts";
import { isLost } from "../live/connection.ts";
import { Icon } from "./icon.tsx";
import type { SharedCatalogue } from "../words/en.ts";
import { useWords } from "../words/use-words.tsx";
import type { Words } from "../words/words.ts";

/** Says, also to a screen reader, whether what the page shows is the state of now. */
export function ConnectionBadge({ connection, time }: { connection: ConnectionState; time: ClinicTime }): JSX.Element {
  const words = useWords();
  return (
    <p class="badge" role="status" aria-live="polite" aria-atomic="true" data-connection={connection.name}>
      <Icon name={isLost(connection.name) ? "offline" : connection.name} />
      {describe(connection, time, words)}
    </p>
  );
}

function describe({ name, since }: ConnectionState, time: ClinicTime, words: Words<SharedCatalogue>): string {
  switch (name) {
    case "live":
      return words.say("live");
    case "connecting":
      return words.say("connecting");
    case "stale":
      return words.say("notLiveSince", { time: time.dayAndClock(since) });
    case "offline":
      return words.say("offlineSince", { time: time.dayAndClock(since) });
    case "unauthorized":
      return words.say("noAccess");
  }
}
