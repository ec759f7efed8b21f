import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useActionState, useSending } from "../../shared/actions/use-actions.tsx";
import { Icon } from "../../shared/parts/icon.tsx";
import { KeepFocus } from "../../shared/live/keep-focus.ts";
import { useHeldOrder } from "../../shared/live/use-held-order.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { memo } from "../../shared/parts/memo.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import type { Deeds } from "../deeds/deeds.ts";
import { useDeeds } from "../deeds/use-deeds.ts";
import { useDesk } from "../desk-context.ts";
import type { StaffSection } from "../found.ts";
import type { en } from "../words/en.ts";
import { CardRow } from "./card-row.tsx";
import { countStages, orderRows } from "./row-order.ts";
import { entryStageOf, isOpen as isStageOpen } from "../../shared/live/entry-stage.ts";

interface Props {
  section: StaffSection;
  sameNames: ReadonlySet<string>;
  /** The appointment of this card whose panel is open. */
  openId: string | undefined;
  isToday: boolean;
  /** How many rows are seen unless all are asked for. */
  most: number;
  nowMs: number;
}

/** One doctor: the state, the next step, and those who are to be seen to, in the order in which they will be. */
export const DoctorCard = memo(function DoctorCard(props: Props): JSX.Element {
  const { section, sameNames, openId, isToday, most, nowMs } = props;
  const words = useWords<typeof en>();
  const desk = useDesk();
  const deeds = useDeeds();
  const [isWhole, setWhole] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const [stopId, setStopId] = useState<string>();
  const { doctor } = section;
  const ordered = orderRows(section.appointments).filter((row) => isWhole || isStageOpen(entryStageOf(row)));
  const wanted = ordered.slice(0, isWhole ? undefined : most).map(({ appointment_id }) => appointment_id);
  const { ids, holding } = useHeldOrder(wanted, openId !== undefined);
  const byId = new Map(section.appointments.map((row) => [row.appointment_id, row]));
  const shown = ids.flatMap((id) => byId.get(id) ?? []);
  const nextId = ordered.find((row) => row.queue?.stage === "waiting")?.appointment_id;
  const stop = shown.some(({ appointment_id }) => appointment_id === stopId) ? stopId : shown[0]?.appointment_id;
  const titleId = `doctor-${doctor.id}`;

  return (
    <section class="card-of-doctor" data-doctor-id={doctor.id} data-state={section.state} aria-labelledby={titleId}>
      <header>
        <h2 id={titleId}>
          <button type="button" class="plain-button" onClick={() => desk.open({ name: "doctor", id: doctor.id })}>
            <bdi>{doctor.name}</bdi>
            {section.room && <small> · {section.room.name}</small>}
          </button>
        </h2>
        {isToday && <NextButton section={section} deeds={deeds} />}
        <DoctorState section={section} />
      </header>
      <ActionNotice at={doctor.id} />
      {shown.length === 0 ? (
        <p class="nobody quiet">{words.say("nobodyWaits")}</p>
      ) : (
        <KeepFocus selector=".row">
          <ul
            ref={list}
            class="rows"
            aria-labelledby={titleId}
            {...holding}
            onKeyDown={(event) => moveBetweenRows(event, list.current)}
            onFocusIn={({ target }) => setStopId(rowOf(target)?.dataset["appointmentId"])}
          >
            {shown.map((row) => (
              <CardRow
                key={row.appointment_id}
                row={row}
                deeds={deeds}
                isNext={row.appointment_id === nextId}
                isSameName={sameNames.has(row.patient.id)}
                isOpen={row.appointment_id === openId}
                isToday={isToday}
                isStop={row.appointment_id === stop}
                nowMs={nowMs}
              />
            ))}
          </ul>
        </KeepFocus>
      )}
      <CardFoot section={section} hidden={ordered.length - shown.length} isWhole={isWhole} setWhole={setWhole} />
    </section>
  );
});

function DoctorState({ section }: { section: StaffSection }): JSX.Element | null {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const { state, returns_at, notice } = section;
  if (state === "present") return notice ? <span class="state-of-doctor">{notice}</span> : null;
  const text =
    state === "away" && returns_at
      ? words.say("awayUntil", { time: time.clock(new Date(returns_at)) })
      : words.say(`state_${state}`);
  return (
    <span class="state-of-doctor">
      <Icon name="absent" />
      {text}
    </span>
  );
}

/** The step that comes next with a doctor: call, begin, or finish and call. It keeps its place. */
function NextButton({ section, deeds }: { section: StaffSection; deeds: Deeds }): JSX.Element | null {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const { id } = section.doctor;
  const sending = useSending(useActionState(id)?.name === "pending");
  const isOut = section.state !== "present";
  if (section.kind === "service") {
    if (section.waiting_count === 0) return null;
    return (
      <button type="button" class="next-step" onClick={() => desk.open({ name: "doctor", id })}>
        {words.say("callNext")}…
      </button>
    );
  }
  const there = section.appointments.find(({ queue }) => queue?.stage === "called");
  const inside = section.appointments.find(({ queue }) => queue?.stage === "in_consultation");
  if (there && !inside) {
    return (
      <button type="button" class="next-step" {...sending} onClick={() => void deeds.act(there, "start")}>
        {words.say("do_start")} {there.ticket}
      </button>
    );
  }
  if (isOut || section.waiting_count === 0) return null;
  const leaving = inside && !there ? { finish: inside.appointment_id } : {};
  return (
    <button type="button" class="next-step" {...sending} onClick={() => void deeds.callNext(section, leaving)}>
      {words.say(inside ? "doneCallNext" : "callNext")}
    </button>
  );
}

interface FootProps {
  section: StaffSection;
  /** How many of those that are to be seen to are not shown. */
  hidden: number;
  isWhole: boolean;
  setWhole: (isWhole: boolean) => void;
}

function CardFoot({ section, hidden, isWhole, setWhole }: FootProps): JSX.Element {
  const words = useWords<typeof en>();
  const counts = countStages(section.appointments);
  const told = (
    [
      ["more", hidden],
      ["countWaiting", counts.waiting ?? 0],
      ["countHeld", counts.on_hold ?? 0],
      ["countSkipped", counts.skipped ?? 0],
      ["countBooked", counts.booked ?? 0],
      ["countServed", counts.served ?? 0],
    ] as const
  ).filter(([, count]) => count > 0);
  return (
    <button type="button" class="card-foot plain-button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
      {told.map(([what, count], index) => (
        <span key={what}>
          {index > 0 && " · "}
          <bdi>{words.say(what, { count })}</bdi>
        </span>
      ))}
    </button>
  );
}

/** Up and down between rows, to the panel with the arrow that leads there; a letter is nobody's command. */
function moveBetweenRows(event: KeyboardEvent, list: HTMLElement | null): void {
  const row = rowOf(event.target);
  if (!row || !list || event.ctrlKey || event.metaKey || event.altKey) return;
  const isForward = event.key === (document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight");
  if (isForward || event.key === "ContextMenu" || (event.shiftKey && event.key === "F10")) {
    event.preventDefault();
    row.querySelector<HTMLElement>(".row-open")?.click();
    return;
  }
  const rows = [...list.querySelectorAll<HTMLElement>(".row")];
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const at = rows.indexOf(row);
  const to = event.key === "Home" ? 0 : event.key === "End" ? rows.length - 1 : at + (steps[event.key] ?? NaN);
  const target = rows[to]?.querySelector<HTMLElement>(".row-open");
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function rowOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof HTMLElement ? target.closest<HTMLElement>(".row") : null;
}
