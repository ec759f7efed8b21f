import { useWords } from "../../../shared/words/use-words.tsx";
import type { Words } from "../../../shared/words/words.ts";
import type { en as manage } from "../../words/en.ts";
import type { en } from "./en.ts";

export type ScheduleWords = Words<typeof manage & typeof en>;

export const useScheduleWords = (): ScheduleWords => useWords<typeof manage & typeof en>();
