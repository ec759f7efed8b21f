import type { StaffAppointment } from "../../../client/queue-client.ts";
import { entryStageOf, isOpen } from "../../shared/live/entry-stage.ts";
import { fold } from "../../shared/names/fold.ts";
import type { Found, StaffSection } from "../found.ts";
import { isPartOf } from "./is-part-of.ts";

/** What is searched of a row, folded once as long as the row does not change, and how well the last search fits it. */
interface Searched {
  words: string[];
  ticket: string;
  typed?: string;
  rate?: number;
}

const texts = new WeakMap<StaffAppointment, Searched>();

/**
 * The appointments of the date that somebody may mean, best first: by ticket, phone or name, forgiving accents, case,
 * apostrophes, order, how a phone number is written, and one typing error in a word.
 *
 * @param most how many are given at most
 */
export function findToday(sections: readonly StaffSection[], typed: string, most: number): Found[] {
  const wanted = fold(typed)
    .split(/[\s,]+/)
    .filter(Boolean);
  if (wanted.length === 0) return [];
  const rated: { found: Found; rate: number }[] = [];
  for (const section of sections) {
    for (const row of section.appointments) {
      const rate = rateOnce(row, wanted, typed);
      if (rate > 0) rated.push({ found: { section, row }, rate });
    }
  }
  return rated
    .sort((a, b) => b.rate - a.rate)
    .slice(0, most)
    .map(({ found }) => found);
}

/** The doctors whose name, code or specialty begins with the words. */
export function findDoctors<D extends { name: string; code: string; specialty: string | null }>(
  doctors: readonly D[],
  typed: string,
): D[] {
  const wanted = fold(typed).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  return doctors.filter(({ name, code, specialty }) => {
    const words = fold(`${name} ${code} ${specialty ?? ""}`).split(/\s+/);
    return wanted.every((word) => words.some((one) => one.startsWith(word)));
  });
}

/** While the same is typed, only the rows that changed are rated again. */
function rateOnce(row: StaffAppointment, wanted: readonly string[], typed: string): number {
  const searched = foldRow(row);
  if (searched.typed !== typed || searched.rate === undefined) {
    Object.assign(searched, { typed, rate: rateRow(row, wanted, typed) });
  }
  return searched.rate ?? 0;
}

function rateRow(row: StaffAppointment, wanted: readonly string[], typed: string): number {
  const { words, ticket } = foldRow(row);
  // Whoever stands at the desk is rather one who is still to check in, and never one who is gone.
  const stage = entryStageOf(row);
  const bonus = stage === "booked" ? 0.6 : isOpen(stage) ? 0.5 : 0;
  if (wanted.length === 1 && ticket === wanted[0]) return 10 + bonus;
  if (isPartOf(row.patient.phone, typed)) return 8 + bonus;
  const rates = wanted.map((word) =>
    Math.max(...words.map((one) => rateWord(one, word)), isPartOf(row.patient.phone, word) ? begins : 0),
  );
  const least = Math.min(...rates);
  const isFirst = words[0]?.startsWith(wanted[0] ?? "") ? 0.2 : 0;
  return least === 0 ? 0 : least + bonus + isFirst;
}

function foldRow(row: StaffAppointment): Searched {
  let text = texts.get(row);
  if (!text) {
    text = {
      words: fold(row.patient.name)
        .split(/[\s,-]+/)
        .filter(Boolean),
      ticket: fold(row.ticket),
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
  const begin = word.slice(0, wanted.length);
  return isOneErrorApart(begin, wanted) ? 1 : 0;
}

/** Whether one letter is wrong, missing, too much, or two neighbours changed places. */
export function isOneErrorApart(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return a === b;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  if (restA.slice(1) === restB.slice(1)) return true;
  if (restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
