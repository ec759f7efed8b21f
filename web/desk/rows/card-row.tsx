import type { JSX } from "preact";
import type { StaffAppointment } from "../../../client/queue-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useSending } from "../../shared/actions/use-actions.tsx";
import { entryStageOf, type EntryStage } from "../../shared/entry-stage.ts";
import { Icon } from "../../shared/icon.tsx";
import { memo } from "../../shared/parts/memo.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDeeds } from "../deeds/use-deeds.ts";
import { useDesk } from "../desk-context.ts";
import type { en } from "../words/en.ts";
import { quickActionOf, type QuickAction } from "./quick-action.ts";
import { minutesSince } from "./use-minute.ts";
import { useRowState } from "./use-row-state.ts";

interface Props {
  row: StaffAppointment;
  /** Whether this patient is the one to call next. */
  isNext: boolean;
  /** Whether another patient of today has this name. */
  isSameName: boolean;
  isOpen: boolean;
  /** Whether the row can be acted on: only today has a queue. */
  isToday: boolean;
  /** Whether the Tab key comes here: to one row of a card. */
  isStop: boolean;
  nowMs: number;
}

/** One patient of a doctor: press to open everything, or the one obvious thing beside it. */
export const CardRow = memo(function CardRow(props: Props): JSX.Element {
  const { row, isNext, isSameName, isOpen, isToday, isStop, nowMs } = props;
  const words = useWords<typeof en>();
  const deeds = useDeeds();
  const desk = useDesk();
  const state = useRowState(row);
  const stage = entryStageOf(row);
  const quick = isToday ? quickActionOf(row) : undefined;
  const isPending = state?.name === "pending" || state?.name === "checking";
  const sending = useSending(isPending);
  const id = row.appointment_id;

  function act(action: QuickAction): void {
    if (action === "check_in") void deeds.checkIn(row);
    else void deeds.act(row, action);
  }

  return (
    <li
      class="row"
      data-appointment-id={id}
      data-stage={stage}
      data-next={isNext || undefined}
      data-priority={row.queue?.priority || undefined}
      data-action={state?.name}
      aria-busy={isPending}
    >
      <button
        type="button"
        class="row-open"
        tabIndex={isStop ? 0 : -1}
        aria-expanded={isOpen}
        onClick={() => desk.open(isOpen ? undefined : { name: "row", id })}
      >
        <Icon name={iconOf(row, stage)} />
        <span class="hidden">{isNext ? words.say("next") : words.say(stage)} </span>
        <b class="ticket">{row.ticket}</b>
        <bdi class="who-name">{row.patient.name}</bdi>
        <Flags row={row} isSameName={isSameName} />
        <RowTime row={row} stage={stage} isToday={isToday} nowMs={nowMs} />
      </button>
      {quick && (
        <button
          type="button"
          class="row-quick"
          tabIndex={-1}
          {...sending}
          aria-label={`${quickLabel(quick, words)} ${row.ticket}`}
          onClick={({ currentTarget }) => {
            // This button may go with the action, the row stays.
            currentTarget.parentElement?.querySelector<HTMLElement>(".row-open")?.focus();
            act(quick);
          }}
        >
          {isPending ? "…" : quickLabel(quick, words)}
        </button>
      )}
      {state && state.name !== "pending" && !isOpen && (
        <button type="button" class="row-told" onClick={() => desk.open({ name: "row", id })}>
          {"text" in state ? state.text : ""}
        </button>
      )}
    </li>
  );
});

function Flags({ row, isSameName }: { row: StaffAppointment; isSameName: boolean }): JSX.Element | null {
  const words = useWords<typeof en>();
  const { needs } = row.patient;
  const hasNeeds = Object.values(needs ?? {}).some(Boolean);
  const answer = row.queue?.answer;
  if (!isSameName && !hasNeeds && !answer) return null;
  return (
    <span class="flags">
      {isSameName && (
        <span title={words.say("sameName")}>
          <Icon name="same_name" />
          <span class="hidden"> {words.say("sameName")}</span>
        </span>
      )}
      {hasNeeds && (
        <span title={words.say("hasNeeds")}>
          <Icon name="needs" />
          <span class="hidden"> {words.say("hasNeeds")}</span>
        </span>
      )}
      {answer && <span class="answer">{words.say(`answer_${answer}`)}</span>}
    </span>
  );
}

interface TimeProps {
  row: StaffAppointment;
  stage: EntryStage;
  isToday: boolean;
  nowMs: number;
}

function RowTime({ row, stage, isToday, nowMs }: TimeProps): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const { queue, starts_at } = row;
  switch (stage) {
    case "waiting":
    case "on_hold":
    case "skipped":
      return <Minutes count={minutesSince(queue?.checked_in_at, nowMs)} />;
    case "called":
      return (
        <span class="row-time called-word">
          <span class="word">{words.say("called")} </span>
          <Minutes count={minutesSince(queue?.called_at, nowMs)} />
        </span>
      );
    case "in_consultation":
      return <Minutes count={minutesSince(queue?.started_at, nowMs)} />;
    case "booked": {
      const late = isToday ? minutesSince(starts_at, nowMs) : 0;
      return (
        <span class="row-time" data-late={late > 0 || undefined}>
          {starts_at ? time.clock(new Date(starts_at)) : ""}
          {late > 0 && (
            <>
              <b aria-hidden="true"> +{words.number(late)}′</b>
              <span class="hidden"> {words.say("cameLate", { count: late })}</span>
            </>
          )}
        </span>
      );
    }
    default:
      return <span class="row-time">{words.say(stage)}</span>;
  }
}

function Minutes({ count }: { count: number }): JSX.Element {
  const words = useWords<typeof en>();
  return (
    <span class="row-time">
      <span aria-hidden="true">{words.number(count)}′</span>
      <span class="hidden">{words.say("minutesLong", { count })}</span>
    </span>
  );
}

export function quickLabel(action: QuickAction, words: ReturnType<typeof useWords<typeof en>>): string {
  return words.say(`do_${action}`);
}

function iconOf({ queue }: StaffAppointment, stage: EntryStage) {
  if (stage === "waiting" && queue && queue.priority > 0) return queue.priority === 2 ? "emergency" : "urgent";
  return stage;
}
