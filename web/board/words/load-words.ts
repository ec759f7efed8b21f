import { pause } from "../../../client/retries.ts";
import type { LoadCatalogue } from "../../shared/words/use-words.tsx";

const catalogues = {
  en: () => import("./en.ts").then(({ en }) => en),
  de: () => import("./de.ts").then(({ de }) => de),
};
const retryMs = 5_000;

/** Loads the words of a language. Nobody sits before a television to reload it, so it tries until it has them. */
export const loadWords: LoadCatalogue = async (tag) => {
  for (;;) {
    try {
      return await catalogues[tag]();
    } catch {
      await pause(retryMs);
    }
  }
};
