import type { Sql } from "../../db/database.ts";

/** How many connections of this name wait for a lock of another one, in the database of `sql`. */
export async function countWaiting(sql: Sql, name: string): Promise<number> {
  const [{ count }] = await sql<[{ count: number }]>`
    select count(*) from pg_stat_activity
    where datname = current_database() and application_name = ${name} and wait_event_type = 'Lock'
  `;
  return count;
}

/** How many connections wait for a transaction to end, also behind others that wait for it; by its process of Postgres. */
export async function countWaitingFor(sql: Sql, holder: number): Promise<number> {
  const [{ count }] = await sql<[{ count: number }]>`
    with recursive waiting (pid) as (
      select ${holder}::integer
      union
      select activity.pid
      from pg_stat_activity activity, waiting
      where wait_event_type = 'Lock' and waiting.pid = any (pg_blocking_pids(activity.pid))
    )
    select count(*) - 1 as count from waiting
  `;
  return count;
}
