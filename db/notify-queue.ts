import type { Sql } from "./database.ts";

/** How full the queue of notifications is, of the whole cluster: 0 to 1. When it is full nothing commits that notifies. */
export async function readNotifyQueueUsage(sql: Sql): Promise<number> {
  const [row] = await sql<[{ usage: number }]>`select pg_notification_queue_usage() as usage`;
  return row.usage;
}
