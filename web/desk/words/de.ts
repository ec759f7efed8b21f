import { de as shared } from "../../shared/words/de.ts";
import type { Translation } from "../../shared/words/words.ts";
import type { en } from "./en.ts";

export const de: Translation<typeof en> = {
  ...shared,
  queueOf: "Warteschlange vom {day}",
};
