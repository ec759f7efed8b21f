import { useWords } from "../../shared/words/use-words.tsx";
import type { DoctorWords } from "./doctor-words.ts";
import type { en } from "./en.ts";

export const useDoctorWords = (): DoctorWords => useWords<typeof en>();
