import type { JSX } from "preact";
import { useCallback, useState } from "preact/hooks";
import type { ClinicClient } from "../../../client/clinic-client.ts";
import type { Answer } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useActions } from "../../shared/actions/use-actions.tsx";
import { writeShortDay } from "../../shared/times/day.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { DayField } from "../../shared/parts/day-field.tsx";
import type { Doctor } from "../clinic-lists.ts";
import { useLoaded } from "../use-loaded.ts";
import { BlockDialog } from "./block-dialog.tsx";
import { dayBodyOf, isSameWeek, onDate, onWeekday, weekdayOf, type Block } from "./blocks.ts";
import { Session } from "./weekday-column.tsx";
import { useScheduleWords } from "./words/use-schedule-words.ts";

interface Props {
  doctor: Doctor;
  week: readonly Block[];
  /** Reads the week and what fits it no more again. */
  reload: () => Promise<void>;
}

/** The hours of a single date, in place of the week's. */
export function DayForm({ doctor, week, reload }: Props): JSX.Element {
  const words = useScheduleWords();
  const [date, setDate] = useState("");
  return (
    <section class="panel stack" aria-labelledby="other-day">
      <h3 id="other-day">{words.say("otherDay")}</h3>
      <p class="quiet">{words.say("otherDayAbout")}</p>
      <DayField label={words.say("whichDate")} value={date} change={setDate} />
      {date !== "" && <Day key={date} doctor={doctor} date={date} week={week} reload={reload} />}
    </section>
  );
}

function Day({ doctor, date, week, reload }: Props & { date: string }): JSX.Element {
  const words = useScheduleWords();
  const { clinic } = useVisit();
  const actions = useActions();
  const { id, name } = doctor;
  const read = useCallback(
    (client: ClinicClient) => client.call("getDoctorDay", { params: { id }, query: { date } }),
    [id, date],
  );
  const { value: day, reload: reloadDay } = useLoaded(read);
  const [typed, setTyped] = useState<Block[]>();
  const [opened, setOpened] = useState<{ block?: Block }>();
  const at = `day ${id}`;
  const weekday = weekdayOf(date);
  const saved = day?.sessions?.map((session) => blockOf(session, weekday)) ?? onDate(week, date);
  const shown = onWeekday(typed ?? saved, weekday, clinic?.today ?? "");
  const isChanged = typed !== undefined && !isSameWeek(typed, saved);
  const dayName = writeShortDay(date, words.locale);

  /** @param sessions null: those of the week */
  async function save(sessions: readonly Block[] | null): Promise<void> {
    const body = { sessions: sessions && dayBodyOf(sessions) };
    const done = () => ({ text: words.say("didSetDay", { name, day: dayName }), at: new Date().toISOString() });
    const answer = await actions.do({
      at,
      send: (client) => client.setDoctorDay(id, date, body),
      done,
      // The same once more does no harm.
      find: async (client) => ({
        at: (await client.setDoctorDay(id, date, body)).updated_at ?? done().at,
        done: done(),
      }),
    });
    if (answer) setTyped(undefined);
    await Promise.all([reloadDay(), reload()]);
  }

  if (!day) return <p class="loading">{words.say("loading")}</p>;
  const isOwn = day.sessions !== null;
  return (
    <div class="stack" data-day={date} data-own={isOwn}>
      <p role="status">
        <b>{dayName}:</b> {words.say(isOwn ? "ownHours" : "asInWeek")}
        {shown.length === 0 && ` · ${words.say("closedThen")}`}
      </p>
      {day.state === "absent" && <p class="quiet">{words.say("absentThen", { name })}</p>}
      <ul class="sessions">
        {shown.map((block) => (
          <li key={block.starts_at}>
            <Session block={{ ...block, valid_from: "", valid_until: "" }} open={() => setOpened({ block })} />
          </li>
        ))}
      </ul>
      <ActionNotice at={at} />
      <div class="buttons">
        <button type="button" onClick={() => setOpened({})}>
          {words.say("addSession")}
        </button>
        <button
          type="button"
          class="main-action"
          aria-disabled={!isChanged}
          onClick={() => isChanged && void save(shown)}
        >
          {words.say("saveDay")}
        </button>
        {isOwn && (
          <button type="button" onClick={() => void save(null)}>
            {words.say("backToWeek")}
          </button>
        )}
      </div>
      {opened && (
        <BlockDialog
          weekday={weekday}
          block={opened.block}
          week={shown}
          change={(blocks) => {
            setTyped(blocks);
            setOpened(undefined);
          }}
          close={() => setOpened(undefined)}
          isOfDate
        />
      )}
    </div>
  );
}

type DaySession = NonNullable<Answer<"getDoctorDay">["sessions"]>[number];

const blockOf = ({ room_id, ...times }: DaySession, weekday: number): Block => ({
  ...times,
  weekday,
  room_id: room_id ?? "",
  valid_from: "",
  valid_until: "",
});
