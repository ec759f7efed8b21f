import type { JSX } from "preact";
import { isHeardWithin, type ShownCall } from "./calls.ts";
import { FittedText } from "./fitted-text.tsx";
import { Glyph } from "./glyph.tsx";
import { useBoardWords } from "./words/use-board-words.ts";

/** A little longer than the highlight of the stylesheet, which is thus never cut short. */
const highlightMs = 5_000;

/** The calls that matter now, large: which ticket goes to which room. */
export function NowCalling({ calls, nowMs }: { calls: ShownCall[]; nowMs: number }): JSX.Element {
  const words = useBoardWords();
  return (
    <section class="now" aria-labelledby="now-title">
      <header>
        <h2 id="now-title">{words.say("nowCalling")}</h2>
        {calls.length > 0 && <span>{words.say("goTo")}</span>}
      </header>
      {calls.length === 0 && <p class="nobody">{words.say("nobodyCalled")}</p>}
      <ol aria-live="polite" aria-relevant="additions">
        {calls.map((call) => (
          // Another key for each announcement, because the highlight begins anew only with a new element.
          <li
            key={`${call.ticket} ${call.order}`}
            class="call"
            data-ticket={call.ticket}
            data-is-stacked={isLong(call.name) && isLong(call.place)}
            data-fresh={isHeardWithin(call, highlightMs, nowMs)}
          >
            <Glyph name="bell" />
            <FittedText class="ticket" text={call.name} />
            <Glyph name="arrow" label={words.say("to")} />
            <FittedText class="place" text={call.place} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Two long texts have no room beside each other. A ticket is never long. */
const isLong = (text: string): boolean => text.length > 9;
