/**
 * When a day begins by the clocks of a time zone, as RFC 3339 in UTC. Where the clocks are put forward at midnight, it is the
 * first moment after.
 *
 * @param day `YYYY-MM-DD`
 */
export function clinicMidnight(day: string, zone: string): string {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  // The second time with the offset of that day, where the first guess was on the other side of a change of the clocks.
  const guess = wanted - offsetMs(wanted, zone);
  return new Date(wanted - offsetMs(guess, zone)).toISOString();
}

/** How far the clocks are ahead of UTC at a moment. */
function offsetMs(moment: number, zone: string): number {
  const fields = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(new Date(moment));
  const of = (type: Intl.DateTimeFormatPartTypes): number => Number(fields.find((one) => one.type === type)?.value);
  const wall = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour") % 24, of("minute"), of("second"));
  return wall - moment;
}
