import { useWords } from "../../../shared/words/use-words.tsx";
import type { Words } from "../../../shared/words/words.ts";
import type { en as desk } from "../../words/en.ts";
import type { en } from "./calendar-en.ts";

export type CalendarWords = Words<typeof desk & typeof en>;

export const useCalendarWords = (): CalendarWords => useWords<typeof desk & typeof en>();
