import type { JSX } from "preact";
import { useBoardWords } from "./words/use-board-words.ts";

interface Props {
  /** The waiting area, or the clinic. */
  title: string;
  /** What the desk calls this screen. */
  screenName: string | undefined;
  /** The digits with which patients prove that they are here; undefined where nobody has to. */
  presenceCode: string | undefined;
  clock: string | undefined;
}

/** Where this is, what time it is, what patients check in with, and for the staff which of their screens this is. */
export function BoardHeader({ title, screenName, presenceCode, clock }: Props): JSX.Element {
  const words = useBoardWords();
  return (
    <header class="top" data-presence={presenceCode !== undefined}>
      <h1>
        <bdi>{title}</bdi>
      </h1>
      {screenName !== undefined && screenName !== title && <bdi class="screen-name">{screenName}</bdi>}
      {presenceCode !== undefined && (
        <p class="presence">
          {words.say("presenceCode")} <b dir="ltr">{presenceCode}</b>
        </p>
      )}
      <p class="clock">{clock !== undefined && <time>{clock}</time>}</p>
    </header>
  );
}
