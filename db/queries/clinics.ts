import type * as contract from "../../contract/clinic.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";

export type Clinic = Pick<contract.Clinic, "code" | "name" | "today" | "timezone" | "languages">;

/** @param id of a clinic that exists. */
export async function readClinic(sql: Sql, id: string): Promise<Clinic> {
  const [clinic] = await sql<[Clinic]>`
    select code, name, clinic_today(id) as today, timezone, to_jsonb(languages) as languages
    from clinics where id = ${id}
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

/** Gives the clinic these settings unless it has got some before; see sql/clinics/configure_clinic.sql. The ones that it has then. */
export function configureClinic(
  sql: Sql,
  clinicId: string,
  settings: contract.ClinicUpdate,
): Statement<contract.ClinicSettings> {
  return sql<[contract.ClinicSettings]>`
    select ${settingsOf(sql)} from configure_clinic(${clinicId}, ${sql.json(settings)}) clinic, confirm_epoch()
  `;
}

/** @throws 22023 (invalid_parameter_value) for a time zone that Postgres does not know. */
export function changeClinic(
  sql: Sql,
  clinicId: string,
  changes: contract.ClinicUpdate,
  actor: Actor,
): Statement<contract.ClinicSettings> {
  return sql<[contract.ClinicSettings]>`
    select ${settingsOf(sql)} from change_clinic(${clinicId}, ${sql.json(changes)}, ${sql.json(actor)}) clinic
  `;
}

const settingsOf = (sql: Sql) => sql`
  clinic.name, clinic.timezone, clinic.daily_capacity, clinic.public_names, clinic.public_specialty,
  to_jsonb(clinic.languages) as languages, clinic.max_bookings_per_doctor_day, clinic.max_bookings_ahead,
  clinic.booking_horizon_days
`;

/** Renews every epoch when the database was restored; see sql/delivery/confirm_epoch.sql. */
export function confirmEpoch(sql: Sql): Statement {
  return sql<[object]>`select confirm_epoch()`;
}
