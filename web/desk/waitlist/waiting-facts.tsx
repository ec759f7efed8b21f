import type { JSX } from "preact";
import type { Answer } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { writeShortDay } from "../../shared/times/day.ts";
import { useDesk } from "../desk-context.ts";
import { useWaitlistWords } from "./words/use-waitlist-words.ts";

export type Waiting = Answer<"listWaitlist">[number];

/** Who is on the waitlist: the number to telephone, what for, when they can come, and since when they wait. */
export function WaitingFacts({ waiting }: { waiting: Waiting }): JSX.Element {
  const words = useWaitlistWords();
  const desk = useDesk();
  const { time } = useVisit();
  const { patient, specialty, from, until, note, tries } = waiting;
  const doctor = desk.doctors().find(({ id }) => id === waiting.doctor_id);
  const day = (date: string): string => writeShortDay(date, words.locale);
  return (
    <span>
      <bdi>{patient.name}</bdi>{" "}
      {patient.phone ? (
        <a href={`tel:${patient.phone.replace(/[^+\d]/g, "")}`}>
          <bdi>{patient.phone}</bdi>
        </a>
      ) : (
        <b>{words.say("noPhone")}</b>
      )}
      <small>
        {" "}
        {[
          doctor?.name ?? specialty,
          `${day(from)} – ${day(until)}`,
          words.say("sinceDay", { day: time.dayAndClock(new Date(waiting.created_at), desk.now()) }),
          waiting.appointment_id !== null && words.say("givesUpOne"),
          tries > 0 && words.say("tries", { count: tries }),
          note,
        ]
          .filter(Boolean)
          .join(" · ")}
      </small>
    </span>
  );
}
