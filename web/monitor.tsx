import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { ConnectionState } from "../client/queue-client.ts";
import { realtimeUrl } from "./clinic.ts";
import { ClinicTime } from "./clinic-time.ts";
import { isLost } from "./connection.ts";
import { ConnectionBadge } from "./connection-badge.tsx";
import { DateNavigation } from "./date-navigation.tsx";
import { writeDay } from "./day.ts";
import { DoctorList } from "./doctor-list.tsx";
import { OfflineNotice } from "./offline-notice.tsx";
import { SearchField } from "./search-field.tsx";
import { Totals } from "./totals.tsx";
import { useChosenDate } from "./use-chosen-date.ts";
import { useClinic, type ClinicState } from "./use-clinic.ts";
import { useQueue } from "./use-queue.ts";

/** The staff's page: one date's queue, live. */
export function Monitor(): JSX.Element {
  const clinicState = useClinic();
  const { clinic } = clinicState;
  const [chosen, choose] = useChosenDate();
  const [words, setWords] = useState("");
  const today = clinic?.today;
  const date = chosen ?? today;
  const watched = useQueue(clinic && realtimeUrl(clinic), date);
  const { queue, changes } = watched;
  const connection = clinic ? watched.connection : withoutClinic(clinicState, watched.connection);
  const time = useMemo(() => new ClinicTime(clinic?.timezone), [clinic?.timezone]);

  const lost = isLost(connection.name);
  useEffect(() => {
    const mark = lost ? "Not live · " : "";
    document.title = `${mark}${date === undefined ? "" : `${writeDay(date)} · `}Queue monitor`;
  }, [lost, date]);

  // Choosing today means to follow it: a monitor must not be left behind at midnight.
  const chooseOrFollow = (next: string): void => choose(next === today ? undefined : next);

  return (
    <div class="page" data-live={connection.name === "live" ? "true" : "false"}>
      {lost && <OfflineNotice since={time.dayAndClock(connection.since)} hasQueue={queue !== undefined} />}
      <header class="top">
        <div class="title">
          <p class="quiet">Queue monitor</p>
          <h1>{date === undefined ? "Queue" : writeDay(date)}</h1>
          {date !== undefined && date === today && <p class="tag">Today</p>}
        </div>
        {date !== undefined && today !== undefined && (
          <DateNavigation date={date} today={today} choose={chooseOrFollow} />
        )}
        <ConnectionBadge connection={connection} time={time} />
        <SearchField words={words} change={setWords} />
        {queue && <Totals queue={queue} />}
        {queue && <LastChange at={queue.changed_at} time={time} />}
      </header>
      <main>
        {queue ? (
          <DoctorList
            queue={queue}
            changes={changes}
            isToday={date === today}
            time={time}
            words={words}
            showAll={() => setWords("")}
          />
        ) : (
          <Unknown connection={connection} date={date} />
        )}
      </main>
      {clinic && <footer class="quiet">All times are the clinic’s, {time.zone.replace(/_/g, " ")}.</footer>}
    </div>
  );
}

function LastChange({ at, time }: { at: string | null; time: ClinicTime }): JSX.Element {
  return (
    <p class="last-change quiet">
      {at === null ? (
        "No change yet"
      ) : (
        <>
          Last change <time dateTime={at}>{time.dayAndClock(new Date(at))}</time>
        </>
      )}
    </p>
  );
}

/** Stands where the queue will be as soon as something is known of it. */
function Unknown({ connection, date }: { connection: ConnectionState; date: string | undefined }): JSX.Element {
  const what = date === undefined ? "the queue" : `the queue of ${writeDay(date)}`;
  if (connection.name === "offline") {
    return (
      <div class="message">
        <p>Cannot load {what} now</p>
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

/** Before the clinic is known there is no connection to speak of, only a server that answers or does not. */
function withoutClinic({ unreachableSince }: ClinicState, connection: ConnectionState): ConnectionState {
  return unreachableSince ? { name: "offline", since: unreachableSince } : connection;
}
