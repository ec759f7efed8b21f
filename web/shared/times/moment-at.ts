/**
 * The moment at which the clocks of a time zone show a time on a date. Of a time that comes twice, as an hour does in autumn,
 * one of the two; for one that never comes, as in spring, the moment an hour from it.
 *
 * @param date `YYYY-MM-DD`
 * @param time `HH:MM`
 */
export function momentAt(date: string, time: string, zone: string): Date {
  const asUtcMs = Date.parse(`${date}T${time}:00Z`);
  const first = new Date(asUtcMs - offsetMs(new Date(asUtcMs), zone));
  // The offset may be another one there, on the day on which it changes.
  return new Date(asUtcMs - offsetMs(first, zone));
}

/** How far the clocks of a zone are ahead of UTC at a moment. */
function offsetMs(moment: Date, zone: string): number {
  const form = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const parts = Object.fromEntries(form.formatToParts(moment).map(({ type, value }) => [type, value]));
  const { year, month, day, hour, minute, second } = parts;
  const shownMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return shownMs - Math.floor(moment.getTime() / 1_000) * 1_000;
}
