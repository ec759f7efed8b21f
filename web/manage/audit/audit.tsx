import type { JSX } from "preact";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import { useLists } from "../lists.tsx";
import { PartHead } from "../parts/part-head.tsx";
import { ReadFailure } from "../parts/read-failure.tsx";
import type { en } from "../words/en.ts";
import { everything } from "./audit-filter.ts";
import { EventRow } from "./event-row.tsx";
import { FilterForm } from "./filter-form.tsx";
import { useEvents } from "./use-events.ts";

/** Who did what, and when. */
export function Audit(): JSX.Element {
  const words = useWords<typeof en>();
  const { value: lists } = useLists();
  const [sought, seek, clear] = useDraft("manage audit", everything);
  const { events, hasMore, isBusy, hasFailed, more, reload } = useEvents(sought);
  return (
    <section>
      <PartHead title={words.say("audit")} about={words.say("auditAbout")}>
        <button type="button" aria-disabled={isBusy} onClick={() => void reload()}>
          {words.say("readAgain")}
        </button>
      </PartHead>
      <FilterForm sought={sought} seek={seek} clear={clear} />
      {hasFailed && <ReadFailure again={reload} />}
      <p class="found quiet" role="status">
        {isBusy
          ? words.say("loading")
          : events && words.say(hasMore ? "eventsAndMore" : "events", { count: events.length })}
      </p>
      {events && lists && (
        <ol class="rows" data-busy={isBusy}>
          {events.map((event) => (
            <EventRow key={event.id} event={event} lists={lists} follow={(subject) => seek({ subject, kind: "" })} />
          ))}
        </ol>
      )}
      {events && hasMore && (
        <button type="button" aria-disabled={isBusy} onClick={() => void (isBusy || more())}>
          {words.say("more")}
        </button>
      )}
    </section>
  );
}
