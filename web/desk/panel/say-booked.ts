import type { StaffAppointment } from "../../../client/queue-client.ts";
import type { ClinicTime } from "../../shared/times/clinic-time.ts";
import type { Words } from "../../shared/words/words.ts";
import type { en } from "../words/en.ts";

/** For when somebody is booked. Who is booked for the day, without a time, has an appointment all the same. */
export function sayBooked(
  { source, starts_at }: Pick<StaffAppointment, "source" | "starts_at">,
  words: Words<typeof en>,
  time: ClinicTime,
): string {
  if (source === "walk_in") return words.say("withoutAppointment");
  return starts_at === null
    ? words.say("bookedDay")
    : words.say("bookedFor", { time: time.clock(new Date(starts_at)) });
}

/** How much too early or too late somebody came; undefined where it is next to nothing, and before they are here. */
export function sayPunctual(
  { source, starts_at, queue }: Pick<StaffAppointment, "source" | "starts_at" | "queue">,
  words: Words<typeof en>,
): string | undefined {
  if (source === "walk_in" || starts_at === null || !queue) return undefined;
  const count = Math.round((Date.parse(queue.checked_in_at) - Date.parse(starts_at)) / 60_000);
  if (Math.abs(count) < 5) return undefined;
  return count > 0 ? words.say("cameLate", { count }) : words.say("cameEarly", { count: -count });
}
