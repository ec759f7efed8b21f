import type { ComponentChildren, JSX } from "preact";
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useVisit } from "../../shared/access/entrance.tsx";
import { Icon } from "../../shared/parts/icon.tsx";
import { minutesOf, type Booked, type PlacedCell } from "./slots.ts";
import { SlotCell, type Drag } from "./slot-cell.tsx";
import { useCalendarWords } from "./words/use-calendar-words.ts";

/** One doctor of a day, or one day of a doctor. */
export interface Column {
  key: string;
  doctorId: string;
  date: string;
  /** What is above the times. */
  head: ComponentChildren;
  /** Undefined until they have been read. */
  cells: readonly PlacedCell[] | undefined;
  untimed: readonly Booked[];
  /** Why nobody can be booked, where that is so. */
  told?: string | undefined;
}

interface Props {
  label: string;
  columns: readonly Column[];
  /** The appointment whose panel is open. */
  openId: string | undefined;
  movingId: string | undefined;
  /** The doctor with whom a time is looked for; "" for any, undefined where none is. */
  soughtId: string | undefined;
  /** The date that it is now, with the moment. */
  today: string;
  nowMs: number;
  pressSlot: (column: Column, cell: PlacedCell) => void;
  pressBooked: (column: Column, booked: Booked) => void;
  dragBooked: (column: Column, booked: Booked) => void;
  endDrag: (isDropped: boolean) => void;
}

/** A column is at least as long as this, in minutes. */
const shortestDay = 60;
const axisStep = 30;

/** Columns of times side by side, at the heights at which they are on the clock. */
export function SlotGrid(props: Props): JSX.Element {
  const { label, columns, soughtId, today, nowMs } = props;
  const { time } = useVisit();
  const frame = useRef<HTMLDivElement>(null);
  const cells = columns.flatMap((column) => column.cells ?? []);
  const first = Math.floor(Math.min(...cells.map(({ at }) => at), 24 * 60) / axisStep) * axisStep;
  const end = Math.max(...cells.map(({ at, long }) => at + long), first + shortestDay);
  const shortest = Math.max(5, Math.min(...cells.map(({ long }) => long), 30));
  const nowAt = minutesOf(time.clock(new Date(nowMs)));
  const isNowShown = columns.some(({ date }) => date === today) && nowAt >= first && nowAt < end;
  const ticks = Array.from({ length: Math.ceil((end - first) / axisStep) }, (_none, n) => first + n * axisStep);
  useFirstSight(frame, columns.length > 0 && columns.every((column) => column.cells !== undefined), soughtId);

  return (
    <div
      ref={frame}
      class="slot-grid"
      role="group"
      aria-label={label}
      style={{ "--columns": columns.length, "--minutes": end - first, "--shortest": shortest }}
      onKeyDown={(event) => moveBetweenSlots(event, frame.current)}
    >
      <div class="slot-axis" aria-hidden="true">
        <div class="slot-corner" />
        <div class="slot-ticks">
          {ticks.map((minute) => (
            <span key={minute} style={{ "--at": minute - first }}>
              {writeMinute(minute)}
            </span>
          ))}
          {isNowShown && <i class="slot-now" style={{ "--at": nowAt - first }} />}
        </div>
      </div>
      {columns.map((column) => (
        <SlotColumn key={column.key} {...props} column={column} firstMinute={first} />
      ))}
    </div>
  );
}

function SlotColumn(props: Props & { column: Column; firstMinute: number }): JSX.Element {
  const { column, firstMinute, openId, movingId, nowMs, pressBooked } = props;
  const words = useCalendarWords();
  const [stop, setStop] = useState<string>();
  const { cells, untimed, told } = column;
  const stops = cells ?? [];
  const stopAt =
    stops.find(({ startsAt }) => startsAt === stop) ?? stops.find(({ status }) => status === "free") ?? stops[0];
  // The cells are drawn again only for what changed of them.
  const latest = useRef(props);
  latest.current = props;
  const press = useCallback((cell: PlacedCell): void => {
    const now = latest.current;
    if (cell.booked) now.pressBooked(now.column, cell.booked);
    else now.pressSlot(now.column, cell);
  }, []);
  const drag = useMemo(
    (): Drag => ({
      begin: ({ booked }) => booked && latest.current.dragBooked(latest.current.column, booked),
      end: (isDropped) => latest.current.endDrag(isDropped),
    }),
    [],
  );
  return (
    <section class="slot-column" data-doctor-id={column.doctorId} data-date={column.date}>
      <header>{column.head}</header>
      {told !== undefined && <p class="quiet slot-told">{told}</p>}
      {untimed.length > 0 && (
        <ul class="untimed" aria-label={words.say("withoutATime")}>
          {untimed.map((booked) => (
            <li key={booked.id}>
              <button
                type="button"
                class="slot-button"
                data-status="taken"
                data-stage={booked.stage}
                data-appointment-id={booked.id}
                aria-expanded={openId === booked.id}
                aria-label={[`${booked.ticket} ${booked.name ?? ""}`.trim(), words.say(booked.stage)].join(", ")}
                onClick={() => pressBooked(column, booked)}
              >
                <Icon name={booked.stage} />
                <b>{booked.ticket}</b> {booked.name !== undefined && <bdi class="who-name">{booked.name}</bdi>}
              </button>
            </li>
          ))}
        </ul>
      )}
      <ul
        class="slot-list"
        aria-busy={cells === undefined}
        onFocusIn={({ target }) => setStop(target instanceof HTMLElement ? target.dataset["startsAt"] : undefined)}
      >
        {cells?.map((cell) => (
          <SlotCell
            key={cell.startsAt}
            cell={cell}
            firstMinute={firstMinute}
            isStop={cell === stopAt}
            isOpen={cell.booked !== undefined && cell.booked.id === openId}
            isMoving={cell.booked !== undefined && cell.booked.id === movingId}
            nowMs={nowMs}
            press={press}
            drag={drag}
          />
        ))}
      </ul>
    </section>
  );
}

/** Once the times are there, what is still to come is in sight, and who looks for a time is at the first that is free. */
function useFirstSight(
  frame: { current: HTMLDivElement | null },
  isThere: boolean,
  soughtId: string | undefined,
): void {
  useLayoutEffect(() => {
    const node = frame.current;
    const next = node?.querySelector<HTMLElement>('.slot-button:not([data-status="past"])')?.closest<HTMLElement>("li");
    if (node && next) node.scrollTop = next.offsetTop;
  }, [isThere]);
  useLayoutEffect(() => {
    // Who is at a time already, as with an appointment that was taken up here, stays there.
    const isAway = !frame.current?.contains(document.activeElement) && !document.querySelector("dialog[open]");
    if (!isThere || soughtId === undefined || !isAway) return;
    const free = '.slot-button[data-status="free"]';
    const ofDoctor = frame.current?.querySelector<HTMLElement>(`[data-doctor-id="${soughtId}"] ${free}`);
    (ofDoctor ?? frame.current?.querySelector<HTMLElement>(free))?.focus();
  }, [isThere, soughtId]);
}

/** Up and down in a column, and to the time beside it; a letter is nobody's command. */
function moveBetweenSlots(event: KeyboardEvent, frame: HTMLElement | null): void {
  const { target, key } = event;
  const from = target instanceof HTMLElement ? target.closest<HTMLElement>(".slot-list .slot-button") : null;
  if (!from || !frame || event.ctrlKey || event.metaKey || event.altKey) return;
  const list = from.closest(".slot-list");
  const inList = [...(list?.querySelectorAll<HTMLElement>(".slot-button") ?? [])];
  const at = inList.indexOf(from);
  const isForward = key === (document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight");
  const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: inList.length - 1 };
  const step = steps[key];
  const to =
    key === "ArrowLeft" || key === "ArrowRight" ? findBeside(from, frame, isForward ? 1 : -1) : inList[step ?? -1];
  if (!to || (step === undefined && !key.startsWith("Arrow"))) return;
  event.preventDefault();
  to.focus();
}

/** The time of the next column that has any which is nearest in height. */
function findBeside(from: HTMLElement, frame: HTMLElement, step: 1 | -1): HTMLElement | undefined {
  const lists = [...frame.querySelectorAll(".slot-list")].filter((list) => list.querySelector(".slot-button"));
  const list = lists[lists.indexOf(from.closest(".slot-list") as Element) + step];
  const { top } = from.getBoundingClientRect();
  const away = (one: HTMLElement): number => Math.abs(one.getBoundingClientRect().top - top);
  return [...(list?.querySelectorAll<HTMLElement>(".slot-button") ?? [])].sort((a, b) => away(a) - away(b))[0];
}

function writeMinute(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
}
