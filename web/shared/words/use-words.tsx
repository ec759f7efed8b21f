import { createContext, type ComponentChildren, type JSX } from "preact";
import { useContext, useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { SharedCatalogue } from "./en.ts";
import { keepLanguage, preferredLanguage } from "./language.ts";
import { Words, type Catalogue, type Language } from "./words.ts";

/** Loads the texts of a page, those of all pages among them, in a language. */
export type LoadCatalogue = (tag: Language["tag"]) => Promise<Catalogue>;

interface Spoken {
  words: Words<Catalogue>;
  choose: (language: Language) => void;
}

const context = createContext<Spoken | undefined>(undefined);

interface Props {
  load: LoadCatalogue;
  /** Where it is not the reader who chooses it. */
  language?: Language | undefined;
  children: ComponentChildren;
}

/** Gives everything in it the words of the browser's language, or of the one that is chosen. Empty until they are loaded. */
export function Spoken({ load, language: given, children }: Props): JSX.Element | null {
  const [chosen, setLanguage] = useState(preferredLanguage);
  const language = given ?? chosen;
  const [words, setWords] = useState<Words<Catalogue>>();

  useLayoutEffect(() => {
    let isWanted = true;
    void load(language.tag).then((catalogue) => {
      if (!isWanted) return;
      document.documentElement.lang = language.tag;
      document.documentElement.dir = language.direction;
      setWords(new Words(language, catalogue));
    });
    return () => {
      isWanted = false;
    };
  }, [language]);

  const spoken = useMemo(
    () =>
      words && {
        words,
        choose: (next: Language) => {
          keepLanguage(next);
          setLanguage(next);
        },
      },
    [words],
  );
  return spoken ? <context.Provider value={spoken}>{children}</context.Provider> : null;
}

/** Gives a part of the page its own words beside those of the page. Empty until they are loaded, where they can be. */
export function MoreWords({ load, children }: Props): JSX.Element | null {
  const { words, choose } = useSpoken();
  const [more, setMore] = useState<{ tag: Language["tag"]; catalogue: Catalogue }>();
  const { tag } = words.language;
  useLayoutEffect(() => {
    let isWanted = true;
    void load(tag).then((catalogue) => isWanted && setMore({ tag, catalogue }));
    return () => {
      isWanted = false;
    };
  }, [tag]);
  // In the language before until the new one is there.
  const spoken = useMemo(() => more && { words: words.with(more.catalogue), choose }, [words, more]);
  return spoken ? <context.Provider value={spoken}>{children}</context.Provider> : null;
}

/** The words of the page; a page with texts of its own names their catalogue. */
export function useWords<C extends Catalogue = SharedCatalogue>(): Words<C> {
  return useSpoken().words as unknown as Words<C>;
}

/** Changes the language of the page. */
export function useLanguageChoice(): (language: Language) => void {
  return useSpoken().choose;
}

function useSpoken(): Spoken {
  const spoken = useContext(context);
  if (!spoken) throw new Error("There are no words outside of <Spoken>");
  return spoken;
}
