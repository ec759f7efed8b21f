import type { JSX } from "preact";
import type { ConnectionState } from "../../client/queue-client.ts";
import { writeDay } from "../shared/times/day.ts";
import { useWords } from "../shared/words/use-words.tsx";
import type { en } from "./words/en.ts";

/** Stands in for the queue until something is known of it. */
export function Unknown({ connection, date }: { connection: ConnectionState; date: string | undefined }): JSX.Element {
  const words = useWords<typeof en>();
  const day = date === undefined ? "…" : writeDay(date, words.locale);
  if (connection.name === "unauthorized") return <p class="message">{words.say("noAccessTo", { day })}</p>;
  if (connection.name === "offline") {
    return (
      <div class="message">
        <p>{words.say("cannotLoad", { day })}</p>
        <p class="quiet">{words.say("appearsByItself")}</p>
      </div>
    );
  }
  return (
    <p class="message loading" aria-busy="true">
      {words.say("loading")}
    </p>
  );
}
