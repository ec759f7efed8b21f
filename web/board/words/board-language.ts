import type { Clinic } from "../../../contract/clinic.ts";
import { chooseLanguage } from "../../shared/words/choose-language.ts";
import type { Language } from "../../shared/words/words.ts";

/** What a board knows of its clinic. */
interface Known {
  clinic?: Pick<Clinic, "languages">;
  unreachableSince?: Date;
  isClosed?: boolean;
}

/**
 * The language that a board speaks: the one that its address names (`?lang=de`), or else the first of the clinic's, or else of
 * the browser's, in which there is a catalogue. Undefined while it is not known yet what the clinic speaks.
 */
export function boardLanguage(
  { clinic, unreachableSince, isClosed }: Known,
  search: string,
  ofBrowser: readonly string[],
): Language | undefined {
  if (!clinic && !unreachableSince && !isClosed) return undefined;
  const named = new URLSearchParams(search).getAll("lang");
  return chooseLanguage([...named, ...(clinic?.languages ?? []), ...ofBrowser]);
}
