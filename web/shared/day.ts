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

/** A day as people say it, for example `Sunday, 22 November 2026`. */
export function writeDay(day: string, locale: string): string {
  const form = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale, form).format(new Date(`${day}T00:00:00Z`));
}

/** A day where there is little room, for example `Sun 22 Nov`. */
export function writeShortDay(day: string, locale: string): string {
  const form = { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale, form).format(new Date(`${day}T00:00:00Z`)).replace(/,/g, "");
}

/** A birth date as it is read out, for example `3 May 1980`. */
export function writeBirthDate(day: string, locale: string): string {
  const form = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale, form).format(new Date(`${day}T00:00:00Z`));
}
