import type { JSX } from "preact";
import { Icon } from "../../shared/parts/icon.tsx";
import { useSurgery } from "../surgery.tsx";
import type { Row } from "../work/work.ts";
import { tellAnswer, tellBirth, tellNeeds, tellStage, tellWhy } from "./facts.ts";
import { useHistory } from "./use-history.ts";

interface Props {
  row: Row;
  /** What the patient is here: the one who is here, or the next one. */
  title: string;
  isLarge: boolean;
}

/** Who somebody is, since when and why they are here now, what the desk wrote, and what they need. */
export function PatientCard({ row, title, isLarge }: Props): JSX.Element {
  const { work, words, time, now, today, sameNames } = useSurgery();
  const { appointment, section, stage } = row;
  const { patient, ticket, note, reason, queue } = appointment;
  const history = useHistory(row);
  const telling = { words, time, now };
  const needs = tellNeeds(row, words);
  const other = sameNames.get(patient.id);
  const answer = stage === "called" ? tellAnswer(row, words) : undefined;
  const why = tellWhy(row, history, telling);
  return (
    <section class={isLarge ? "patient large" : "patient"} data-stage={stage} data-ticket={ticket} aria-label={title}>
      <p class="label">
        {title}
        {work.sections.length > 1 && (
          <>
            {" · "}
            <bdi>{section.doctor.name}</bdi>
          </>
        )}
      </p>
      <h2>
        <span class="ticket">{ticket}</span> <bdi>{patient.name}</bdi>
      </h2>
      <p class="who">
        {tellBirth(row, today, words)}
        {other !== undefined && (
          <span class="mark">
            <Icon name="same_name" />
            {words.say("sameName", { ticket: other })}
          </span>
        )}
      </p>
      <p class="since">
        <span class="stage">
          {queue && queue.priority > 0 && stage === "waiting" ? (
            <Icon name={queue.priority === 2 ? "emergency" : "urgent"} />
          ) : (
            <Icon name={stage} />
          )}
          {tellStage(row, telling)}
        </span>
        {answer !== undefined && <span class="mark">{answer}</span>}
      </p>
      {why.length > 0 && <p class="why">{why.join(" · ")}</p>}
      {reason !== null && (
        <p class="visit-reason">
          <b>{words.say("reason")}:</b> <bdi>{reason}</bdi>
        </p>
      )}
      {note !== null && (
        <p class="desk-note">
          <b>{words.say("note")}:</b> <bdi>{note}</bdi>
        </p>
      )}
      {needs.length > 0 && (
        <p class="patient-needs">
          <Icon name="needs" />
          <b>{words.say("needs")}:</b> <bdi>{needs.join(", ")}</bdi>
        </p>
      )}
    </section>
  );
}
