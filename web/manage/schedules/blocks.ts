import type { Answer, Body } from "../../../client/rest-client.ts";

/** A working session of a week, as a form has it: what is not given is an empty text. */
export interface Block {
  /** 1 is Monday. */
  weekday: number;
  /** `HH:MM`, on the clinic's wall. */
  starts_at: string;
  ends_at: string;
  slot_minutes: number;
  room_id: string;
  /** `YYYY-MM-DD`; empty for today. */
  valid_from: string;
  valid_until: string;
}

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** The week of a schedule, from Monday to Sunday, each day in the order of time. */
export function blocksOf(sessions: Answer<"getSchedule">): Block[] {
  return inOrder(
    sessions.map(({ weekday, starts_at, ends_at, slot_minutes, room_id, valid_from, valid_until }) => ({
      weekday,
      starts_at,
      ends_at,
      slot_minutes,
      room_id: room_id ?? "",
      valid_from,
      valid_until: valid_until ?? "",
    })),
  );
}

/** What to send for a week. */
export const bodyOf = (blocks: readonly Block[]): Body<"setSchedule"> =>
  blocks.map(({ weekday, valid_from, valid_until, ...block }) => ({
    weekday,
    ...timesOf(block),
    ...(valid_from !== "" && { valid_from }),
    valid_until: valid_until || null,
  }));

/** What to send for the sessions of one date. */
export const dayBodyOf = (blocks: readonly Block[]): NonNullable<Body<"setDoctorDay">["sessions"]> =>
  blocks.map(timesOf);

const timesOf = ({ starts_at, ends_at, slot_minutes, room_id }: Pick<Block, keyof Times | "room_id">) => ({
  starts_at,
  ends_at,
  slot_minutes,
  room_id: room_id || null,
});
type Times = Pick<Block, "starts_at" | "ends_at" | "slot_minutes">;

/** The same sessions, whatever their order. */
export const isSameWeek = (one: readonly Block[], other: readonly Block[]): boolean =>
  JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));

/** The sessions of a weekday that are not over, in the order of time. */
export const onWeekday = (blocks: readonly Block[], weekday: number, today: string): Block[] =>
  inOrder(blocks.filter((block) => block.weekday === weekday && !isOver(block, today)));

/** The sessions that the week has on a date. */
export const onDate = (blocks: readonly Block[], date: string): Block[] =>
  inOrder(blocks.filter((block) => block.weekday === weekdayOf(date) && isValidOn(block, date)));

/** Gives other weekdays the sessions of one, in place of their own. */
export function copyDay(blocks: readonly Block[], from: number, to: readonly number[], today: string): Block[] {
  const kept = blocks.filter((block) => !to.includes(block.weekday) || isOver(block, today));
  const copied = onWeekday(blocks, from, today);
  return inOrder([...kept, ...to.flatMap((weekday) => copied.map((block) => ({ ...block, weekday })))]);
}

/** A session that is at the same time as this one; undefined where there is none. */
export const findOverlap = (block: Block, others: readonly Block[]): Block | undefined =>
  others.find(
    (other) =>
      other.weekday === block.weekday &&
      minutesOf(block).from < minutesOf(other).until &&
      minutesOf(other).from < minutesOf(block).until &&
      (block.valid_until === "" || other.valid_from <= block.valid_until) &&
      (other.valid_until === "" || block.valid_from <= other.valid_until),
  );

/** How many minutes a session takes. One that ends no later than it begins goes on past midnight. */
export function lengthOf(block: Pick<Block, "starts_at" | "ends_at">): number {
  const { from, until } = minutesOf(block);
  return until - from;
}

function minutesOf({ starts_at, ends_at }: Pick<Block, "starts_at" | "ends_at">): { from: number; until: number } {
  const [from, until] = [minuteOf(starts_at), minuteOf(ends_at)];
  return { from, until: until <= from ? until + 1_440 : until };
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const isOver = ({ valid_until }: Block, today: string): boolean => valid_until !== "" && valid_until < today;

const isValidOn = ({ valid_from, valid_until }: Block, date: string): boolean =>
  valid_from <= date && (valid_until === "" || date <= valid_until);

/** 1 is Monday. */
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

function inOrder(blocks: readonly Block[]): Block[] {
  const keyOf = ({ weekday, starts_at, valid_from }: Block): string => `${weekday} ${starts_at} ${valid_from}`;
  return [...blocks].sort((one, other) => keyOf(one).localeCompare(keyOf(other)));
}
