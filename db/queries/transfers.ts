import type { Refusal, TransferKind } from "../../contract/transfer.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";

/** A line of a file, as its import function takes it. */
export type ImportLine = { line: number } & Record<string, unknown>;

export interface Imported {
  added: number;
  existing: number;
  refused: Refusal[];
  /** Of appointments alone. */
  ids?: string[];
}

interface Import {
  clinicId: string;
  lines: ImportLine[];
  actor: Actor;
  /** Nothing is kept; of doctors and schedules only because the caller rolls back. */
  isDry: boolean;
}

/** Imports lines of a file; see import_patients.sql and so on. */
export function importLines(sql: Sql, kind: TransferKind, { clinicId, lines, actor, isDry }: Import) {
  const given = sql.json(lines as never);
  const by = sql.json(actor);
  switch (kind) {
    case "doctors":
      return sql<[{ answer: Imported }]>`select import_doctors(${clinicId}, ${given}, ${by}) as answer`;
    case "patients":
      return sql<[{ answer: Imported }]>`select import_patients(${clinicId}, ${given}, ${by}, ${isDry}) as answer`;
    case "schedules":
      return sql<[{ answer: Imported }]>`select import_schedules(${clinicId}, ${given}, ${by}) as answer`;
    case "appointments":
      return sql<[{ answer: Imported }]>`select import_appointments(${clinicId}, ${given}, ${by}, ${isDry}) as answer`;
  }
}

/** Deletes what a file added; see take_back_import.sql. */
export function takeBackImport(sql: Sql, clinicId: string, ids: string[], actor: Actor): Statement {
  return sql<[object]>`select take_back_import(${clinicId}, ${sql.json(ids)}, ${sql.json(actor)})`;
}

/** Offers what schedules have made free; see offer_schedules.sql. */
export function offerSchedules(sql: Sql, clinicId: string, codes: string[], actor: Actor): Statement {
  return sql<[object]>`select offer_schedules(${clinicId}, ${sql.json(codes)}, ${sql.json(actor)})`;
}

/** Records an import or export in the audit trail, with counts and nothing of anybody. */
export function recordTransfer(
  sql: Sql,
  clinicId: string,
  { action, kind, counts }: { action: "import" | "export"; kind: TransferKind; counts: Record<string, number> },
  actor: Actor,
): Statement {
  return sql<[object]>`
    select record_transfer(${clinicId}, ${action}, ${kind}, ${sql.json(counts)}, ${sql.json(actor)})
  `;
}

export interface PatientRow {
  id: string;
  name: string;
  phone: string | null;
  birth_date: string | null;
  age: number | null;
  gender: string | null;
  email: string | null;
  shares_phone: boolean;
  ticket_only: boolean;
  needs: Record<string, string | boolean>;
}

/** Patients by id, after one; first those whose phone is theirs, because the others are registered beside them. */
export async function patientsToExport(
  sql: Sql,
  clinicId: string,
  { sharing, after, limit }: { sharing: boolean; after: string | null; limit: number },
): Promise<PatientRow[]> {
  return sql<PatientRow[]>`
    select id, name, phone, birth_date, age, gender, email, shares_phone, ticket_only, needs from patients
    where clinic_id = ${clinicId} and erased_at is null and shares_phone = ${sharing}
      and (${after}::uuid is null or id > ${after})
    order by id
    limit ${limit}
  `;
}

export interface DoctorRow {
  code: string;
  name: string;
  specialty: string | null;
  ticket_prefix: string;
  area: string | null;
  room: string | null;
  kind: string;
  daily_capacity: number | null;
  retired: boolean;
}

export async function doctorsToExport(sql: Sql, clinicId: string): Promise<DoctorRow[]> {
  return sql<DoctorRow[]>`
    select code, doctor.name, specialty, ticket_prefix, area.name as area, room.name as room, kind, daily_capacity,
      retired_at is not null as retired
    from doctors doctor
    left join areas area on (area.clinic_id, area.id) = (doctor.clinic_id, doctor.area_id)
    left join rooms room on (room.clinic_id, room.id) = (doctor.clinic_id, doctor.room_id)
    where doctor.clinic_id = ${clinicId}
    order by code
  `;
}

export interface SessionRow {
  doctor_code: string;
  weekday: number;
  starts_at: string;
  ends_at: string;
  slot_minutes: number;
  room: string | null;
  valid_from: string;
  valid_until: string | null;
}

export async function sessionsToExport(sql: Sql, clinicId: string): Promise<SessionRow[]> {
  return sql<SessionRow[]>`
    select doctor.code as doctor_code, weekday, wall_time(lower(minutes)) as starts_at,
      wall_time(upper(minutes), true) as ends_at, slot_minutes, room.name as room, valid_from, valid_until
    from schedule_blocks block
    join doctors doctor on (doctor.clinic_id, doctor.id) = (block.clinic_id, block.doctor_id)
    left join rooms room on (room.clinic_id, room.id) = (block.clinic_id, block.room_id)
    where block.clinic_id = ${clinicId}
    order by doctor.code, weekday, minutes, valid_from
  `;
}

export interface AppointmentRow {
  date: string;
  ticket_prefix: string;
  ticket_number: number;
  doctor_code: string;
  patient_name: string;
  patient_phone: string | null;
  patient_birth_date: string | null;
  time: string | null;
  hour: number | null;
  minutes: number | null;
  mode: string;
  note: string | null;
  reason: string | null;
  outcome: string | null;
  source: string;
}

/** Where a page of appointments ends. */
export type AppointmentPlace = Pick<AppointmentRow, "date" | "ticket_prefix" | "ticket_number">;

/**
 * Appointments by date, after one. Of a date that is over each has an outcome: `unknown` where nobody said how
 * it ended.
 */
export async function appointmentsToExport(
  sql: Sql,
  clinicId: string,
  { after, limit }: { after: AppointmentPlace | null; limit: number },
): Promise<AppointmentRow[]> {
  const { date = null, ticket_prefix = null, ticket_number = null } = after ?? {};
  return sql<AppointmentRow[]>`
    select date, appointment.ticket_prefix, ticket_number, doctor.code as doctor_code, patient.name as patient_name,
      patient.phone as patient_phone, patient.birth_date as patient_birth_date, wall_time(wall_minute) as time,
      case when wall_minute is null then time_slot end as hour,
      (extract(epoch from ends_at - starts_at) / 60)::integer as minutes, mode, note, reason,
      coalesce(
        outcome,
        case
          when status = 'completed' then 'served'
          when status = 'cancelled' then 'cancelled_by_clinic'
          when date < clinic_today(${clinicId}) then 'unknown'
        end
      ) as outcome, source
    from appointments appointment
    join patients patient on (patient.clinic_id, patient.id) = (appointment.clinic_id, appointment.patient_id)
    join doctors doctor on (doctor.clinic_id, doctor.id) = (appointment.clinic_id, appointment.doctor_id)
    where appointment.clinic_id = ${clinicId} and patient.erased_at is null and (
      ${date}::date is null
      or (date, appointment.ticket_prefix, ticket_number) > (${date}::date, ${ticket_prefix}, ${ticket_number})
    )
    order by date, appointment.ticket_prefix, ticket_number
    limit ${limit}
  `;
}

/** How many lines an export has, at this moment. */
export async function countToExport(sql: Sql, clinicId: string, kind: TransferKind): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select case ${kind}
      when 'doctors' then (select count(*) from doctors where clinic_id = ${clinicId})
      when 'patients' then (select count(*) from patients where clinic_id = ${clinicId} and erased_at is null)
      when 'schedules' then (select count(*) from schedule_blocks where clinic_id = ${clinicId})
      when 'appointments' then (
        select count(*) from appointments appointment
        join patients patient on (patient.clinic_id, patient.id) = (appointment.clinic_id, appointment.patient_id)
        where appointment.clinic_id = ${clinicId} and patient.erased_at is null
      )
    end as count
  `;
  return row.count;
}
