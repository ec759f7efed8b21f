import type { JSX } from "preact";
import { later } from "../../shared/parts/later.tsx";
import { MoreWords } from "../../shared/words/use-words.tsx";
import type { Language } from "../../shared/words/words.ts";

const catalogues = {
  en: () => import("./words/en.ts").then(({ en }) => en),
  de: () => import("./words/de.ts").then(({ de }) => de),
};

const Later = later(() => import("./schedules.tsx").then((part) => part.Schedules));

/** The part about when doctors work, whose script and words come when it is opened. */
export const Schedules = (): JSX.Element => (
  <MoreWords load={(tag: Language["tag"]) => catalogues[tag]()}>
    <Later />
  </MoreWords>
);
