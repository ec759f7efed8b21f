import type { ConnectionState } from "../../../client/queue-client.ts";

type Name = ConnectionState["name"];

/** Whether what the page shows may be out of date. */
export function isLost(name: Name): name is Exclude<Name, "live" | "connecting"> {
  return name !== "live" && name !== "connecting";
}
