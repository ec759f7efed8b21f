import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Answer } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useActions, useSending } from "../../shared/actions/use-actions.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { useCalendarWords } from "../calendar/words/use-calendar-words.ts";
import { TelephoneList } from "./telephone-list.tsx";

type Told = Answer<"handOverDay">["moved"][number];

const place = "handed over";

interface Props {
  answer: Answer<"handOverDay">;
  from: string;
  to: string;
}

/** Whom a colleague has now, with their time there, and who stays. Who is not here yet can be telephoned. */
export function HandedOver({ answer: { moved, remaining }, from, to }: Props): JSX.Element {
  const words = useCalendarWords();
  const { time } = useVisit();
  const actions = useActions();
  const sending = useSending();
  const [listed, setListed] = useState<readonly string[]>();
  const absent = moved.filter(({ appointment }) => appointment.status === "booked");
  const clock = (moment: string | null): string => (moment === null ? "–" : time.clock(new Date(moment)));

  function list(): void {
    void actions.do({
      at: place,
      send: async (client) => {
        for (const { appointment, patient } of absent) {
          const text = words.say("newTimeTask", { time: clock(appointment.starts_at), doctor: to });
          const body = { kind: "telephone" as const, text, appointment_id: appointment.id, patient_id: patient.id };
          await client.call("addTask", { body });
        }
      },
      onDone: () => setListed(absent.map(({ appointment }) => appointment.id)),
    });
  }

  if (listed) return <TelephoneList appointmentIds={listed} />;
  const lines = (all: readonly Told[]): JSX.Element => (
    <ul class="journal">
      {all.map(({ appointment, patient }) => (
        <li key={appointment.id} data-told={appointment.id}>
          <span>
            <b>{appointment.ticket}</b> <bdi>{patient.name}</bdi>{" "}
            <small>
              {words.say("newTime", { time: clock(appointment.starts_at) })} · <bdi>{patient.phone || "–"}</bdi>
            </small>
          </span>
        </li>
      ))}
    </ul>
  );
  return (
    <div class="stack">
      <section>
        <h3>{words.say("whoMoved", { doctor: to })}</h3>
        {lines(moved)}
      </section>
      {absent.length > 0 && (
        <div class="buttons">
          <button type="button" class="main-action" data-autofocus {...sending} onClick={list}>
            {words.say("toTelephoneList")}
          </button>
        </div>
      )}
      <ActionNotice at={place} />
      {remaining.length > 0 && (
        <section>
          <h3>{words.say("whoStays", { doctor: from })}</h3>
          {lines(remaining)}
        </section>
      )}
    </div>
  );
}
