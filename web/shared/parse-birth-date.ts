/** Two digits of a year are of the last hundred years. */
const century = 100;

/**
 * Reads a date as people type it, the day before the month: `3.5.1980`, `3/5/80`, `03 05 1980`, `030580`, `1980-05-03`.
 *
 * @param today `YYYY-MM-DD`; what is after it is a hundred years ago where the year has two digits, and else no birth date
 * @returns `YYYY-MM-DD`, or undefined for what is no such date
 */
export function parseBirthDate(typed: string, today: string): string | undefined {
  const text = typed.trim();
  const written = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (written) return dayOf(written[1], written[2], written[3], today);
  const apart = /^(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4}|\d{2})$/.exec(text);
  const together = /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text);
  const found = apart ?? together;
  return found ? dayOf(found[3], found[2], found[1], today) : undefined;
}

function dayOf(year = "", month = "", day = "", today: string): string | undefined {
  let full = Number(year);
  if (year.length === 2) {
    full += Math.floor(Number(today.slice(0, 4)) / century) * century;
    if (write(full, month, day) > today) full -= century;
  }
  const date = write(full, month, day);
  const isReal = !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date);
  return isReal && date <= today ? date : undefined;
}

const write = (year: number, month: string, day: string): string =>
  `${String(year).padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
