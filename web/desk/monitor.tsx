import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Clinic } from "../../contract/clinic.ts";
import type { ConnectionState } from "../../client/queue-client.ts";
import { AccountBar } from "./account-bar.tsx";
import { realtimeUrl } from "../shared/clinic.ts";
import { ClinicTime } from "../shared/clinic-time.ts";
import { isLost } from "../shared/connection.ts";
import { ClosedNotice } from "../shared/closed-notice.tsx";
import { ConnectionBadge } from "../shared/connection-badge.tsx";
import { DateNavigation } from "./date-navigation.tsx";
import { writeDay } from "./day.ts";
import { DoctorList } from "./doctor-list.tsx";
import { OfflineNotice } from "../shared/offline-notice.tsx";
import { SearchField } from "./search-field.tsx";
import { SignIn } from "./sign-in.tsx";
import { Totals } from "./totals.tsx";
import { useAccess, type AccessControl } from "../shared/use-access.ts";
import { useChosenDate } from "./use-chosen-date.ts";
import { useClinic, type ClinicState } from "../shared/use-clinic.ts";
import { useQueue, type Watch } from "../shared/use-queue.ts";
import { basePath } from "../shared/base-path.ts";

/** The staff's page, for those who may see it. */
export function Monitor(): JSX.Element {
  const clinicState = useClinic();
  const control = useAccess(clinicState.clinic);
  const { access, check } = control;
  const isSignedOut = access.name === "signed-out";
  useEffect(() => {
    if (isSignedOut) document.title = "Sign in · Queue monitor";
  }, [isSignedOut]);

  if (clinicState.isClosed) return <ClosedNotice />;
  if (isSignedOut) return <SignIn reason={access.reason} onSignedIn={check} />;
  return <LiveDay clinicState={clinicState} control={control} />;
}

/** One date's queue, live. */
function LiveDay({ clinicState, control }: { clinicState: ClinicState; control: AccessControl }): JSX.Element {
  const { clinic } = clinicState;
  const [chosen, choose] = useChosenDate();
  const [words, setWords] = useState("");
  const today = clinic?.today;
  const date = chosen ?? today;
  const watched = useQueue(useWatch(clinic, control), date);
  const { queue, changes } = watched;
  const connection = clinic ? watched.connection : withoutClinic(clinicState, watched.connection);
  const time = useMemo(() => new ClinicTime(clinic?.timezone), [clinic?.timezone]);

  const lost = isLost(connection.name);
  useEffect(() => {
    const mark = lost ? "Not live · " : "";
    document.title = `${mark}${date === undefined ? "" : `${writeDay(date)} · `}Queue monitor`;
  }, [lost, date]);

  // Choosing today means to follow it: at midnight the monitor must go on to the next day.
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
        <AccountBar control={control} link={{ href: `${basePath}/screens`, text: "Screens" }} />
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
      {clinic && <footer class="quiet">Times are those at the clinic ({time.zone.replace(/_/g, " ")}).</footer>}
    </div>
  );
}

/** How to watch, once it is known who is signed in. */
function useWatch(clinic: Clinic | undefined, { access, token, check }: AccessControl): Watch | undefined {
  const url = clinic && realtimeUrl(clinic);
  return useMemo(() => {
    if (url === undefined || access.name === "unknown") return undefined;
    // A connection may also be refused because somebody else has signed in in another tab.
    return access.name === "signed-in" ? { url, token, onRefused: () => void check() } : { url };
  }, [url, access]);
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
  const what = date === undefined ? "the queue" : `the queue of ${writeDay(date)}`;
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

/** Before the clinic is known there is no connection to speak of, only a server that answers or does not. */
function withoutClinic({ unreachableSince }: ClinicState, connection: ConnectionState): ConnectionState {
  return unreachableSince ? { name: "offline", since: unreachableSince } : connection;
}
