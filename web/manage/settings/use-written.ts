import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";
import { languageName } from "./language-name.ts";
import { allSettings, type SettingName } from "./setting-list.ts";
import type { Typed } from "./settings-draft.ts";

const choices = ["ticket", "initials", "first_name", "appointment", "arrival"] as const;

/** Writes the value of a setting as people read it. */
export function useWritten(): (name: SettingName, value: Typed) => string {
  const words = useWords<typeof en>();
  return (name, value) => {
    if (typeof value === "boolean") {
      const setting = allSettings.find((one) => one.name === name);
      return setting?.kind === "switch" ? words.say(value ? setting.on : setting.off) : String(value);
    }
    if (typeof value !== "string") return value.map((tag) => languageName(tag, words.language.tag)).join(", ");
    const choice = name === "queue_order" || name === "public_names" ? choices.find((one) => one === value) : undefined;
    return choice ? words.say(`choice_${choice}`) : value;
  };
}
