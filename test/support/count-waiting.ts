import type { Sql } from "../../db/database.ts";

/** How many connections of this name wait for a lock of another one, in the database of `sql`. */
export async function countWaiting(sql: Sql, name: string): Promise<number> {
  const [{ count }] = await sql<[{ count: number }]>`
    select count(*) from pg_stat_activity
    where datname = current_database() and application_name = ${name} and wait_event_type = 'Lock'
  `;
  return count;
}
