import type { JSX } from "preact";
import { useVisit } from "../../shared/access/entrance.tsx";
import { writeShortDay } from "../../shared/times/day.ts";
import { useLists } from "../lists.tsx";
import { lengthOf, type Block } from "./blocks.ts";
import { nameWeekday } from "./name-weekday.ts";
import { useScheduleWords } from "./words/use-schedule-words.ts";

interface Props {
  weekday: number;
  blocks: readonly Block[];
  /** Changes a session, or adds one; absent where the reader may not. */
  open?: (block?: Block) => void;
  copy?: () => void;
}

/** A day of the week with its sessions. */
export function WeekdayColumn({ weekday, blocks, open, copy }: Props): JSX.Element {
  const words = useScheduleWords();
  const day = nameWeekday(weekday, words.locale);
  return (
    <li class="weekday" data-weekday={weekday}>
      <h4>{day}</h4>
      <ul>
        {blocks.map((block) => (
          <li key={`${block.starts_at} ${block.valid_from}`}>
            <Session block={block} open={open && (() => open(block))} />
          </li>
        ))}
      </ul>
      {open && (
        <div class="buttons">
          <button type="button" aria-label={words.say("addSessionOn", { day })} onClick={() => open()}>
            {words.say("add")}
          </button>
          {blocks.length > 0 && (
            <button type="button" aria-label={words.say("copyDayName", { day })} onClick={copy}>
              {words.say("copyDay")}…
            </button>
          )}
        </div>
      )}
    </li>
  );
}

/** A longer session is drawn no higher. */
const mostHours = 12;

interface SessionProps {
  block: Block;
  open: (() => void) | undefined;
}

/** A session: its times, how long an appointment is, and where and when it counts, if that is said. */
export function Session({ block, open }: SessionProps): JSX.Element {
  const words = useScheduleWords();
  const { clinic } = useVisit();
  const { value: lists } = useLists();
  const room = lists?.rooms.find(({ id }) => id === block.room_id);
  const { valid_from: from, valid_until: until } = block;
  const shown = (
    <>
      <b>{timesOf(block)}</b>
      <span>{words.say("everyMinutes", { count: block.slot_minutes })}</span>
      {room && <span>{words.say("inRoom", { room: room.name })}</span>}
      {from > (clinic?.today ?? "") && <span>{words.say("fromDay", { day: writeShortDay(from, words.locale) })}</span>}
      {until !== "" && <span>{words.say("untilDay", { day: writeShortDay(until, words.locale) })}</span>}
    </>
  );
  const style = { "--hours": Math.min(mostHours, lengthOf(block) / 60) };
  return open ? (
    <button type="button" class="session" style={style} onClick={open}>
      <span class="hidden">{words.say("change")}</span>
      {shown}
    </button>
  ) : (
    <div class="session" style={style}>
      {shown}
    </div>
  );
}

export const timesOf = ({ starts_at, ends_at }: Pick<Block, "starts_at" | "ends_at">): string =>
  `${starts_at}–${ends_at}`;
