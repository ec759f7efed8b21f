import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Clinic } from "../../contract/clinic.ts";
import type { ConnectionState, Queue } from "../../client/queue-client.ts";
import { BoardHeader } from "./board-header.tsx";
import { CalledBefore } from "./called-before.tsx";
import { partCalls, type ShownCall } from "./calls.ts";
import { doctorRows, noticesOf } from "./doctor-rows.ts";
import { NextList } from "./next-list.tsx";
import { NoticeLine } from "./notice-line.tsx";
import { NowCalling } from "./now-calling.tsx";
import type { PairedScreen } from "./screen-token.ts";
import { useCalls } from "./use-calls.ts";
import { usePresenceCode } from "./use-presence-code.ts";
import { useBoardWords } from "./words/use-board-words.ts";
import type { ClinicTime } from "../shared/times/clinic-time.ts";
import { Icon } from "../shared/parts/icon.tsx";
import { useClock } from "../shared/times/use-clock.ts";
import { useContact } from "../shared/clinic/use-contact.ts";
import { useQueue, type Watch } from "../shared/live/use-queue.ts";

const pageMs = 12_000;

interface Props {
  clinic: Clinic;
  watch: Watch;
  /** What the desk made of this screen; undefined where no screen is paired. */
  screen: PairedScreen | undefined;
}

/** Today's queue for the waiting room: who is called where, who was, and who comes next with each doctor. */
export function Board({ clinic, watch, screen }: Props): JSX.Element {
  const { connection, queue: watched } = useQueue(watch, clinic.today);
  // A board asks for the public view. The server cuts it to the area that the screen is paired for.
  const queue = watched as Queue<"public"> | undefined;
  const calls = useCalls(queue);
  const words = useBoardWords();
  const time = useMemo(() => words.timesAt(clinic.timezone), [words, clinic.timezone]);
  const now = useClock(queue);
  const contact = useContact(connection);
  const presenceCode = usePresenceCode();
  const lastLive = useLastLive(connection, now);
  const since = lastLive && time.clock(lastLive);
  return (
    <div class="board" data-connection={connection.name} data-contact={contact}>
      <BoardHeader
        title={titleOf(clinic, queue, screen)}
        screenName={screen?.name}
        presenceCode={presenceCode}
        clock={now && time.clock(now)}
      />
      {contact !== "fresh" && (
        <p class="break" role="status">
          <Icon name="offline" />
          {since === undefined ? words.say("noConnection") : words.say("notLiveSince", { time: since })}
        </p>
      )}
      {contact === "lost" || !queue ? (
        <main>
          <p class="nothing">{words.say(contact === "lost" ? "askDesk" : "connecting")}</p>
        </main>
      ) : (
        <Shown queue={queue} calls={calls} time={time} isFresh={contact === "fresh"} />
      )}
    </div>
  );
}

interface ShownProps {
  queue: Queue<"public">;
  calls: ShownCall[];
  time: ClinicTime;
  isFresh: boolean;
}

function Shown({ queue, calls, time, isFresh }: ShownProps): JSX.Element {
  const turn = useTurns();
  const nowMs = Date.now();
  const { now, before } = partCalls(calls, nowMs);
  return (
    <main class="shown">
      <NowCalling calls={now} nowMs={nowMs} />
      <NextList rows={doctorRows(queue.doctors)} time={time} turn={turn} />
      <CalledBefore calls={before} turn={turn} />
      {/* What may have changed makes room for the line that says so. */}
      {isFresh && <NoticeLine notices={noticesOf(queue.doctors)} turn={turn} />}
    </main>
  );
}

/** What the waiting room is called: its area, which the queue names while a doctor works there, or else the clinic. */
function titleOf(clinic: Clinic, queue: Queue | undefined, screen: PairedScreen | undefined): string {
  if (screen?.areaId === undefined) return clinic.name;
  return queue?.doctors[0]?.area?.name ?? screen.name ?? clinic.name;
}

/** How many pages were turned: one every 12 s. */
function useTurns(): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((last) => last + 1), pageMs);
    return () => clearInterval(timer);
  }, []);
  return turn;
}

/** When the board was last live; undefined if it never was. */
function useLastLive({ name }: ConnectionState, now: Date | undefined): Date | undefined {
  const last = useRef<Date | undefined>(undefined);
  if (name === "live") last.current = now;
  return last.current;
}
