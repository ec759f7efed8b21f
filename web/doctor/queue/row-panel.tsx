import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useSending } from "../../shared/actions/use-actions.tsx";
import { Chips } from "../../shared/parts/chips.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { partDestinations, type Destination } from "../deeds/destinations.ts";
import { tellBirth, tellNeeds, tellWhy } from "../patient/facts.ts";
import { useHistory } from "../patient/use-history.ts";
import { useSurgery } from "../surgery.tsx";
import type { Row } from "../work/work.ts";

interface Props {
  row: Row;
  close: () => void;
  sendOn: (row: Row) => void;
}

type Press = "hold" | "resume" | "requeue" | "noShow" | "leave";
const told = {
  hold: ["hold", "youHeld"],
  resume: ["resume", "youResumed"],
  requeue: ["requeue", "youPutBack"],
  noShow: ["no_show", "youMarkedNoShow"],
  leave: ["leave", "youMarkedLeft"],
} as const;

/** What there is to know of somebody in the list, and what can be done. */
export function RowPanel({ row, close, sendOn }: Props): JSX.Element {
  const { work, deeds, words, time, destinations, now, today } = useSurgery();
  const sending = useSending();
  const { appointment, stage } = row;
  const { ticket, note, mode, queue } = appointment;
  const history = useHistory(row);
  const needs = tellNeeds(row, words);
  const facts = [tellBirth(row, today, words), ...tellWhy(row, history, { words, time, now })];
  const isFirst = appointment.appointment_id === work.next?.appointment.appointment_id;
  const [reason, setReason] = useState("");
  const act = (press: Press): void => {
    const [action, text] = told[press];
    void deeds.act(row, action, words.say(text, { ticket })).then((isDone) => isDone && close());
  };
  const send = ({ id, name }: Destination): void => {
    const said = words.say("youSentAndBack", { ticket, where: name });
    const fields = { doctor_id: id, return: true };
    void deeds.act(row, "transfer", said, { fields }).then((isDone) => isDone && close());
  };
  const { quick } = partDestinations(destinations.filter(({ id }) => id !== row.section.doctor.id));
  const call = (why: string): void => void deeds.call(row, why).then((isDone) => isDone && close());
  const buttons = pressesFor(row).map((press) => (
    <button key={press} type="button" {...sending} onClick={() => act(press)}>
      {words.say(press)}
    </button>
  ));
  return (
    <div class="panel" role="group" aria-label={words.say("actionsFor", { ticket })}>
      <p>{facts.join(" · ")}</p>
      {note !== null && (
        <p>
          <b>{words.say("note")}:</b> <bdi>{note}</bdi>
        </p>
      )}
      {needs.length > 0 && (
        <p>
          <b>{words.say("needs")}:</b> <bdi>{needs.join(", ")}</bdi>
        </p>
      )}
      {stage === "waiting" && !isFirst && (
        <OutOfOrder reason={reason} setReason={setReason} call={() => call(reason.trim())} ticket={ticket} />
      )}
      <div class="buttons">
        {(stage === "on_hold" || stage === "skipped") && (
          <button
            type="button"
            {...sending}
            onClick={() => call(words.say(stage === "skipped" ? "cameAfterAll" : "wasOnHold"))}
          >
            {words.say("call", { ticket })}
          </button>
        )}
        {stage === "booked" && mode === "in_person" && (
          <button
            type="button"
            {...sending}
            onClick={() => void deeds.checkIn(row).then((isDone) => isDone && close())}
          >
            {words.say("isHere")}
          </button>
        )}
        {stage === "booked" && mode !== "in_person" && (
          <button type="button" {...sending} onClick={() => void deeds.start(row).then((isDone) => isDone && close())}>
            {words.say("startNow")}
          </button>
        )}
        {buttons}
        {queue && stage !== "served" && (
          <>
            {quick.map((service) => (
              <button key={service.id} type="button" {...sending} onClick={() => send(service)}>
                {words.say("toAndBack", { where: service.name })}
              </button>
            ))}
            <button type="button" onClick={() => sendOn(row)}>
              {words.say("sendOn")}
            </button>
          </>
        )}
      </div>
    </div>
  );
}

interface OutOfOrderProps {
  reason: string;
  setReason: (reason: string) => void;
  call: () => void;
  ticket: string;
}

const reasons = ["inPain", "short", "child", "frail"] as const;

/** Others wait longer, so the call needs a reason, which they may be told. */
function OutOfOrder({ reason, setReason, call, ticket }: OutOfOrderProps): JSX.Element {
  const { words } = useSurgery();
  const sending = useSending(reason.trim() === "");
  return (
    <>
      <Chips
        label={words.say("whyOutOfOrder")}
        options={reasons.map((key) => ({ value: words.say(key), label: words.say(key) }))}
        chosen={reason}
        choose={setReason}
      />
      <Field label={words.say("otherReason")} value={reason} change={setReason} maxLength={200} />
      <div class="buttons">
        <button type="button" {...sending} onClick={() => reason.trim() !== "" && call()}>
          {words.say("call", { ticket })}
        </button>
      </div>
    </>
  );
}

function pressesFor({ stage, appointment }: Row): readonly Press[] {
  switch (stage) {
    case "waiting":
      return ["hold", "leave"];
    case "on_hold":
      return ["resume", "leave"];
    case "skipped":
      // Nobody is said not to have come who was called once only.
      return (appointment.queue?.call_count ?? 0) > 1 ? ["requeue", "noShow", "leave"] : ["requeue", "leave"];
    case "served":
      return ["requeue"];
    default:
      return [];
  }
}
