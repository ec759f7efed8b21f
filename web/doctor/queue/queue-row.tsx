import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../shared/parts/icon.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { tellBooked, tellStage } from "../patient/facts.ts";
import { useSurgery } from "../surgery.tsx";
import type { Row } from "../work/work.ts";
import { RowPanel } from "./row-panel.tsx";

interface Props {
  row: Row;
  isOpen: boolean;
  toggle: () => void;
  sendOn: (row: Row) => void;
}

/** One patient in a line, which opens what can be done. */
export function QueueRow({ row, isOpen, toggle, sendOn }: Props): JSX.Element {
  const { work, words, time, now, sameNames } = useSurgery();
  const { appointment, stage } = row;
  const { appointment_id: id, ticket, patient, queue } = appointment;
  const isNext = row.appointment.appointment_id === work.next?.appointment.appointment_id;
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    // Whoever closes the panel from inside it is back where it was opened.
    if (wasOpen.current && !isOpen && document.activeElement === document.body) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  return (
    <li class="row" data-stage={stage} data-ticket={ticket} data-next={isNext}>
      <button ref={button} type="button" class="row-button" aria-expanded={isOpen} onClick={toggle}>
        <span class="ticket">{ticket}</span>
        <bdi class="name">{patient.name}</bdi>
        <span class="marks">
          {isNext && <span class="plate">{words.say("next")}</span>}
          {queue && queue.priority > 0 && (
            <Marked
              icon={queue.priority === 2 ? "emergency" : "urgent"}
              text={words.say(queue.priority === 2 ? "emergency" : "urgent")}
            />
          )}
          {sameNames.has(patient.id) && (
            <Marked icon="same_name" text={words.say("sameName", { ticket: sameNames.get(patient.id) ?? "" })} />
          )}
          {Object.values(patient.needs).some(Boolean) && <Marked icon="needs" text={words.say("needs")} />}
        </span>
        <span class="when">
          {stage === "waiting"
            ? tellStage(row, { words, time, now })
            : stage === "booked"
              ? tellBooked(appointment, time)
              : words.say(stage)}
        </span>
      </button>
      <ActionNotice at={id} />
      {isOpen && <RowPanel row={row} close={toggle} sendOn={sendOn} />}
    </li>
  );
}

function Marked({ icon, text }: { icon: "emergency" | "urgent" | "same_name" | "needs"; text: string }): JSX.Element {
  return (
    <span class="marked" title={text}>
      <Icon name={icon} />
      <span class="hidden">{text}</span>
    </span>
  );
}
