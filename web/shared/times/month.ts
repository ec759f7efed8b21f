import { addDays, isDay } from "./day.ts";

/** The day so many months later, or the last of that month where it is shorter; the same day where the calendar ends. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const at = year * 12 + month - 1 + months;
  return dayOrLast(Math.floor(at / 12), (at % 12) + 1, date) ?? day;
}

/** How many days the month has that a day is in. */
export const daysInMonth = (day: string): number =>
  Number(dayOrLast(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 31)?.slice(8));

/** The Monday of the week that a day is in. */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** The month that a day is in, for example `May 1980`. */
export const writeMonth = (day: string, locale: string): string =>
  write(day, locale, { month: "long", year: "numeric" });

/** The day of the week, for example `Sun`. */
export const writeWeekday = (day: string, locale: string): string => write(day, locale, { weekday: "short" });

function dayOrLast(year: number, month: number, date: number): string | undefined {
  const two = (number: number): string => String(number).padStart(2, "0");
  return [date, 30, 29, 28].map((one) => `${String(year).padStart(4, "0")}-${two(month)}-${two(one)}`).find(isDay);
}

function write(day: string, locale: string, form: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...form, timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}
