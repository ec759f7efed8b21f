import type { JSX } from "preact";
import { useVisit } from "../../shared/access/entrance.tsx";
import type { ClinicTime } from "../../shared/times/clinic-time.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import { memo } from "../../shared/parts/memo.ts";
import { isLate, type PlacedCell } from "./slots.ts";
import { useCalendarWords, type CalendarWords } from "./words/use-calendar-words.ts";

interface Props {
  cell: PlacedCell;
  /** At which minute the column begins. */
  firstMinute: number;
  isStop: boolean;
  isOpen: boolean;
  /** Whether it is the appointment that is being moved. */
  isMoving: boolean;
  nowMs: number;
  press: (cell: PlacedCell) => void;
  drag: Drag;
}

/** An appointment may also be dragged to its new time. */
export interface Drag {
  begin: (cell: PlacedCell) => void;
  /** Called in the end; nothing was moved where it was dropped beside. */
  end: (isDropped: boolean) => void;
}

/** One time of a doctor: free to choose, or with whoever has it. */
export const SlotCell = memo(function SlotCell(props: Props): JSX.Element {
  const { cell, firstMinute, isStop, isOpen, isMoving, nowMs, press, drag } = props;
  const words = useCalendarWords();
  const { time } = useVisit();
  const { status, booked, isStray } = cell;
  const clock = time.clock(new Date(cell.startsAt));
  const isDead = status === "past" || status === "full" || (status === "taken" && !booked);
  const isOverdue = isLate(cell, nowMs);
  return (
    <li
      class="slot"
      style={{ "--at": cell.at - firstMinute, "--long": cell.long }}
      draggable={booked?.stage === "booked"}
      onDragStart={() => drag.begin(cell)}
      onDragEnd={({ dataTransfer }) => drag.end(dataTransfer?.dropEffect !== "none")}
      onDragOver={(event) => status === "free" && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (status === "free") press(cell);
      }}
    >
      <button
        type="button"
        class="slot-button"
        data-status={status}
        data-starts-at={cell.startsAt}
        data-appointment-id={booked?.id}
        data-stage={booked?.stage}
        data-stray={isStray || undefined}
        data-late={isOverdue || undefined}
        data-moving={isMoving || undefined}
        tabIndex={isStop ? 0 : -1}
        aria-disabled={isDead || undefined}
        aria-expanded={booked ? isOpen : undefined}
        aria-label={describe(cell, isOverdue, words, time)}
        onClick={() => !isDead && press(cell)}
      >
        {/* Spaces, so that what is seen is what is heard. */}
        <b class="slot-time">{clock}</b>{" "}
        {booked ? (
          <>
            <Icon name={booked.stage} />
            <b>{booked.ticket}</b> {booked.name !== undefined && <bdi class="who-name">{booked.name}</bdi>}{" "}
            {isOverdue && <span class="slot-mark">{words.say("isLate")}</span>}{" "}
            {isStray && <span class="slot-mark">{words.say("outsideHours")}</span>}
          </>
        ) : (
          <>
            {status === "free" && <Icon name="plus" />}
            {status === "held" && <Icon name="on_hold" />}
            {status !== "free" && <span class="slot-word">{sayStatus(cell, words, time)}</span>}
          </>
        )}
      </button>
    </li>
  );
});

/** A time in words, for whoever hears it: one label of its button, because hidden words cost a browser much. */
function describe(cell: PlacedCell, isOverdue: boolean, words: CalendarWords, time: ClinicTime): string {
  const { startsAt, booked, isStray } = cell;
  return [
    time.clock(new Date(startsAt)),
    booked ? `${booked.ticket} ${booked.name ?? ""}`.trim() : sayStatus(cell, words, time),
    isOverdue && words.say("isLate"),
    isStray && words.say("outsideHours"),
    booked && words.say(booked.stage),
  ]
    .filter(Boolean)
    .join(", ");
}

function sayStatus({ status, until }: PlacedCell, words: CalendarWords, time: ClinicTime): string {
  switch (status) {
    case "free":
      return words.say("slotFree");
    case "held":
      return until === null ? words.say("slotHeld") : words.say("slotHeldUntil", { time: time.clock(new Date(until)) });
    case "full":
      return words.say("slotFull");
    case "past":
      return words.say("slotPast");
    case "taken":
      return words.say("slotTaken_");
  }
}
