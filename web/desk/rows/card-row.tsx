import type { JSX } from "preact";
import type { StaffAppointment } from "../../../client/queue-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useSending } from "../../shared/actions/use-actions.tsx";
import type { ClinicTime } from "../../shared/times/clinic-time.ts";
import { entryStageOf, isOpen as isOpenStage, type EntryStage } from "../../shared/live/entry-stage.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import { minutesSince } from "../../shared/times/minutes-since.ts";
import { memo } from "../../shared/parts/memo.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import type { Words } from "../../shared/words/words.ts";
import type { Deeds } from "../deeds/deeds.ts";
import { useDesk } from "../desk-context.ts";
import type { en } from "../words/en.ts";
import { quickActionOf, type QuickAction } from "./quick-action.ts";
import { useRowState } from "./use-row-state.ts";

interface Props {
  row: StaffAppointment;
  deeds: Deeds;
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
  const { row, deeds, isNext, isSameName, isOpen, isToday, isStop } = props;
  const words = useWords<typeof en>();
  const { time } = useVisit();
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
        aria-label={describeRow(props, words, time)}
        onClick={() => desk.open(isOpen ? undefined : { name: "row", id })}
      >
        <Icon name={iconOf(row, stage)} />
        <b class="ticket">{row.ticket}</b> <bdi class="who-name">{row.patient.name}</bdi>{" "}
        {flagsOf(row, isSameName, words)} {timeOf(props, words, time)}
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

// These are no components: each would cost more than what it draws.
function flagsOf(row: StaffAppointment, isSameName: boolean, words: Words<typeof en>): JSX.Element | null {
  const isNeedy = hasNeeds(row);
  const answer = row.queue?.answer;
  if (!isSameName && !isNeedy && !answer) return null;
  return (
    <span class="flags">
      {isSameName && (
        <span title={words.say("sameName")}>
          <Icon name="same_name" />
        </span>
      )}
      {isNeedy && (
        <span title={words.say("hasNeeds")}>
          <Icon name="needs" />
        </span>
      )}
      {answer && <span class="answer">{words.say(`answer_${answer}`)}</span>}
    </span>
  );
}

function timeOf(props: Props, words: Words<typeof en>, time: ClinicTime): JSX.Element {
  const { row, nowMs } = props;
  const stage = entryStageOf(row);
  const minutes = minutesIn(row, stage, nowMs);
  const lateMinutes = lateMinutesOf(props);
  if (minutes === undefined) {
    return (
      <span class="row-time">
        {sayWhen(row, stage, words, time)}
        {lateMinutes > 0 && <b class="row-late"> +{words.number(lateMinutes)}′</b>}
      </span>
    );
  }
  return (
    <span class={stage === "called" ? "row-time called-word" : "row-time"}>
      {stage === "called" && <span class="word">{words.say("called")} </span>}
      {words.number(minutes)}′
    </span>
  );
}

/** What a row of which no minutes are counted ends with: the time of a booking, or what it came to. */
function sayWhen(
  { starts_at }: StaffAppointment,
  stage: EntryStage,
  words: Words<typeof en>,
  time: ClinicTime,
): string {
  if (stage !== "booked") return words.say(stage);
  return starts_at === null ? "" : time.clock(new Date(starts_at));
}

/** For how many minutes somebody who is booked for today should have been here. */
function lateMinutesOf({ row, isToday, nowMs }: Pick<Props, "row" | "isToday" | "nowMs">): number {
  return isToday && entryStageOf(row) === "booked" ? minutesSince(row.starts_at, nowMs) : 0;
}

/** For how many minutes somebody has been where they are; undefined where nobody counts them. */
function minutesIn({ queue }: StaffAppointment, stage: EntryStage, nowMs: number): number | undefined {
  switch (stage) {
    case "waiting":
    case "on_hold":
    case "skipped":
      return minutesSince(queue?.checked_in_at, nowMs);
    case "called":
      return minutesSince(queue?.called_at, nowMs);
    case "in_consultation":
      return minutesSince(queue?.started_at, nowMs);
    default:
      return undefined;
  }
}

/**
 * A row in words, for whoever hears it: what is seen, in its order, and what icons say. It is one label of the row's button:
 * words that are hidden in the row would each be a layer of the page, and hundreds of them take a browser longer to put
 * together than all that is seen.
 */
function describeRow(props: Props, words: Words<typeof en>, time: ClinicTime): string {
  const { row, isNext, isSameName, nowMs } = props;
  const late = lateMinutesOf(props);
  const stage = entryStageOf(row);
  const { queue } = row;
  const minutes = minutesIn(row, stage, nowMs);
  return [
    isOpenStage(stage) && words.say(isNext ? "next" : stage),
    `${row.ticket} ${row.patient.name}`,
    queue?.answer && words.say(`answer_${queue.answer}`),
    minutes === undefined ? sayWhen(row, stage, words, time) : words.say("minutesShort", { count: minutes }),
    late > 0 && words.say("cameLate", { count: late }),
    queue && queue.priority > 0 && words.say(queue.priority === 2 ? "emergency" : "urgent"),
    isSameName && words.say("sameName"),
    hasNeeds(row) && words.say("hasNeeds"),
  ]
    .filter(Boolean)
    .join(", ");
}

const hasNeeds = ({ patient }: StaffAppointment): boolean => Object.values(patient.needs ?? {}).some(Boolean);

export function quickLabel(action: QuickAction, words: ReturnType<typeof useWords<typeof en>>): string {
  return words.say(`do_${action}`);
}

function iconOf({ queue }: StaffAppointment, stage: EntryStage) {
  if (stage === "waiting" && queue && queue.priority > 0) return queue.priority === 2 ? "emergency" : "urgent";
  return stage;
}
