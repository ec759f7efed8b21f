import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useHeldOrder } from "../../shared/live/use-held-order.ts";
import { Chips } from "../../shared/parts/chips.tsx";
import { useSurgery } from "../surgery.tsx";
import type { Row } from "../work/work.ts";
import { QueueRow } from "./queue-row.tsx";
import { WhyDialog } from "./why-dialog.tsx";

interface Props {
  sendOn: (row: Row) => void;
  pinnedId: string | undefined;
  pin: (doctorId: string | undefined) => void;
}

type Group = "waiting" | "onHold" | "skipped" | "remote" | "booked" | "served";
const groups: readonly [
  Group,
  "waitingList" | "onHoldList" | "skippedList" | "remoteList" | "bookedList" | "servedList",
][] = [
  ["waiting", "waitingList"],
  ["onHold", "onHoldList"],
  ["skipped", "skippedList"],
  ["remote", "remoteList"],
  ["booked", "bookedList"],
  ["served", "servedList"],
];
/** These are looked up rather than worked through. */
const folded = new Set<Group>(["booked", "served"]);

/** Everybody of the day: who waits, in order, and who can be called all the same. */
export function QueueList({ sendOn, pinnedId, pin }: Props): JSX.Element {
  const { work, words } = useSurgery();
  const [openId, setOpen] = useState<string>();
  const [isWhy, setWhy] = useState(false);
  const toggle = (id: string): void => setOpen((last) => (last === id ? undefined : id));
  return (
    <div class="queue">
      {work.sections.length > 1 && (
        <Chips
          label={words.say("callFrom")}
          options={[
            { value: "", label: words.say("inTurn") },
            ...work.sections.map(({ doctor, waiting_count }) => ({
              value: doctor.id,
              label: doctor.name,
              hint: words.number(waiting_count),
            })),
          ]}
          chosen={pinnedId ?? ""}
          choose={(id) => pin(id === "" ? undefined : id)}
        />
      )}
      {groups.map(([group, title]) => (
        <Rows key={group} group={group} title={words.say(title)} openId={openId} toggle={toggle} sendOn={sendOn}>
          {group === "waiting" && work.waiting.length > 1 && (
            <button type="button" class="plain-button" onClick={() => setWhy(true)}>
              {words.say("why")}
            </button>
          )}
        </Rows>
      ))}
      {isWhy && <WhyDialog onClose={() => setWhy(false)} />}
    </div>
  );
}

interface RowsProps {
  group: Group;
  title: string;
  openId: string | undefined;
  toggle: (id: string) => void;
  sendOn: (row: Row) => void;
  children?: JSX.Element | false;
}

function Rows({ group, title, openId, toggle, sendOn, children }: RowsProps): JSX.Element | null {
  const { work, words } = useSurgery();
  const rows = work[group];
  const known = new Map(rows.map((row) => [row.appointment.appointment_id, row]));
  const isOpen = openId !== undefined && known.has(openId);
  const { ids, holding } = useHeldOrder([...known.keys()], isOpen);
  if (rows.length === 0) return null;
  const list = (
    <ol {...holding}>
      {ids.map((id) => {
        const row = known.get(id);
        return row && <QueueRow key={id} row={row} isOpen={id === openId} toggle={() => toggle(id)} sendOn={sendOn} />;
      })}
    </ol>
  );
  const heading = (
    <>
      {title} <span class="count">{words.number(rows.length)}</span>
    </>
  );
  if (folded.has(group)) {
    return (
      <details class="group" data-group={group}>
        <summary>{heading}</summary>
        {list}
      </details>
    );
  }
  return (
    <section class="group" data-group={group}>
      <header>
        <h3>{heading}</h3>
        {children}
      </header>
      {list}
    </section>
  );
}
