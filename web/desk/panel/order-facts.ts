import type { StaffAppointment } from "../../../client/queue-client.ts";
import type { Answer } from "../../../client/rest-client.ts";
import type { ClinicTime } from "../../shared/times/clinic-time.ts";
import type { Words } from "../../shared/words/words.ts";
import type { en } from "../words/en.ts";

export type OrderedEntry = Answer<"getQueueOrder">[number];

/** Why somebody stands where they stand, in sentences that can be read aloud. */
export function explainOrder(
  entry: OrderedEntry,
  { source }: Pick<StaffAppointment, "source">,
  words: Words<typeof en>,
  time: ClinicTime,
): string {
  const { rank, facts } = entry;
  const clock = (moment: string): string => time.clock(new Date(moment));
  const here = clock(facts.checked_in_at);
  const sentences = [rank === 1 ? words.say("isNext") : words.say("isAt", { rank })];
  if (facts.priority > 0) sentences.push(words.say(facts.priority === 2 ? "becauseEmergency" : "becauseUrgent"));
  if (source === "walk_in") sentences.push(words.say("becauseWalkIn", { here }));
  else if (facts.starts_at === null) sentences.push(words.say("becauseBookedDay", { here }));
  else if (facts.policy === "arrival") sentences.push(words.say("becauseArrival", { here }));
  else if (facts.turn_at === facts.starts_at) {
    sentences.push(words.say("becauseBooked", { booked: clock(facts.starts_at), here }));
  } else sentences.push(words.say("becauseLate", { booked: clock(facts.starts_at), here }));
  for (const { ticket, why, with: doctor } of facts.passed_over.slice(0, 3)) {
    if (why === "elsewhere") sentences.push(words.say("passedElsewhere", { ticket, doctor: doctor ?? "?" }));
    if (why === "on_hold") sentences.push(words.say("passedHeld", { ticket }));
  }
  return sentences.join(" ");
}
