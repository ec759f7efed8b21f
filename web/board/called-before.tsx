import type { JSX } from "preact";
import type { ShownCall } from "./calls.ts";
import { Glyph } from "./glyph.tsx";
import { usePages } from "./use-pages.ts";
import { useBoardWords } from "./words/use-board-words.ts";

interface Props {
  calls: ShownCall[];
  /** How many pages were turned since the board began. */
  turn: number;
}

/** The last calls, two lines at a time, for whoever was not looking. Who is still expected has the bell. */
export function CalledBefore({ calls, turn }: Props): JSX.Element {
  const words = useBoardWords();
  const { list } = usePages<HTMLOListElement>(turn);
  return (
    <section class="before" aria-labelledby="before-title" hidden={calls.length === 0}>
      <h2 id="before-title">{words.say("calledBefore")}</h2>
      <ol ref={list}>
        {calls.map(({ ticket, name, place, isOpen }) => (
          <li key={ticket} data-ticket={ticket} data-open={isOpen}>
            {isOpen && <Glyph name="bell" />}
            <bdi>{name}</bdi>
            <Glyph name="arrow" label={words.say("to")} />
            <bdi>{place}</bdi>
          </li>
        ))}
      </ol>
    </section>
  );
}
