import { languages, type Language } from "./words.ts";

/** The first language of a list, most wanted first, in which there is a catalogue; else English. */
export function chooseLanguage(wanted: readonly string[]): Language {
  const [english] = languages;
  const tags = wanted.map((tag) => tag.toLowerCase().split("-")[0]);
  const found = tags.map((tag) => languages.find((one) => one.tag === tag)).find((one) => one !== undefined);
  return found ?? (english as Language);
}
