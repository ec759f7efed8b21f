import { AlreadyCalledError, PlaceOccupiedError } from "../../../client/errors.ts";
import type { WayOn } from "../../shared/actions/actions.ts";
import type { DoctorWords } from "../words/doctor-words.ts";
import type { Work } from "../work/work.ts";
import type { Deeds } from "./deeds.ts";

interface At {
  /** As it is when the way is gone. */
  work: Work;
  deeds: Deeds;
  words: DoctorWords;
  chooseRoom: () => void;
}

/** What can be done where a call was refused: with whoever is there instead, or with the next patient. */
export function waysOn(error: unknown, { work, deeds, words, chooseRoom }: At): readonly WayOn[] {
  if (error instanceof PlaceOccupiedError) {
    const there = [work.here, ...work.elsewhere].find((row) => row?.appointment.appointment_id === error.appointmentId);
    if (!there) return [{ label: words.say("otherRoom"), act: chooseRoom }];
    const { ticket } = there.appointment;
    const leave = (how: "finish" | "skip"): void => void deeds.leaveAndCall({ row: there, how }, work.next);
    return [
      { label: words.say("doneAndCall", { ticket }), act: () => leave("finish") },
      ...(there.stage === "called"
        ? [{ label: words.say("notComeAndCall", { ticket }), act: () => leave("skip") }]
        : []),
    ];
  }
  const { next, here } = work;
  if (error instanceof AlreadyCalledError && next && !here) {
    const act = (): void => void deeds.callNext(next.section, next);
    return [{ label: words.say("callNextNow", { ticket: next.appointment.ticket }), act }];
  }
  return [];
}
