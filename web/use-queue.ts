import { useEffect, useRef, useState } from "preact/hooks";
import { QueueClient, type ConnectionState, type Queue } from "../client/queue-client.ts";
import { findChanges, type Changes } from "./find-changes.ts";

export interface WatchedQueue {
  connection: ConnectionState;
  /** The watched date's queue as last heard; absent until it was. */
  queue: Queue | undefined;
  changes: Changes;
}

interface Heard {
  queue?: Queue;
  changes: Changes;
}

/**
 * Watches a date's queue. What was heard of it last is kept while the connection is away.
 *
 * @param url the WebSocket endpoint; undefined while it is not known
 * @param date `YYYY-MM-DD`; undefined while it is not known
 */
export function useQueue(url: string | undefined, date: string | undefined): WatchedQueue {
  const client = useRef<QueueClient | undefined>(undefined);
  const [connection, setConnection] = useState<ConnectionState>({ name: "connecting", since: new Date() });
  const [heard, setHeard] = useState<Heard>({ changes: new Map() });

  useEffect(() => {
    if (url === undefined) return;
    const opened = new QueueClient({ url });
    opened.onState = setConnection;
    opened.onQueue = (queue) => {
      setHeard((last) => ({ queue, changes: findChanges(last.queue, queue, last.changes) }));
    };
    client.current = opened;
    setConnection(opened.state);
    return () => {
      opened.close();
      client.current = undefined;
    };
  }, [url]);

  useEffect(() => {
    if (date !== undefined) client.current?.watch(date);
  }, [url, date]);

  return { connection, queue: heard.queue?.date === date ? heard.queue : undefined, changes: heard.changes };
}
