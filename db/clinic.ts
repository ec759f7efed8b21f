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

export interface ClinicSettings {
  timezone: string;
  dailyCapacity: number;
  publicNames: "ticket" | "initials" | "first_name";
  publicSpecialty: boolean;
}

/** Makes these the clinic's settings, for every process. */
export async function configureClinic(sql: Sql, settings: ClinicSettings): Promise<void> {
  const { timezone, dailyCapacity, publicNames, publicSpecialty } = settings;
  await sql`
    select configure_clinic(${timezone}, ${dailyCapacity}, ${publicNames}, ${publicSpecialty}), confirm_epoch()
  `;
}

/** Renews the epoch when the database was restored; see sql/confirm_epoch.sql. */
export async function confirmEpoch(sql: Sql): Promise<void> {
  await sql`select confirm_epoch()`;
}
