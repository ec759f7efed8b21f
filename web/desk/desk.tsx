import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useVisit } from "../shared/access/entrance.tsx";
import { Acting } from "../shared/actions/use-actions.tsx";
import { isLost } from "../shared/connection.ts";
import { writeShortDay } from "../shared/day.ts";
import { useLiveDay } from "../shared/live/use-live-day.ts";
import { LastLine } from "../shared/parts/last-line.tsx";
import { Shell } from "../shared/parts/shell.tsx";
import { useWords } from "../shared/words/use-words.tsx";
import { AttentionLine } from "./attention/attention-line.tsx";
import { Box } from "./box/box.tsx";
import { DateNavigation } from "./date-navigation.tsx";
import { deskContext, type DeskContext, type Opened } from "./desk-context.ts";
import { LiveSummary } from "./live-summary.tsx";
import { OpenedPart } from "./opened-part.tsx";
import { ParkedJobs } from "./parked-jobs.tsx";
import { Cards } from "./rows/cards.tsx";
import { findSameNames } from "./rows/same-names.ts";
import { useMinute } from "./rows/use-minute.ts";
import { Unknown } from "./unknown.tsx";
import { useChosenDate } from "./use-chosen-date.ts";
import { useDirectory } from "./use-directory.ts";
import { useParked } from "./use-parked.ts";
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
  const [opened, open] = useState<Opened>();
  const [parked, park] = useParked();
  const nowMs = useMinute(aheadMs);

  const now = useRef({ queue, directory, date, today, aheadMs });
  now.current = { queue, directory, date, today, aheadMs };
  const desk = useMemo(
    (): DeskContext => ({
      queue: () => now.current.queue,
      doctors: () => now.current.directory.doctors ?? [],
      rooms: () => now.current.directory.rooms,
      date: () => now.current.date ?? "",
      today: () => now.current.today ?? "",
      now: () => new Date(Date.now() + now.current.aheadMs),
      open,
      reload: () => now.current.directory.reload(),
    }),
    [],
  );
  const sameNames = useSameSet(useMemo(() => (queue ? findSameNames(queue) : nobody), [queue]));
  const isSomebodyNew = queue?.doctors.some(({ doctor }) => !directory.doctors?.some(({ id }) => id === doctor.id));
  useEffect(() => {
    if (isSomebodyNew && directory.doctors) directory.reload();
  }, [isSomebodyNew]);
  useTitle(date, isLost(connection.name));

  // Choosing today means to follow it: at midnight the desk must go on to the next day.
  const chooseOrFollow = (next: string): void => choose(next === today ? undefined : next);
  const brand = (
    <>
      <h1>
        {date === undefined ? words.say("desk") : writeShortDay(date, words.locale)}
        {isToday && day.isLive && <small> {time.clock(new Date(nowMs))}</small>}
      </h1>
      {date !== undefined && today !== undefined && (
        <DateNavigation date={date} today={today} choose={chooseOrFollow} />
      )}
      <Box queue={queue} isToday={isToday} />
    </>
  );
  const foot = (
    <LastLine>
      <ParkedJobs parked={parked} forget={(job) => park(job, undefined)} />
    </LastLine>
  );
  return (
    <deskContext.Provider value={desk}>
      <Acting day={day}>
        <Shell page="desk" brand={brand} day={day} foot={foot}>
          {queue ? (
            <>
              <AttentionLine queue={queue} isToday={isToday} nowMs={nowMs} />
              <Cards
                queue={queue}
                doctors={directory.doctors}
                sameNames={sameNames}
                openId={opened?.name === "row" ? opened.id : undefined}
                isToday={isToday}
                nowMs={nowMs}
              />
            </>
          ) : (
            <Unknown connection={connection} date={date} />
          )}
          <LiveSummary queue={queue} />
          <OpenedPart
            opened={opened}
            queue={queue}
            doctors={directory.doctors ?? []}
            sameNames={sameNames}
            isToday={isToday}
            park={park}
          />
        </Shell>
      </Acting>
    </deskContext.Provider>
  );
}

const nobody: ReadonlySet<string> = new Set();

/** The set before, as long as it has the same members, so that nothing is drawn again for it. */
function useSameSet(set: ReadonlySet<string>): ReadonlySet<string> {
  const last = useRef(set);
  const isSame = last.current.size === set.size && [...set].every((one) => last.current.has(one));
  if (!isSame) last.current = set;
  return last.current;
}

function useTitle(date: string | undefined, isNotLive: boolean): void {
  const words = useWords<typeof en>();
  useEffect(() => {
    const day = date === undefined ? "" : ` · ${writeShortDay(date, words.locale)}`;
    const mark = isNotLive ? `${words.say("notLive")} · ` : "";
    document.title = `${mark}${words.say("desk")}${day}`;
  }, [words, date, isNotLive]);
}
