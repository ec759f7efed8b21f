/** Whether the text is a real calendar day, `YYYY-MM-DD`, that the server takes too. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < "0001-01-01") return false;
  const midnight = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}

/** The day so many days later, or the same day where the calendar ends. */
export function addDays(day: string, days: number): string {
  const midnight = new Date(`${day}T00:00:00Z`);
  midnight.setUTCDate(midnight.getUTCDate() + days);
  const moved = midnight.toISOString().slice(0, 10);
  return isDay(moved) ? moved : day;
}

type Form = Pick<Intl.DateTimeFormatOptions, "weekday" | "day" | "month" | "year">;

const long: Form = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
const short: Form = { weekday: "short", day: "numeric", month: "short" };
const birth: Form = { day: "numeric", month: "long", year: "numeric" };

/** A day as people say it, for example `Sunday, 22 November 2026`. */
export const writeDay = (day: string, locale: string): string => write(day, locale, long);

/** A day where there is little room, for example `Sun 22 Nov`. */
export const writeShortDay = (day: string, locale: string): string => write(day, locale, short).replace(/,/g, "");

/** A birth date as it is read out, for example `3 May 1980`. */
export const writeBirthDate = (day: string, locale: string): string => write(day, locale, birth);

/** Making one takes longer than all else that draws a row. */
const formats = new Map<string, Map<Form, Intl.DateTimeFormat>>();

function write(day: string, locale: string, form: Form): string {
  const ofLocale = formats.get(locale) ?? new Map<Form, Intl.DateTimeFormat>();
  formats.set(locale, ofLocale);
  const format = ofLocale.get(form) ?? new Intl.DateTimeFormat(locale, { ...form, timeZone: "UTC" });
  ofLocale.set(form, format);
  return format.format(new Date(`${day}T00:00:00Z`));
}
