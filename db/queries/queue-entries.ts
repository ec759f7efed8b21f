import type * as contract from "../../contract/queue-entry.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";
import type { Row } from "../row.ts";

export type CheckIn = Row<contract.CheckIn, "checked_in_at">;

interface CheckInDetails {
  /** The doctor who checks the patient in, and who may see only their own appointments. Null for everybody else. */
  byDoctor: string | null;
  /** When the patient came, where that was before now. */
  at?: string | null;
  /** The idempotency key. */
  key?: string | null;
  /** The patient named the code of the waiting room's screen. */
  hasProved?: boolean;
}

export interface NewCheckIn extends CheckInDetails {
  appointmentId: string;
  patientId: string;
}

export interface CheckInByCode extends CheckInDetails {
  confirmationCode: string;
  /** Whose appointments alone exist for the caller; null for everybody's. */
  byPatient: string | null;
}

export type QueueEntry = Row<contract.QueueEntry, "checked_in_at">;

/** Checks in, in one round trip; what it raises is listed in sql/queue/arrivals/check_in.sql. */
export function checkIn(
  sql: Sql,
  clinicId: string,
  { appointmentId, patientId, byDoctor, at = null, key = null, hasProved = false }: NewCheckIn,
  actor: Actor,
): Statement<CheckIn> {
  return sql<[CheckIn]>`
    ${answerOf(sql)}
    from check_in(
      ${clinicId}, ${appointmentId}, ${patientId}, ${byDoctor}, ${sql.json(actor)}, ${at}, ${key}, ${hasProved}
    ) entry
    ${withTicket(sql)}
  `;
}

/** Checks in whoever has the code; what it raises is listed in sql/queue/arrivals/check_in_by_code.sql. */
export function checkInByCode(
  sql: Sql,
  clinicId: string,
  { confirmationCode, byPatient, byDoctor, at = null, key = null, hasProved = false }: CheckInByCode,
  actor: Actor,
): Statement<CheckIn> {
  return sql<[CheckIn]>`
    ${answerOf(sql)}
    from check_in_by_code(
      ${clinicId}, ${confirmationCode}, ${byDoctor}, ${byPatient}, ${sql.json(actor)}, ${at}, ${key}, ${hasProved}
    ) entry
    ${withTicket(sql)}
  `;
}

/** Whether a patient named the code of the waiting room's screen. @throws CQ009 too many wrong ones. */
export function provePresence(
  sql: Sql,
  clinicId: string,
  patientId: string,
  code: string,
): Statement<{ isProved: boolean }> {
  return sql<[{ isProved: boolean }]>`select prove_presence(${clinicId}, ${patientId}, ${code}) as "isProved"`;
}

export type PresenceCode = Row<contract.PresenceCode, "until">;

/** The code of the waiting room's screens now. */
export async function readPresenceCode(sql: Sql, clinicId: string): Promise<PresenceCode> {
  const [code] = await sql<[PresenceCode]>`
    select case when clinic.requires_presence_code then shown.code end as code, shown.until,
      ceil(extract(epoch from shown.until - moment))::integer as expires_in
    from clinics clinic, clinic_now(clinic.id) moment, presence_code(clinic.id, moment) shown
    where clinic.id = ${clinicId}
  `;
  return code;
}

/** A doctor's queue by position; without those whose check-in was taken back. */
export async function listQueue(sql: Sql, clinicId: string, doctorId: string, date: string): Promise<QueueEntry[]> {
  return sql<QueueEntry[]>`
    select entry.id, entry.appointment_id, entry.doctor_id, entry.date, entry.position, entry.checked_in_at,
      entry.status, appointment.ticket, patient.name as patient_name
    from queue_entries entry
    join appointments appointment
      on (appointment.clinic_id, appointment.id) = (entry.clinic_id, entry.appointment_id)
    join patients patient on (patient.clinic_id, patient.id) = (entry.clinic_id, appointment.patient_id)
    where (entry.clinic_id, entry.date, entry.doctor_id) = (${clinicId}, ${date}, ${doctorId})
      and entry.stage is not null
    order by entry.position
  `;
}

const answerOf = (sql: Sql) => sql`
  select entry.position as queue_position, entry.checked_in_at, entry.appointment_id, appointment.ticket,
    nullif(day.state, 'present') as warning
`;

/** They are left joins, because Postgres need not call the function of an inner join whose other side is empty. */
const withTicket = (sql: Sql) => sql`
  left join appointments appointment
    on (appointment.clinic_id, appointment.id) = (entry.clinic_id, entry.appointment_id)
  left join doctor_days day
    on (day.clinic_id, day.date, day.doctor_id) = (entry.clinic_id, appointment.date, appointment.doctor_id)
`;
