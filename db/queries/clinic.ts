import type * as contract from "../../contract/clinic.ts";
import type { Sql, Statement } from "../database.ts";

export type Clinic = Pick<contract.Clinic, "today" | "timezone">;

export async function readClinic(sql: Sql): Promise<Clinic> {
  const [clinic] = await sql<[Clinic]>`select clinic_today() as today, timezone from clinic`;
  return clinic;
}

export interface ClinicSettings {
  timezone: string;
  dailyCapacity: number;
  publicNames: "ticket" | "initials" | "first_name";
  publicSpecialty: boolean;
  /** Active bookings of a patient with one doctor on one date, when the patient or a program books. */
  maxBookingsPerDoctorDay: number;
  /** Active bookings of a patient from today on, when the patient or a program books. */
  maxBookingsAhead: number;
  bookingHorizonDays: number;
}

/** Makes these the clinic's settings, for every process. */
export function configureClinic(sql: Sql, settings: ClinicSettings): Statement {
  const { timezone, dailyCapacity, publicNames, publicSpecialty } = settings;
  const { maxBookingsPerDoctorDay, maxBookingsAhead, bookingHorizonDays } = settings;
  return sql<[object]>`
    select
      configure_clinic(
        ${timezone}, ${dailyCapacity}, ${publicNames}, ${publicSpecialty}, ${maxBookingsPerDoctorDay},
        ${maxBookingsAhead}, ${bookingHorizonDays}
      ),
      confirm_epoch()
  `;
}

/** Renews the epoch when the database was restored; see sql/delivery/confirm_epoch.sql. */
export function confirmEpoch(sql: Sql): Statement {
  return sql<[object]>`select confirm_epoch()`;
}
