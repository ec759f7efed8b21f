import { chooseLanguage } from "./choose-language.ts";
import type { Language } from "./words.ts";

const key = "clinic-queue-language";

/** The language that somebody chose in this browser, or else the first of the browser's that there is, or else English. */
export function preferredLanguage(): Language {
  const kept = read();
  return chooseLanguage(kept === undefined ? navigator.languages : [kept, ...navigator.languages]);
}

/** Keeps the choice for this browser. */
export function keepLanguage({ tag }: Language): void {
  try {
    localStorage.setItem(key, tag);
  } catch {
    // Without storage, the choice lasts as long as the page.
  }
}

function read(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}
