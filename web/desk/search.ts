import type { Section } from "../../client/queue-client.ts";

export interface Result {
  section: Section;
  /** The ids of the appointments that were found. */
  found: ReadonlySet<string>;
}

/**
 * Finds the doctors and patients that match all the words. A doctor who matches comes with every appointment, other
 * doctors only with those of the patients who match.
 *
 * Case, accents and apostrophes make no difference, and neither does whether a phone number is written with its country
 * code or with the leading zero of its own country.
 */
export function search(sections: Section[], words: string): Result[] {
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  const isFound = (texts: (string | null)[], phone: string | null): boolean => {
    const text = fold(texts.join(" "));
    const hasAll = wanted.every((word) => text.includes(word) || isPartOf(phone, word));
    return hasAll || isPartOf(phone, words);
  };
  return sections
    .map((section) => {
      const { name, code, specialty } = section.doctor;
      const appointments = isFound([name, code, specialty], null)
        ? section.appointments
        : section.appointments.filter(({ patient, ticket }) => isFound([patient.name, ticket], patient.phone));
      return { section, found: new Set(appointments.map((one) => one.appointment_id)) };
    })
    .filter(({ found }) => found.size > 0);
}

/** Letters that Unicode does not take apart into a plain letter and an accent. */
const plainLetters: Readonly<Record<string, string>> = {
  æ: "ae",
  đ: "d",
  ð: "d",
  ħ: "h",
  ı: "i",
  ł: "l",
  œ: "oe",
  ø: "o",
  ß: "ss",
  þ: "th",
};

/** Reduces a text to what can be typed on a plain keyboard. */
function fold(text: string): string {
  return text
    .replace(/['’‘ʼʻ`´]/g, "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[æđðħıłœøßþ]/g, (letter) => plainLetters[letter] ?? letter);
}

/** Fewer digits than this would be in nearly every number. */
const fewestDigits = 3;
/** A number that has at least this many digits is whole, so a longer one may be the same with a country code. */
const wholeNumber = 7;

/** Whether what somebody typed is a phone number, or a part of one, that is in this number. */
function isPartOf(phone: string | null, typed: string): boolean {
  if (phone === null || !/^[\d\s+()./-]+$/.test(typed)) return false;
  const [number, sought] = [significantDigits(phone), significantDigits(typed)];
  if (sought.length < fewestDigits) return false;
  return number.includes(sought) || (number.length >= wholeNumber && sought.endsWith(number));
}

/** Leaves out the zeros in front, which stand for a country (`00`) or for none (`0`), also in `+49 (0)30`. */
function significantDigits(phone: string): string {
  return phone.replace("(0)", "").replace(/\D/g, "").replace(/^0+/, "");
}
