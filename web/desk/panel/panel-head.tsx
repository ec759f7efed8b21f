import type { JSX } from "preact";
import { useVisit } from "../../shared/access/entrance.tsx";
import { writeBirthDate } from "../../shared/times/day.ts";
import { entryStageOf } from "../../shared/live/entry-stage.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDesk } from "../desk-context.ts";
import type { Found } from "../found.ts";
import type { en } from "../words/en.ts";
import { sayBooked, sayPunctual } from "./say-booked.ts";

interface Props {
  found: Found;
  isSameName: boolean;
}

/** Whom a panel is about, and what has to be known of them. */
export function PanelHead({ found: { section, row }, isSameName }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const desk = useDesk();
  const { patient, queue, note, reason } = row;
  const stage = entryStageOf(row);
  const clock = (moment: string): string => time.clock(new Date(moment));
  const facts = [
    section.doctor.name,
    sayBooked(row, words, time),
    queue && words.say("hereSince", { time: clock(queue.checked_in_at) }),
    sayPunctual(row, words),
    queue?.called_at && stage === "called" && words.say("calledAt", { time: clock(queue.called_at) }),
    queue && queue.call_count > 1 && words.say("calledTimes", { count: queue.call_count }),
    queue?.hold_reason,
  ].filter(Boolean);
  return (
    <header class="panel-head">
      <h2>
        <b>{row.ticket}</b> <bdi>{patient.name}</bdi>
      </h2>
      <button type="button" class="plain-button" aria-label={words.say("close")} onClick={() => desk.open(undefined)}>
        <Icon name="close" />
      </button>
      <p>
        <Icon name={stage} /> <b>{words.say(stage)}</b> · {facts.join(" · ")}
      </p>
      <p>
        {patient.birth_date
          ? words.say("born", { date: writeBirthDate(patient.birth_date, words.locale) })
          : words.say("birthDateUnknown")}
        {patient.phone && (
          <>
            {" · "}
            <bdi>{patient.phone}</bdi>
          </>
        )}
      </p>
      {isSameName && (
        <p class="told">
          <Icon name="same_name" /> {words.say("sameNameCheck")}
        </p>
      )}
      {sayNeeds(patient.needs, words) !== "" && (
        <p class="told">
          <Icon name="needs" /> {sayNeeds(patient.needs, words)}
        </p>
      )}
      {reason && <p class="told">{words.say("comesFor", { reason })}</p>}
      {note && <p class="told">{note}</p>}
    </header>
  );
}

/** What a patient needs of the clinic, in words. */
function sayNeeds(needs: Found["row"]["patient"]["needs"], words: ReturnType<typeof useWords<typeof en>>): string {
  return [
    needs.fetch && words.say("needFetch"),
    needs.interpreter && words.say("needInterpreter", { language: needs.language ?? "" }),
    needs.step_free && words.say("needStepFree"),
    needs.other,
  ]
    .filter(Boolean)
    .join(", ");
}
