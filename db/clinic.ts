import type { Sql } from "./database.ts";

export interface Clinic {
  /** The date on the clinic's wall, `YYYY-MM-DD`. */
  today: string;
  timezone: string;
}

export async function readClinic(sql: Sql): Promise<Clinic> {
  const [clinic] = await sql<[Clinic]>`select clinic_today() as today, timezone from clinic`;
  return clinic;
}

/** Makes these the clinic's settings, for every process. */
export async function configureClinic(sql: Sql, timezone: string, dailyCapacity: number): Promise<void> {
  await sql`select configure_clinic(${timezone}, ${dailyCapacity}), confirm_epoch()`;
}

/** Renews the epoch when the database was restored; see sql/confirm_epoch.sql. */
export async function confirmEpoch(sql: Sql): Promise<void> {
  await sql`select confirm_epoch()`;
}
