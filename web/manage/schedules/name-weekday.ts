/** 1 January 2024 was a Monday. */
const monday = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;

/** A day of the week as it is called; 1 is Monday. */
export function nameWeekday(weekday: number, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  return format.format(new Date(monday + (weekday - 1) * dayMs));
}
