import type { ClinicTime } from "../../shared/times/clinic-time.ts";
import { writeShortDay } from "../../shared/times/day.ts";

/** A date with its time, or the date alone. */
export function writeTime(
  { date, startsAt }: { date: string; startsAt: string | null },
  locale: string,
  time: ClinicTime,
): string {
  const day = writeShortDay(date, locale);
  return startsAt === null ? day : `${day} ${time.clock(new Date(startsAt))}`;
}
