import type { StaffAppointment } from "../../../client/queue-client.ts";
import type { ClinicTime } from "../../shared/clinic-time.ts";
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
