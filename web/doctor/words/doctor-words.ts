import type { Words } from "../../shared/words/words.ts";
import type { en } from "./en.ts";

export type DoctorWords = Words<typeof en>;
