import type { JSX } from "preact";
import type { Notice } from "./doctor-rows.ts";
import { FittedText } from "./fitted-text.tsx";
import { Glyph } from "./glyph.tsx";

/** What the doctors let the waiting room know, one after another. */
export function NoticeLine({ notices, turn }: { notices: Notice[]; turn: number }): JSX.Element | null {
  const notice = notices[turn % Math.max(1, notices.length)];
  if (!notice) return null;
  return (
    <p class="notice">
      <Glyph name="notice" />
      <FittedText class="text" text={`${notice.doctor}: ${notice.text}`} />
    </p>
  );
}
