import type { Answer } from "../../../client/rest-client.ts";
import type { DoctorWords } from "../words/doctor-words.ts";

export function tellCall(ticket: string, room: string | undefined, words: DoctorWords): string {
  return room === undefined ? words.say("youCalled", { ticket }) : words.say("youCalledTo", { ticket, room });
}

/**
 * What a call came to where it was another patient than the button named: somebody more urgent came in that moment, or the
 * one named is with a colleague whose patients this page does not see. Undefined where it came as expected.
 */
export function tellOther(
  { appointment, transition }: Answer<"callNext">,
  expected: { appointment_id: string; ticket: string } | undefined,
  isLeaving: boolean,
  words: DoctorWords,
): string | undefined {
  if (!appointment) return expected || !isLeaving ? words.say("nobodyLeft") : undefined;
  if (!expected || appointment.id === expected.appointment_id) return undefined;
  const named = { called: appointment.ticket, expected: expected.ticket };
  const passed = transition?.facts?.passed_over.find(({ ticket }) => ticket === expected.ticket);
  if (passed?.with !== undefined) return words.say("otherCalledElsewhere", { ...named, who: passed.with });
  const isEmergency = transition?.facts?.priority === 2;
  return words.say(isEmergency ? "otherCalledEmergency" : "otherCalled", named);
}
