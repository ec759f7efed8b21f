/** Two digits of a year are of the last hundred years. */
const century = 100;

/**
 * Reads a date as people type it, the day before the month: `3.5.1980`, `3/5/80`, `03 05 1980`, `030580`, `1980-05-03`.
 *
 * @param today `YYYY-MM-DD`; two digits of a year are of its century
 * @returns `YYYY-MM-DD`, or undefined for what is no such date
 */
export function parseDay(typed: string, today: string): string | undefined {
  const { year = "", month, day } = read(typed);
  return dayOf(year.length === 2 ? centuryOf(today) + Number(year) : Number(year), month, day);
}

/** Reads a birth date likewise. What is after today is a hundred years ago where the year has two digits, and else no birth date. */
export function parseBirthDate(typed: string, today: string): string | undefined {
  const date = parseDay(typed, today);
  if (date === undefined || date <= today) return date;
  const { year = "", month, day } = read(typed);
  return year.length === 2 ? dayOf(centuryOf(today) + Number(year) - century, month, day) : undefined;
}

const centuryOf = (today: string): number => Math.floor(Number(today.slice(0, 4)) / century) * century;

function read(typed: string): { year?: string | undefined; month?: string | undefined; day?: string | undefined } {
  const text = typed.trim();
  const written = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (written) return { year: written[1], month: written[2], day: written[3] };
  const apart = /^(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4}|\d{2})$/.exec(text);
  const together = /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text);
  const found = apart ?? together;
  return { year: found?.[3], month: found?.[2], day: found?.[1] };
}

function dayOf(year: number, month = "", day = ""): string | undefined {
  const date = `${String(year).padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const isReal = !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date);
  return isReal ? date : undefined;
}
