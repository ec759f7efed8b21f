import type * as contract from "../../contract/queue-entry.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";
import type { Row } from "../row.ts";

export type CheckIn = Row<contract.CheckIn, "checked_in_at">;

export interface NewCheckIn {
  appointmentId: string;
  patientId: string;
  /** The doctor who checks the patient in, and who may see only their own appointments. Null for everybody else. */
  byDoctor: string | null;
  /** When the patient came, where that was before now. */
  at?: string | null;
  /** The idempotency key. */
  key?: string | null;
}

export type QueueEntry = Row<contract.QueueEntry, "checked_in_at">;

/**
 * Checks in, in one round trip; what it raises is listed in sql/queue/check_in.sql.
 *
 * The joins are left joins, because Postgres need not call the function of an inner join whose other side is empty.
 */
export function checkIn(
  sql: Sql,
  clinicId: string,
  { appointmentId, patientId, byDoctor, at = null, key = null }: NewCheckIn,
  actor: Actor,
): Statement<CheckIn> {
  return sql<[CheckIn]>`
    select entry.position as queue_position, entry.checked_in_at, entry.appointment_id, appointment.ticket,
      nullif(day.state, 'present') as warning
    from check_in(${clinicId}, ${appointmentId}, ${patientId}, ${byDoctor}, ${sql.json(actor)}, ${at}, ${key}) entry
    left join appointments appointment
      on (appointment.clinic_id, appointment.id) = (${clinicId}, entry.appointment_id)
    left join doctor_days day
      on (day.clinic_id, day.date, day.doctor_id) = (${clinicId}, appointment.date, appointment.doctor_id)
  `;
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
