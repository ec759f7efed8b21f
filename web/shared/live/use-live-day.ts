import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { QueueClient, type ConnectionState, type Queue } from "../../../client/queue-client.ts";
import type { QueueHolder } from "../../../client/known-queue.ts";
import { useVisit } from "../access/entrance.tsx";
import { realtimeUrl } from "../clinic/clinic.ts";
import { KeptRows } from "./kept-rows.ts";

/** One date of the clinic, as staff or a doctor see it, live. */
export interface LiveDay {
  connection: ConnectionState;
  /** The last known queue of the date; undefined while there is none, and while nobody is signed in. */
  queue: Queue<"staff"> | undefined;
  /** Whether the queue is the state of now. */
  isLive: boolean;
  /** How far the server's clock is ahead of the browser's, in milliseconds. */
  aheadMs: number;
  holder: QueueHolder;
}

/** Messages are on their way for longer or shorter. A clock that seems to move by less is the same, and nothing is drawn for it. */
const shortMs = 500;

interface Heard {
  queue: Queue<"staff">;
  aheadMs: number;
}

/** Watches a date, `YYYY-MM-DD`; undefined while it is not known. The page is drawn once in a frame, whatever the number of changes. */
export function useLiveDay(date: string | undefined): LiveDay {
  const { clinic, unreachableSince, control } = useVisit();
  const { access, token, check } = control;
  const url = clinic && realtimeUrl(clinic);
  const client = useRef<QueueClient<"staff"> | undefined>(undefined);
  const [connection, setConnection] = useState<ConnectionState>({ name: "connecting", since: new Date() });
  const [heard, setHeard] = useState<Heard>();

  useLayoutEffect(() => {
    const isIn = access.name === "signed-in" || access.name === "open";
    if (url === undefined || !isIn) return;
    const opened = new QueueClient<"staff">({ url, ...(access.name === "signed-in" && { token }) });
    const kept = new KeptRows();
    const frames = new Frames<Heard>(({ queue: newest, aheadMs }) => {
      const queue = kept.take(newest);
      setHeard((last) => {
        const isAsFar = last !== undefined && Math.abs(aheadMs - last.aheadMs) < shortMs;
        return { queue, aheadMs: isAsFar ? last.aheadMs : aheadMs };
      });
    });
    opened.onState = (state) => {
      setConnection(state);
      if (state.name !== "unauthorized") return;
      frames.clear();
      setHeard(undefined);
      // A connection may also be refused because somebody else has signed in in another tab.
      if (access.name === "signed-in") void check();
    };
    opened.onQueue = (queue) => frames.set({ queue, aheadMs: Date.parse(queue.timestamp) - Date.now() });
    client.current = opened;
    setConnection(opened.state);
    return () => {
      frames.clear();
      opened.close();
      client.current = undefined;
      setHeard(undefined);
    };
  }, [url, access]);

  useLayoutEffect(() => {
    if (date !== undefined) client.current?.watch(date);
  }, [url, access, date]);

  const holder = useMemo(
    (): QueueHolder => ({
      get queue() {
        return client.current?.queue;
      },
      until: (isSo, options) => client.current?.until(isSo, options) ?? Promise.reject(new Error("Nothing is watched")),
    }),
    [],
  );
  const shown: ConnectionState =
    !clinic && unreachableSince ? { name: "offline", since: unreachableSince } : connection;
  const queue = heard?.queue.date === date ? heard?.queue : undefined;
  const isLive = shown.name === "live" && queue !== undefined;
  const aheadMs = heard?.aheadMs ?? 0;
  return useMemo(
    () => ({ connection: shown, queue, isLive, aheadMs, holder }),
    [shown.name, shown.since, queue, isLive, aheadMs, holder],
  );
}

/** A page that nobody sees draws no frames, but its title is read. */
const hiddenMs = 500;

/** Hands on the newest of many values, once a frame. */
class Frames<T> {
  readonly #show: (value: T) => void;
  #cancel: (() => void) | undefined;

  constructor(show: (value: T) => void) {
    this.#show = show;
  }

  set(value: T): void {
    this.#cancel?.();
    const show = (): void => {
      this.#cancel = undefined;
      this.#show(value);
    };
    if (document.hidden) {
      const timer = setTimeout(show, hiddenMs);
      this.#cancel = () => clearTimeout(timer);
    } else {
      const frame = requestAnimationFrame(show);
      this.#cancel = () => cancelAnimationFrame(frame);
    }
  }

  clear(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
