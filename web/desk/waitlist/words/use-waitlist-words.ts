import { useWords } from "../../../shared/words/use-words.tsx";
import type { Words } from "../../../shared/words/words.ts";
import type { en as desk } from "../../words/en.ts";
import type { en } from "./waitlist-en.ts";

export type WaitlistWords = Words<typeof desk & typeof en>;

export const useWaitlistWords = (): WaitlistWords => useWords<typeof desk & typeof en>();
