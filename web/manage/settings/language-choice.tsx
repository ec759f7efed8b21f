import type { JSX } from "preact";
import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";
import { languageName } from "./language-name.ts";

/** The languages of the patients' screens. */
const offered = ["en", "de", "es", "fr", "ar", "hi", "pt"];

interface Props {
  label: string;
  /** The clinic's own first. */
  chosen: readonly string[];
  choose: (tags: string[]) => void;
}

/** Several languages, in the order in which they are pressed. */
export function LanguageChoice({ label, chosen, choose }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const tags = [...chosen, ...offered.filter((tag) => !chosen.includes(tag))];
  const toggle = (tag: string): void =>
    choose(chosen.includes(tag) ? chosen.filter((one) => one !== tag) : [...chosen, tag]);
  return (
    <fieldset class="chips">
      <legend>{label}</legend>
      {tags.map((tag) => {
        const place = chosen.indexOf(tag) + 1;
        return (
          <button key={tag} type="button" class="toggle" aria-pressed={place > 0} onClick={() => toggle(tag)}>
            {place > 0 && `${words.number(place)}. `}
            <bdi>{languageName(tag, words.language.tag)}</bdi>
          </button>
        );
      })}
    </fieldset>
  );
}
