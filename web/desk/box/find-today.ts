import type { StaffAppointment } from "../../../client/queue-client.ts";
import { entryStageOf, isOpen } from "../../shared/live/entry-stage.ts";
import { fold } from "../../shared/names/fold.ts";
import type { Found, StaffSection } from "../found.ts";
import { isPartOf, significantDigits, soughtDigits } from "./is-part-of.ts";

/** What is searched of a row, folded once as long as the row does not change. */
interface Searched {
  words: string[];
  ticket: string;
  /** The significant digits of the phone. */
  number: string;
}

const texts = new WeakMap<StaffAppointment, Searched>();

/** What was typed, taken apart once for all rows. */
interface Sought {
  typed: string;
  digits: string | undefined;
  words: { text: string; digits: string | undefined }[];
}

/**
 * The appointments of the date that somebody may mean, best first: by ticket, phone or name, forgiving accents, case,
 * apostrophes, order, how a phone number is written, and one typing error in a word.
 *
 * @param most how many are given at most
 */
export function findToday(sections: readonly StaffSection[], typed: string, most: number): Found[] {
  const words = fold(typed)
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((text) => ({ text, digits: soughtDigits(text) }));
  if (words.length === 0) return [];
  const sought = { typed, digits: soughtDigits(typed), words };
  const best: Rated[] = [];
  for (const section of sections) {
    for (const one of rateOnce(section, sought)) keepBest(best, one, most);
  }
  return best.map(({ found }) => found);
}

/** The doctors whose name, code or specialty begins with the words. */
export function findDoctors<D extends { name: string; code: string; specialty: string | null }>(
  doctors: readonly D[],
  typed: string,
): D[] {
  const wanted = fold(typed).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  return doctors.filter((doctor) => {
    const words = wordsOf(doctor);
    return wanted.every((word) => words.some((one) => one.startsWith(word)));
  });
}

const doctorsWords = new WeakMap<object, string[]>();

/** What is searched of a doctor, folded once as long as the doctor does not change. */
function wordsOf(doctor: { name: string; code: string; specialty: string | null }): string[] {
  let words = doctorsWords.get(doctor);
  if (!words) {
    const { name, code, specialty } = doctor;
    words = fold(`${name} ${code} ${specialty ?? ""}`).split(/\s+/);
    doctorsWords.set(doctor, words);
  }
  return words;
}

interface Rated {
  found: Found;
  rate: number;
}

/** Takes one more into the best, which are in order. Of two that fit as well, the first stays before the other. */
function keepBest(best: Rated[], one: Rated, most: number): void {
  let at = best.length;
  while (at > 0 && (best[at - 1]?.rate ?? 0) < one.rate) at--;
  if (at === most) return;
  best.splice(at, 0, one);
  if (best.length > most) best.pop();
}

const rated = new WeakMap<StaffSection, { typed: string; found: readonly Rated[] }>();

/** Who is meant of a section. While the same is typed, only sections that changed are searched again. */
function rateOnce(section: StaffSection, sought: Sought): readonly Rated[] {
  let last = rated.get(section);
  if (last?.typed !== sought.typed) {
    const found: Rated[] = [];
    for (const row of section.appointments) {
      const rate = rateRow(row, sought);
      if (rate > 0) found.push({ found: { section, row }, rate });
    }
    last = { typed: sought.typed, found };
    rated.set(section, last);
  }
  return last.found;
}

/** How well what was typed fits a row; 0 where somebody else is meant. */
function rateRow(row: StaffAppointment, sought: Sought): number {
  const fit = rateFit(foldRow(row), sought);
  if (fit === 0) return 0;
  // Whoever stands at the desk is rather one who is still to check in, and never one who is gone.
  const stage = entryStageOf(row);
  return fit + (stage === "booked" ? 0.6 : isOpen(stage) ? 0.5 : 0);
}

function rateFit({ words, ticket, number }: Searched, sought: Sought): number {
  const [first] = sought.words;
  if (sought.words.length === 1 && ticket === first?.text) return 10;
  if (sought.digits !== undefined && isPartOf(number, sought.digits)) return 8;
  let least = Infinity;
  for (const { text, digits } of sought.words) {
    let rate = digits !== undefined && isPartOf(number, digits) ? begins : 0;
    for (const word of words) rate = Math.max(rate, rateWord(word, text));
    if (rate === 0) return 0;
    least = Math.min(least, rate);
  }
  return least + (words[0]?.startsWith(first?.text ?? "") ? 0.2 : 0);
}

function foldRow(row: StaffAppointment): Searched {
  let text = texts.get(row);
  if (!text) {
    text = {
      words: fold(row.patient.name)
        .split(/[\s,-]+/)
        .filter(Boolean),
      ticket: fold(row.ticket),
      number: significantDigits(row.patient.phone),
    };
    texts.set(row, text);
  }
  return text;
}

const begins = 3;

/** 4: the word itself, 3: it begins so, 2: with one error, 1: it begins so with one error, 0: another word. */
function rateWord(word: string, wanted: string): number {
  if (word === wanted) return 4;
  if (word.startsWith(wanted)) return begins;
  // In fewer letters, an error leads to nearly any word.
  if (wanted.length < 4) return 0;
  if (isOneErrorApart(word, wanted)) return 2;
  return word.length > wanted.length && isOneErrorApart(word.slice(0, wanted.length), wanted) ? 1 : 0;
}

/** Whether one letter is wrong, missing, too much, or two neighbours changed places. No part is cut out for it: each key compares all words. */
export function isOneErrorApart(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return a === b;
  const shorter = Math.min(a.length, b.length);
  let begin = 0;
  while (begin < shorter && a[begin] === b[begin]) begin++;
  let end = 0;
  while (end < shorter - begin && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const restA = a.length - begin - end;
  const restB = b.length - begin - end;
  if (restA <= 1 && restB <= 1) return true;
  return restA === 2 && restB === 2 && a[begin] === b[begin + 1] && a[begin + 1] === b[begin];
}
