import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ConnectionState } from "../../client/queue-client.ts";
import { useVisit } from "../shared/access/entrance.tsx";
import { Acting } from "../shared/actions/use-actions.tsx";
import type { ClinicTime } from "../shared/clinic-time.ts";
import { isLost } from "../shared/connection.ts";
import { writeDay } from "../shared/day.ts";
import { useLiveDay } from "../shared/live/use-live-day.ts";
import { LastLine } from "../shared/parts/last-line.tsx";
import { Shell } from "../shared/parts/shell.tsx";
import { DateNavigation } from "./date-navigation.tsx";
import { DoctorList } from "./doctor-list.tsx";
import { SearchField } from "./search-field.tsx";
import { Totals } from "./totals.tsx";
import { useChosenDate } from "./use-chosen-date.ts";

/** One date's queue, live. */
export function Monitor(): JSX.Element {
  const { clinic, time } = useVisit();
  const [chosen, choose] = useChosenDate();
  const [words, setWords] = useState("");
  const today = clinic?.today;
  const date = chosen ?? today;
  const day = useLiveDay(date);
  const { queue, connection } = day;

  const lost = isLost(connection.name);
  useEffect(() => {
    const mark = lost ? "Not live · " : "";
    document.title = `${mark}${date === undefined ? "" : `${writeDay(date, "en-GB")} · `}Queue monitor`;
  }, [lost, date]);

  // Choosing today means to follow it: at midnight the monitor must go on to the next day.
  const chooseOrFollow = (next: string): void => choose(next === today ? undefined : next);

  const brand = (
    <>
      <div class="title">
        <h1>{date === undefined ? "Queue" : writeDay(date, "en-GB")}</h1>
      </div>
      {date !== undefined && today !== undefined && (
        <DateNavigation date={date} today={today} choose={chooseOrFollow} />
      )}
      <SearchField words={words} change={setWords} />
    </>
  );
  return (
    <Acting day={day}>
      <Shell page="desk" brand={brand} day={day} foot={<LastLine />}>
        {queue && <Totals queue={queue} />}
        {queue && <LastChange at={queue.changed_at} time={time} />}
        {queue ? (
          <DoctorList
            queue={queue}
            changes={new Map()}
            isToday={date === today}
            time={time}
            words={words}
            showAll={() => setWords("")}
          />
        ) : (
          <Unknown connection={connection} date={date} />
        )}
      </Shell>
    </Acting>
  );
}

function LastChange({ at, time }: { at: string | null; time: ClinicTime }): JSX.Element {
  return (
    <p class="last-change quiet">
      {at === null ? (
        "No changes yet"
      ) : (
        <>
          Last change <time dateTime={at}>{time.dayAndClock(new Date(at))}</time>
        </>
      )}
    </p>
  );
}

/** Stands in for the queue until something is known of it. */
function Unknown({ connection, date }: { connection: ConnectionState; date: string | undefined }): JSX.Element {
  const what = date === undefined ? "the queue" : `the queue of ${writeDay(date, "en-GB")}`;
  if (connection.name === "unauthorized") {
    return (
      <div class="message">
        <p>You do not have access to {what}</p>
      </div>
    );
  }
  if (connection.name === "offline") {
    return (
      <div class="message">
        <p>{`Cannot load ${what} at the moment`}</p>
        <p class="quiet">It appears here as soon as the server can be reached again.</p>
      </div>
    );
  }
  return (
    <div class="message loading" aria-busy="true">
      <p>Loading {what}…</p>
    </div>
  );
}
