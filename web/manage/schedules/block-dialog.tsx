import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useVisit } from "../../shared/access/entrance.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { DayField } from "../../shared/parts/day-field.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { useLists } from "../lists.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { SelectField } from "../parts/select-field.tsx";
import { findOverlap, lengthOf, onWeekday, type Block } from "./blocks.ts";
import { nameWeekday } from "./name-weekday.ts";
import { parseTime } from "./parse-time.ts";
import { timesOf } from "./weekday-column.tsx";
import { WeekdayBoxes } from "./weekday-boxes.tsx";
import { useScheduleWords, type ScheduleWords } from "./words/use-schedule-words.ts";

interface Props {
  weekday: number;
  /** Undefined for a new one. */
  block: Block | undefined;
  week: readonly Block[];
  change: (week: Block[]) => void;
  close: () => void;
  /** Whether it is of one date, and so of no other weekday. */
  isOfDate?: boolean;
}

/** A session as it is typed. */
interface Typed {
  weekdays: number[];
  from: string;
  until: string;
  minutes: string;
  room: string;
  validFrom: string;
  validUntil: string;
}

/** Asks for a new session, on any number of weekdays, or for what is to change of one. */
export function BlockDialog({ weekday, block, week, change, close, isOfDate = false }: Props): JSX.Element {
  const words = useScheduleWords();
  const { clinic } = useVisit();
  const { value: lists } = useLists();
  const [typed, setTyped] = useState(() => typedOf(weekday, block));
  const [isTold, setTold] = useState(false);
  const type = (fields: Partial<Typed>): void => setTyped({ ...typed, ...fields });
  const others = week.filter((one) => one !== block);
  const made = blocksIn(typed);
  const wrong = wrongIn(typed, made, others, clinic?.today ?? "", words);
  const told = (field: keyof typeof wrong): string | undefined => (isTold ? wrong[field] : undefined);

  function submit(event: Event): void {
    event.preventDefault();
    setTold(true);
    if (Object.values(wrong).every((why) => why === undefined)) change([...others, ...made]);
  }

  return (
    <Dialog title={words.say(block ? "changeSessionTitle" : "addSession")} isDrawer onClose={close}>
      <form class="stack" noValidate onSubmit={submit}>
        <div class="fields">
          <Field
            label={words.say("startsAt")}
            value={typed.from}
            change={(from) => type({ from })}
            error={told("from")}
            maxLength={5}
            isFirst
          />
          <Field
            label={words.say("endsAt")}
            value={typed.until}
            change={(until) => type({ until })}
            error={told("until")}
            maxLength={5}
          />
          <Field
            label={words.say("slotMinutes")}
            value={typed.minutes}
            change={(minutes) => type({ minutes })}
            error={told("minutes")}
            maxLength={4}
          />
        </div>
        {!isOfDate && (
          <WeekdayBoxes label={words.say("onDays")} chosen={typed.weekdays} choose={(weekdays) => type({ weekdays })} />
        )}
        <SelectField
          label={words.say("sessionRoom")}
          value={typed.room}
          change={(room) => type({ room })}
          none={words.say("usualRoomThen")}
          options={lists?.rooms.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        />
        {!isOfDate && (
          <div class="fields">
            <DayField
              label={words.say("validFrom")}
              value={typed.validFrom}
              change={(validFrom) => type({ validFrom })}
            />
            <DayField
              label={words.say("validUntil")}
              value={typed.validUntil}
              change={(validUntil) => type({ validUntil })}
            />
          </div>
        )}
        <p class="field-error" role="alert">
          {told("whole")}
        </p>
        <FormButtons send={words.say("takeOver")} cancel={close} />
        {block && (
          <div class="buttons">
            <button type="button" onClick={() => change(others)}>
              {words.say("removeSession")}
            </button>
          </div>
        )}
      </form>
    </Dialog>
  );
}

const typedOf = (weekday: number, block: Block | undefined): Typed => ({
  weekdays: [weekday],
  from: block?.starts_at ?? "",
  until: block?.ends_at ?? "",
  minutes: block ? String(block.slot_minutes) : "15",
  room: block?.room_id ?? "",
  validFrom: block?.valid_from ?? "",
  validUntil: block?.valid_until ?? "",
});

/** The sessions that are meant, one on each weekday; none as long as a time is no time. */
function blocksIn({ weekdays, from, until, minutes, room, validFrom, validUntil }: Typed): Block[] {
  const [starts_at, ends_at] = [parseTime(from), parseTime(until)];
  if (starts_at === undefined || starts_at === "24:00" || ends_at === undefined) return [];
  return weekdays.map((weekday) => ({
    weekday,
    starts_at,
    ends_at,
    slot_minutes: Number(minutes),
    room_id: room,
    valid_from: validFrom,
    valid_until: validUntil,
  }));
}

function wrongIn(typed: Typed, made: Block[], others: Block[], today: string, words: ScheduleWords) {
  const [first] = made;
  const from = parseTime(typed.from);
  const minutes = Number(typed.minutes);
  const isLength = /^\d+$/.test(typed.minutes.trim()) && minutes >= 1 && (!first || minutes <= lengthOf(first));
  const isBackwards = typed.validUntil !== "" && typed.validUntil < (typed.validFrom || today);
  const overlap = made
    .map((block) => findOverlap(block, onWeekday(others, block.weekday, today)))
    .find((other) => other !== undefined);
  return {
    from: from === undefined || from === "24:00" ? words.say("timeWrong") : undefined,
    until: parseTime(typed.until) === undefined ? words.say("timeWrong") : undefined,
    minutes: isLength ? undefined : words.say("slotMinutesWrong"),
    whole:
      typed.weekdays.length === 0
        ? words.say("dayNeeded")
        : isBackwards
          ? words.say("untilBeforeFrom")
          : overlap &&
            words.say("overlaps", { times: timesOf(overlap), day: nameWeekday(overlap.weekday, words.locale) }),
  };
}
