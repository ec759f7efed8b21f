import type { JSX } from "preact";
import { isLost } from "../shared/live/connection.ts";
import type { LiveDay } from "../shared/live/use-live-day.ts";
import { useDoctorWords } from "./words/use-doctor-words.ts";

/** Stands in for the queue until something is known of it. */
export function Loading({ day }: { day: LiveDay }): JSX.Element {
  const words = useDoctorWords();
  const isGone = isLost(day.connection.name);
  return (
    <p class={isGone ? "message" : "message loading"} role="status" aria-busy={!isGone}>
      {words.say(isGone ? "noQueue" : "loading")}
    </p>
  );
}
