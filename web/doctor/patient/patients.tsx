import type { JSX } from "preact";
import type { After } from "../deeds/after.ts";
import type { Destination } from "../deeds/destinations.ts";
import { useSurgery } from "../surgery.tsx";
import { AfterVisit } from "./after-visit.tsx";
import { Emergency } from "./emergency.tsx";
import { tellStage } from "./facts.ts";
import { Idle } from "./idle.tsx";
import { PatientCard } from "./patient-card.tsx";

interface Props {
  after: After;
  change: (fields: Partial<After>) => void;
  destinations: readonly Destination[];
  /** Shows another of the patients who are called for the doctor. */
  show: (appointmentId: string) => void;
}

/** The patient who is here, large, and the next one before being called. */
export function Patients({ after, change, destinations, show }: Props): JSX.Element {
  const { work, words, time, now } = useSurgery();
  const { here, next, elsewhere, emergency } = work;
  const section = next?.section ?? work.sections[0];
  const isIdle = !here && (!next || section?.state !== "present");
  return (
    <div class="patients">
      {here && emergency && <Emergency urgent={emergency} here={here} />}
      {elsewhere.length > 0 && (
        <ul class="elsewhere" aria-label={words.say("alsoYours")}>
          {elsewhere.map((row) => (
            <li key={row.appointment.appointment_id}>
              <b>{row.appointment.ticket}</b> <bdi>{row.appointment.patient.name}</bdi>
              {" · "}
              {tellStage(row, { words, time, now })}
              {row.appointment.queue?.room && ` · ${words.say("inRoom", { room: row.appointment.queue.room.name })}`}
              <button type="button" onClick={() => show(row.appointment.appointment_id)}>
                {words.say("show")}
              </button>
            </li>
          ))}
        </ul>
      )}
      {isIdle && <Idle />}
      {here && <PatientCard row={here} title={words.say("patientHere")} isLarge />}
      {here?.stage === "in_consultation" && <AfterVisit after={after} change={change} destinations={destinations} />}
      {next && <PatientCard row={next} title={words.say("patientNext")} isLarge={!here && !isIdle} />}
    </div>
  );
}
