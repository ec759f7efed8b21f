import type * as contract from "../../contract/clinic.ts";
import type { Sql, Statement } from "../database.ts";

export type Clinic = Pick<contract.Clinic, "code" | "name" | "today" | "timezone">;

/** @param id of a clinic that exists. */
export async function readClinic(sql: Sql, id: string): Promise<Clinic> {
  const [clinic] = await sql<[Clinic]>`
    select code, name, clinic_today(id) as today, timezone from clinics where id = ${id}
  `;
  return clinic;
}

export interface ListedClinic {
  id: string;
  code: string;
  is_default: boolean;
}

/** The clinics with these codes; for an empty code, the default clinic. */
export async function findClinics(sql: Sql, codes: string[]): Promise<ListedClinic[]> {
  return sql<ListedClinic[]>`
    select id, code, is_default from clinics
    where code = any (string_to_array(${codes.join(",")}, ',')) or (is_default and ${codes.includes("")})
  `;
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
export function configureClinic(sql: Sql, clinicId: string, settings: ClinicSettings): Statement {
  const { timezone, dailyCapacity, publicNames, publicSpecialty } = settings;
  const { maxBookingsPerDoctorDay, maxBookingsAhead, bookingHorizonDays } = settings;
  return sql<[object]>`
    select
      configure_clinic(
        ${clinicId}, ${timezone}, ${dailyCapacity}, ${publicNames}, ${publicSpecialty}, ${maxBookingsPerDoctorDay},
        ${maxBookingsAhead}, ${bookingHorizonDays}
      ),
      confirm_epoch()
  `;
}

/** Renews every epoch when the database was restored; see sql/delivery/confirm_epoch.sql. */
export function confirmEpoch(sql: Sql): Statement {
  return sql<[object]>`select confirm_epoch()`;
}
