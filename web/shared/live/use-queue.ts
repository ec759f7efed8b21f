import { useEffect, useRef, useState } from "preact/hooks";
import {
  QueueClient,
  type ConnectionState,
  type Queue,
  type QueueClientOptions,
} from "../../../client/queue-client.ts";
import { findChanges, type Changes } from "./find-changes.ts";

export interface WatchedQueue {
  connection: ConnectionState;
  /** The last known queue of the watched date. */
  queue: Queue | undefined;
  changes: Changes;
}

/** How a page watches. A new object makes a new client, which knows nothing yet. */
export interface Watch {
  /** The WebSocket endpoint. */
  url: string;
  token?: NonNullable<QueueClientOptions["token"]>;
  view?: "public";
  /** Called when the server does not let the page in. */
  onRefused?: () => void;
}

interface Heard {
  queue?: Queue;
  changes: Changes;
}

/**
 * Watches a date's queue. The last known queue is kept while there is no connection, unless the page may not see it.
 *
 * @param watch undefined while it is not known how to watch; the same object as long as nothing in it changes
 * @param date `YYYY-MM-DD`; undefined while it is not known
 */
export function useQueue(watch: Watch | undefined, date: string | undefined): WatchedQueue {
  const client = useRef<QueueClient | undefined>(undefined);
  const [connection, setConnection] = useState<ConnectionState>({ name: "connecting", since: new Date() });
  const [heard, setHeard] = useState<Heard>({ changes: new Map() });

  useEffect(() => {
    if (watch === undefined) return;
    const { url, token, onRefused } = watch;
    const opened = new QueueClient({ url, ...(token && { token }) });
    opened.onState = (state) => {
      setConnection(state);
      if (state.name !== "unauthorized") return;
      setHeard({ changes: new Map() });
      onRefused?.();
    };
    opened.onQueue = (queue) => {
      setHeard((last) => ({ queue, changes: findChanges(last.queue, queue, last.changes) }));
    };
    client.current = opened;
    setConnection(opened.state);
    return () => {
      opened.close();
      client.current = undefined;
      setHeard({ changes: new Map() });
    };
  }, [watch]);

  useEffect(() => {
    if (date !== undefined) client.current?.watch(date, watch?.view && { view: watch.view });
  }, [watch, date]);

  return { connection, queue: heard.queue?.date === date ? heard.queue : undefined, changes: heard.changes };
}
