import type { JSX } from "preact";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useDesk, type FreeTime } from "../desk-context.ts";
import { WaitlistSpoken } from "./waitlist-spoken.tsx";
import { useWaitlistWords } from "./words/use-waitlist-words.ts";

/** What the task about a time that became free says, in the language of the page. */
export const FreeTimeText = (props: { slot: FreeTime }): JSX.Element => (
  <WaitlistSpoken>
    <Text {...props} />
  </WaitlistSpoken>
);

/** Leads from the task to those who wait for the time. */
export const WhomToCall = (props: { slot: FreeTime }): JSX.Element => (
  <WaitlistSpoken>
    <Way {...props} />
  </WaitlistSpoken>
);

function Text({ slot: { doctorId, startsAt } }: { slot: FreeTime }): JSX.Element {
  const words = useWaitlistWords();
  const { time } = useVisit();
  const desk = useDesk();
  const doctor = desk.doctors().find(({ id }) => id === doctorId)?.name ?? "";
  return <>{words.say("timeIsFree", { doctor, time: time.dayAndClock(new Date(startsAt), desk.now()) })}</>;
}

function Way({ slot }: { slot: FreeTime }): JSX.Element {
  const words = useWaitlistWords();
  const desk = useDesk();
  return (
    <button type="button" class="main-action" onClick={() => desk.open({ name: "offer", slot })}>
      {words.say("whomToCall")}…
    </button>
  );
}
