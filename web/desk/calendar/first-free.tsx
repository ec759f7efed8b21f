import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useClient } from "../../shared/actions/use-actions.tsx";
import { useDesk } from "../desk-context.ts";
import type { ChosenSlot, FreeSlot } from "./slots.ts";
import { writeTime } from "./write-time.ts";
import { useCalendarWords } from "./words/use-calendar-words.ts";

interface Props {
  specialty: string | undefined;
  /** The first date that is looked at. */
  from: string;
  /** Something that changes when what is free may have changed. */
  trace: unknown;
  choose: (slot: ChosenSlot) => void;
}

const mostShown = 3;
/** What changes quickly is asked for once it is calm. */
const calmMs = 400;

/** The earliest free times over all doctors, or over those of a specialty, each one press away. */
export function FirstFree({ specialty, from, trace, choose }: Props): JSX.Element {
  const words = useCalendarWords();
  const { time } = useVisit();
  const desk = useDesk();
  const client = useClient();
  const [free, setFree] = useState<readonly FreeSlot[]>();

  useEffect(() => {
    const ending = new AbortController();
    const query = { from, limit: mostShown, ...(specialty !== undefined && { specialty }) };
    const timer = setTimeout(() => {
      client.call("listEarliestSlots", { query, signal: ending.signal }).then(setFree, () => undefined);
    }, calmMs);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [client, specialty, from, trace]);

  const nameOf = (doctorId: string): string => desk.doctors().find(({ id }) => id === doctorId)?.name ?? "";
  return (
    <div class="first-free buttons" role="group" aria-label={words.say("firstFree")}>
      <span class="quiet">{words.say("firstFree")}:</span>
      {free?.length === 0 && <span>{words.say("nothingFree")}</span>}
      {free?.map(({ doctor_id: doctorId, date, starts_at: startsAt }) => (
        <button
          key={`${doctorId} ${startsAt}`}
          type="button"
          data-first-free={startsAt}
          onClick={() => choose({ doctorId, date, startsAt })}
        >
          {date === desk.date() ? time.clock(new Date(startsAt)) : writeTime({ date, startsAt }, words.locale, time)}{" "}
          <bdi>{nameOf(doctorId)}</bdi>
        </button>
      ))}
    </div>
  );
}
