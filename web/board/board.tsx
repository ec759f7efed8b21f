import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Clinic } from "../../contract/clinic.ts";
import type { ConnectionState, Queue } from "../../client/queue-client.ts";
import { BoardRow } from "./board-row.tsx";
import { ClinicTime } from "../shared/clinic-time.ts";
import { Icon } from "../shared/icon.tsx";
import { byStage } from "../shared/stage.ts";
import { useClock } from "../shared/use-clock.ts";
import { useContact } from "../shared/use-contact.ts";
import { useQueue, type Watch } from "../shared/use-queue.ts";

/** As many rows as can be read from five metres away; other doctors are on further pages. */
const rowsAPage = 5;
const pageMs = 12_000;

interface Props {
  clinic: Clinic;
  watch: Watch;
  /** The waiting area whose doctors are shown; undefined for all. */
  areaId: string | undefined;
}

/** Today's queue for the waiting room: who is next with each doctor, and who comes after that. */
export function Board({ clinic, watch, areaId }: Props): JSX.Element {
  const { connection, queue } = useQueue(watch, clinic.today);
  const time = useMemo(() => new ClinicTime(clinic.timezone), [clinic.timezone]);
  const now = useClock(queue);
  const contact = useContact(connection);
  const lastLive = useLastLive(connection, now);
  const since = lastLive && time.clock(lastLive);
  return (
    <div class="board" data-connection={connection.name} data-contact={contact}>
      <header>
        <h1>Waiting room</h1>
        <p class="clock">{now && <time dateTime={now.toISOString()}>{time.clock(now)}</time>}</p>
      </header>
      {contact !== "fresh" && (
        <p class="break" role="status">
          <Icon name="offline" />
          {since === undefined ? "No connection yet" : `Not live since ${since}`}
        </p>
      )}
      <main>
        {contact === "lost" ? <p class="nothing">Please ask at the desk</p> : <Rows queue={queue} areaId={areaId} />}
      </main>
    </div>
  );
}

function Rows({ queue, areaId }: { queue: Queue | undefined; areaId: string | undefined }): JSX.Element {
  const rows = (queue?.doctors ?? [])
    .filter(({ area }) => areaId === undefined || area?.id === areaId)
    .map((section) => ({ section, waiting: byStage(section).waiting }))
    .filter(({ waiting }) => waiting.length > 0);
  const pages = Math.max(1, Math.ceil(rows.length / rowsAPage));
  const page = usePage(pages);
  if (!queue) return <p class="nothing">Connecting…</p>;
  if (rows.length === 0) return <p class="nothing">Nobody is waiting</p>;
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">Doctor</th>
            <th scope="col">Next</th>
            <th scope="col">Then</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(page * rowsAPage, (page + 1) * rowsAPage).map(({ section, waiting }) => (
            <BoardRow key={section.doctor.id} doctor={section.doctor} waiting={waiting} />
          ))}
        </tbody>
      </table>
      {pages > 1 && (
        <p class="pages">
          Page {page + 1} of {pages}
        </p>
      )}
    </>
  );
}

/** The number of the page to show; pages take turns. */
function usePage(pages: number): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (pages === 1) return;
    const timer = setInterval(() => setTurn((last) => last + 1), pageMs);
    return () => clearInterval(timer);
  }, [pages]);
  return turn % pages;
}

/** When the board was last live; undefined if it never was. */
function useLastLive({ name }: ConnectionState, now: Date | undefined): Date | undefined {
  const last = useRef<Date | undefined>(undefined);
  if (name === "live") last.current = now;
  return last.current;
}
