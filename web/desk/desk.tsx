import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useVisit } from "../shared/access/entrance.tsx";
import { Acting } from "../shared/actions/use-actions.tsx";
import { isLost } from "../shared/live/connection.ts";
import { writeShortDay } from "../shared/times/day.ts";
import { useLiveDay } from "../shared/live/use-live-day.ts";
import { LastLine } from "../shared/parts/last-line.tsx";
import { Shell } from "../shared/parts/shell.tsx";
import { useDirectory, type ListedDoctor } from "../shared/clinic/use-directory.ts";
import { useWords } from "../shared/words/use-words.tsx";
import { AttentionLine } from "./attention/attention-line.tsx";
import { Box } from "./box/box.tsx";
import { LaterCalendar, useFetchedCalendar } from "./calendar/later-calendar.tsx";
import { DateNavigation } from "./date/date-navigation.tsx";
import { deskContext, type DeskContext, type Errand, type Opened } from "./desk-context.ts";
import { LiveSummary } from "./live-summary.tsx";
import { openedInAddress } from "./opened-in-address.ts";
import { OpenedPart } from "./opened-part.tsx";
import { ParkedJobs } from "./parked-jobs.tsx";
import { Cards } from "./rows/cards.tsx";
import { useMinute } from "./rows/use-minute.ts";
import { useSameNames } from "./rows/use-same-names.ts";
import { Unknown } from "./unknown.tsx";
import { useChosenDate } from "./date/use-chosen-date.ts";
import { useParked } from "./use-parked.ts";
import { useView } from "./use-view.ts";
import type { en } from "./words/en.ts";

/** The whole front desk, on one date. */
export function Desk(): JSX.Element {
  const words = useWords<typeof en>();
  const { clinic, control, time } = useVisit();
  const [chosen, choose] = useChosenDate();
  const today = clinic?.today;
  const date = chosen ?? today;
  const isToday = date !== undefined && date === today;
  const day = useLiveDay(date);
  const { queue, connection, aheadMs } = day;
  const directory = useDirectory(control.access.name === "signed-in" || control.access.name === "open", today);
  const [opened, open] = useState<Opened | undefined>(openedInAddress);
  const [parked, park] = useParked();
  const [view, show] = useView();
  const [errand, setErrand] = useState<Errand>();
  useFetchedCalendar();
  const nowMs = useMinute(aheadMs);

  // Choosing today means to follow it: at midnight the desk must go on to the next day.
  const chooseOrFollow = useCallback((next: string) => choose(next === today ? undefined : next), [today, choose]);
  function seek(wanted: Errand, onDate: string | undefined): void {
    if (onDate !== undefined) chooseOrFollow(onDate);
    if (view.name === "queue") show({ name: "day" });
    setErrand(wanted);
    open(undefined);
  }
  const now = useRef({ queue, directory, date, today, aheadMs, seek, chooseOrFollow });
  now.current = { queue, directory, date, today, aheadMs, seek, chooseOrFollow };
  const desk = useMemo(
    (): DeskContext => ({
      queue: () => now.current.queue,
      doctors: () => now.current.directory.doctors ?? [],
      rooms: () => now.current.directory.rooms,
      date: () => now.current.date ?? "",
      today: () => now.current.today ?? "",
      now: () => new Date(Date.now() + now.current.aheadMs),
      open,
      chooseDate: (next) => now.current.chooseOrFollow(next),
      seek: (wanted, onDate) => now.current.seek(wanted, onDate),
      reload: () => now.current.directory.reload(),
    }),
    [],
  );
  const sameNames = useSameNames(queue);
  const listed = useMemo(() => new Set(directory.doctors?.map(({ id }) => id)), [directory.doctors]);
  const isSomebodyNew = queue?.doctors.some(({ doctor }) => !listed.has(doctor.id));
  useEffect(() => {
    if (isSomebodyNew && directory.doctors) directory.reload();
  }, [isSomebodyNew]);
  useTitle(date, isLost(connection.name));

  const openId = opened?.name === "row" ? opened.id : undefined;
  // What does not follow the queue stays the same element, which is not drawn again when the queue changes.
  const isNow = isToday && day.isLive;
  const dayShown = useMemo(
    () => (
      <>
        <h1>
          {date === undefined ? words.say("desk") : writeShortDay(date, words.locale)}
          {isNow && <small> {time.clock(new Date(nowMs))}</small>}
        </h1>
        {date !== undefined && today !== undefined && <DateNavigation date={date} today={today} />}
      </>
    ),
    [words, time, date, today, isNow, nowMs],
  );
  const foot = useMemo(
    () => (
      <LastLine>
        <ParkedJobs parked={parked} forget={(job) => park(job, undefined)} />
      </LastLine>
    ),
    // What was done can be taken back for some time.
    [parked, park, nowMs],
  );
  const brand = (
    <>
      {dayShown}
      <Box queue={queue} isToday={isToday} />
    </>
  );
  return (
    <deskContext.Provider value={desk}>
      <Acting day={day}>
        <Shell page="desk" brand={brand} day={day} foot={foot}>
          {queue && <AttentionLine queue={queue} isToday={isToday} nowMs={nowMs} view={view} show={show} />}
          {view.name !== "queue" && date !== undefined && (
            <LaterCalendar
              view={view}
              show={show}
              queue={queue}
              doctors={directory.doctors ?? noDoctors}
              openId={openId}
              nowMs={nowMs}
              errand={errand}
              endErrand={() => setErrand(undefined)}
              park={park}
            />
          )}
          {view.name === "queue" &&
            (queue ? (
              <Cards
                queue={queue}
                doctors={directory.doctors}
                sameNames={sameNames}
                openId={openId}
                isToday={isToday}
                nowMs={nowMs}
              />
            ) : (
              <Unknown connection={connection} date={date} />
            ))}
          <LiveSummary queue={queue} />
          <OpenedPart opened={opened} queue={queue} sameNames={sameNames} isToday={isToday} park={park} />
        </Shell>
      </Acting>
    </deskContext.Provider>
  );
}

const noDoctors: readonly ListedDoctor[] = [];

function useTitle(date: string | undefined, isNotLive: boolean): void {
  const words = useWords<typeof en>();
  useEffect(() => {
    const day = date === undefined ? "" : ` · ${writeShortDay(date, words.locale)}`;
    const mark = isNotLive ? `${words.say("notLive")} · ` : "";
    document.title = `${mark}${words.say("desk")}${day}`;
  }, [words, date, isNotLive]);
}
