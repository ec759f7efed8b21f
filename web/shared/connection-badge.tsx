import type { JSX } from "preact";
import type { ConnectionState } from "../../client/queue-client.ts";
import type { ClinicTime } from "./clinic-time.ts";
import { isLost } from "./connection.ts";
import { Icon } from "./icon.tsx";

/** Says, also to a screen reader, whether what the page shows is the state of now. */
export function ConnectionBadge({ connection, time }: { connection: ConnectionState; time: ClinicTime }): JSX.Element {
  return (
    <p class="badge" role="status" aria-live="polite" aria-atomic="true" data-connection={connection.name}>
      <Icon name={isLost(connection.name) ? "offline" : connection.name} />
      {describe(connection, time)}
    </p>
  );
}

function describe({ name, since }: ConnectionState, time: ClinicTime): string {
  switch (name) {
    case "live":
      return "Live";
    case "connecting":
      return "Connecting…";
    case "stale":
      return `Not live since ${time.dayAndClock(since)}`;
    case "offline":
      return `Offline since ${time.dayAndClock(since)}`;
    case "unauthorized":
      return "No access";
  }
}
