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

/** A clinic as operators see it. */
export type AdministeredClinic = Omit<contract.ListedClinic, "created_at"> & { created_at: Date };

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

/** All clinics, by their codes. */
export async function listClinics(sql: Sql): Promise<AdministeredClinic[]> {
  return sql<AdministeredClinic[]>`select ${administeredOf(sql)} from clinics clinic order by code`;
}

export interface Invitation {
  /** Of the token that is in the link. */
  digest: string;
  lifetimeS: number;
}

/** @throws CQ013 another clinic has the code · 22023 a time zone that Postgres does not know. */
export function addClinic(
  sql: Sql,
  { code, name, timezone }: contract.NewClinic,
  { digest, lifetimeS }: Invitation,
  actor: Actor,
): Statement<AdministeredClinic> {
  return sql<[AdministeredClinic]>`
    select ${administeredOf(sql)}
    from add_clinic(${code}, ${name}, ${timezone}, ${digest}, ${lifetimeS}, ${sql.json(actor)}) clinic
  `;
}

/** @throws CQ001 no such clinic · CQ002 the default clinic is not suspended · 22023 an unknown time zone. */
export function administerClinic(
  sql: Sql,
  code: string,
  changes: contract.ClinicChange,
  actor: Actor,
): Statement<AdministeredClinic> {
  return sql<[AdministeredClinic]>`
    select ${administeredOf(sql)} from administer_clinic(${code}, ${sql.json(changes)}, ${sql.json(actor)}) clinic
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

/** @param id of a clinic that exists. */
export async function readSettings(sql: Sql, id: string): Promise<contract.ClinicSettings> {
  const [settings] = await sql<[contract.ClinicSettings]>`
    select ${settingsOf(sql)} from clinics clinic where id = ${id}
  `;
  return settings;
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

const administeredOf = (sql: Sql) => sql`
  clinic.code, clinic.name, clinic.timezone, clinic.suspended_at is not null as suspended, clinic.created_at
`;

const settingsOf = (sql: Sql) => sql`
  clinic.name, clinic.timezone, clinic.daily_capacity, clinic.public_names, clinic.public_specialty,
  to_jsonb(clinic.languages) as languages, clinic.max_bookings_per_doctor_day, clinic.max_bookings_ahead,
  clinic.booking_horizon_days, to_char(clinic.day_starts_at, 'HH24:MI') as day_starts_at, clinic.queue_order,
  clinic.walk_in_delay_minutes, clinic.cancellation_notice_minutes, clinic.lateness_grace_minutes,
  clinic.check_in_opens_minutes, clinic.requires_presence_code
`;

/** Renews every epoch when the database was restored; see sql/delivery/epochs/confirm_epoch.sql. */
export function confirmEpoch(sql: Sql): Statement {
  return sql<[object]>`select confirm_epoch()`;
}
