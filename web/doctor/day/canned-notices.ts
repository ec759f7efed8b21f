/** What doctors say to the waiting room again and again, in the languages of the staff. */
const canned = [
  { en: "About 15 minutes late", de: "Etwa 15 Minuten später" },
  { en: "About 30 minutes late", de: "Etwa 30 Minuten später" },
  { en: "About an hour late", de: "Etwa eine Stunde später" },
  { en: "Emergency: please be patient", de: "Notfall: bitte etwas Geduld" },
  { en: "Back soon", de: "Gleich zurück" },
] as const;

/** A notice to choose: what the chip says, and what the waiting room reads. */
export interface CannedNotice {
  label: string;
  text: string;
}

/** The notices in the language of the page, each with its text in all of the clinic's languages that there are. */
export function cannedNotices(tag: "en" | "de", clinicLanguages: readonly string[]): readonly CannedNotice[] {
  const known = clinicLanguages.map((language) => language.split("-")[0]).filter(isKnown);
  const spoken = known.length > 0 ? [...new Set(known)] : [tag];
  return canned.map((notice) => ({ label: notice[tag], text: spoken.map((language) => notice[language]).join(" / ") }));
}

const isKnown = (language: string | undefined): language is "en" | "de" => language === "en" || language === "de";
