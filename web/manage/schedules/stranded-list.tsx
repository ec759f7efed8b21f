import type { JSX } from "preact";
import type { Answer } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { basePath } from "../../shared/clinic/base-path.ts";
import { writeShortDay } from "../../shared/times/day.ts";
import type { Doctor } from "../clinic-lists.ts";
import { useScheduleWords } from "./words/use-schedule-words.ts";

interface Props {
  doctor: Doctor;
  stranded: Answer<"recordLeave">["stranded"];
}

/** Who is booked while the doctor is absent, to be telephoned. */
export function StrandedList({ doctor, stranded }: Props): JSX.Element {
  const words = useScheduleWords();
  const { time } = useVisit();
  const count = stranded.length;
  return (
    <div class="stack" data-stranded={count}>
      <p role="status">{count === 0 ? words.say("nobodyStranded") : words.say("stranded", { count })}</p>
      {count > 0 && (
        <>
          <ul class="rows">
            {stranded.map(({ appointment: { id, ticket, date, starts_at }, patient }) => (
              <li key={id} class="row">
                <div class="row-text">
                  <bdi class="row-name">{patient.name}</bdi>{" "}
                  {patient.phone ? (
                    <a href={`tel:${patient.phone.replace(/[^+\d]/g, "")}`}>
                      <bdi>{patient.phone}</bdi>
                    </a>
                  ) : (
                    words.say("noPhone")
                  )}
                  <p class="quiet">
                    {writeShortDay(date, words.locale)}
                    {starts_at !== null && ` ${time.clock(new Date(starts_at))}`} · {ticket}
                  </p>
                </div>
              </li>
            ))}
          </ul>
          <a class="button" href={`${basePath}/#conflicts/${doctor.id}`}>
            {words.say("solveAtDesk")}
          </a>
        </>
      )}
    </div>
  );
}
