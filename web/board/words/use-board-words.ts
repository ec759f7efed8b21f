import { useWords } from "../../shared/words/use-words.tsx";
import type { Words } from "../../shared/words/words.ts";
import type { en } from "./en.ts";

export type BoardWords = Words<typeof en>;

export const useBoardWords = (): BoardWords => useWords<typeof en>();
