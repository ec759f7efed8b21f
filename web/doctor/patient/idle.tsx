import type { JSX } from "preact";
import type { ClinicTime } from "../../shared/times/clinic-time.ts";
import { useSurgery } from "../surgery.tsx";
import type { DoctorWords } from "../words/doctor-words.ts";
import { comingAt, type Work } from "../work/work.ts";

/** Says what leads on where nobody is here and nobody can be called. */
export function Idle(): JSX.Element {
  const { work, words, time, now } = useSurgery();
  const [first, ...rest] = tellIdle(work, { words, time, now });
  return (
    <section class="idle">
      <h2>{first}</h2>
      {rest.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </section>
  );
}

function tellIdle(work: Work, { words, time, now }: { words: DoctorWords; time: ClinicTime; now: Date }): string[] {
  const { sections, next, waiting, booked, onHold, skipped } = work;
  const section = next?.section ?? sections[0];
  const lines: string[] = [];
  if (section?.state === "away") {
    const back = section.returns_at;
    lines.push(back === null ? words.say("youAreAway") : words.say("awayUntil", { time: time.clock(new Date(back)) }));
  }
  if (section?.state === "finished") lines.push(words.say("youHaveFinished"));
  if (section?.state === "absent") lines.push(words.say("youAreAbsent"));
  if (waiting.length > 0) lines.push(words.say("stillWaiting", { count: waiting.length }));
  else {
    const coming = comingAt(booked, now);
    const isEmpty = sections.every(({ appointments }) => appointments.length === 0);
    lines.push(
      coming.next === undefined
        ? words.say(isEmpty ? "noAppointments" : booked.length > 0 ? "nobody" : "nobodyMore")
        : words.say("nextBooked", { time: time.clock(new Date(coming.next)) }),
    );
    if (coming.late > 0) lines.push(words.say("late", { count: coming.late }));
  }
  if (onHold.length + skipped.length > 0) lines.push(words.say("othersToCall"));
  return lines;
}
