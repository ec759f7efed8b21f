import type { JSX } from "preact";
import { Icon } from "../../shared/parts/icon.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { Words } from "../../shared/words/words.ts";
import type { en } from "../words/en.ts";
import type { ListLine, Verdict } from "./read-list.ts";

const icons: Record<Verdict["name"], "done" | "absent" | "offline"> = {
  new: "done",
  known: "absent",
  twice: "absent",
  wrong: "offline",
};

/** What each line of a pasted list would do. */
export function PastePreview({ lines }: { lines: readonly ListLine[] }): JSX.Element {
  const words = useWords<typeof en>();
  return (
    // The keyboard scrolls a long one.
    <ol class="preview" aria-label={words.say("preview")} tabIndex={0}>
      {lines.map((line) => (
        <li key={line.line} data-verdict={line.verdict.name}>
          <Icon name={icons[line.verdict.name]} />
          <div>
            <p>
              <span class="quiet">{words.say("lineNumber", { number: line.line })} </span>
              <bdi class="row-name">{line.name}</bdi>
              {line.specialty !== "" && (
                <>
                  {" · "}
                  <bdi>{line.specialty}</bdi>
                </>
              )}
              {line.room !== "" && (
                <>
                  {" · "}
                  <bdi>{words.say("inRoom", { room: line.room })}</bdi>
                </>
              )}
            </p>
            <p class="quiet">{explain(line, words)}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

function explain({ verdict, code, room }: ListLine, words: Words<typeof en>): string {
  switch (verdict.name) {
    case "new":
      return words.say("willBeAdded", { code });
    case "known":
      return words.say("isHere", { code: verdict.doctor.code });
    case "twice":
      return words.say("isTwice", { line: verdict.line });
    case "wrong":
      if (verdict.why === "noSuchRoom") return words.say("noSuchRoom", { room });
      if (verdict.why === "codeTaken") return words.say("codeTaken", { code });
      return words.say(verdict.why);
  }
}
