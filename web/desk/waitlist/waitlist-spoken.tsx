import type { ComponentChildren, JSX } from "preact";
import { MoreWords } from "../../shared/words/use-words.tsx";
import type { Catalogue, Language } from "../../shared/words/words.ts";

const catalogues = {
  en: () => import("./words/waitlist-en.ts").then(({ en }) => en),
  de: () => import("./words/waitlist-de.ts").then(({ de }) => de),
};
const loadWords = (tag: Language["tag"]): Promise<Catalogue> => catalogues[tag]();

/** Gives what is in it the words of the waitlist beside those of the Desk. */
export const WaitlistSpoken = ({ children }: { children: ComponentChildren }): JSX.Element => (
  <MoreWords load={loadWords}>{children}</MoreWords>
);
