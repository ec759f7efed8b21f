import { useWords } from "../../shared/words/use-words.tsx";
import type { Words } from "../../shared/words/words.ts";
import type { en } from "./en.ts";

export type DoctorWords = Words<typeof en>;

export const useDoctorWords = (): DoctorWords => useWords<typeof en>();
