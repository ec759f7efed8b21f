import type { JSX } from "preact";
import { Icon } from "../shared/parts/icon.tsx";
import { useWords } from "../shared/words/use-words.tsx";
import { useDesk } from "./desk-context.ts";
import type { Parked } from "./use-parked.ts";
import type { en } from "./words/en.ts";

/** The half-done jobs that were left, each with a way back to it. */
export function ParkedJobs({
  parked,
  forget,
}: {
  parked: readonly Parked[];
  forget: (job: string) => void;
}): JSX.Element | null {
  const words = useWords<typeof en>();
  const desk = useDesk();
  if (parked.length === 0) return null;
  return (
    <span class="parked buttons">
      <span class="quiet">{words.say("parked")}:</span>
      {parked.map(({ job, title, visitor }) => (
        <span key={job} class="buttons" data-parked={job}>
          <button
            type="button"
            aria-label={`${words.say("goOn")}: ${title}`}
            onClick={() => desk.open({ name: "visit", visitor, job })}
          >
            <bdi>{title}</bdi>
          </button>
          <button
            type="button"
            class="plain-button"
            aria-label={`${words.say("discard")}: ${title}`}
            onClick={() => forget(job)}
          >
            <Icon name="close" />
          </button>
        </span>
      ))}
    </span>
  );
}
