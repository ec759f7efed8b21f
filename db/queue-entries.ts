import type { Sql } from "./database.ts";

export interface CheckIn {
  queue_position: number;
  checked_in_at: Date;
  appointment_id: string;
}

export interface QueueEntry {
  id: string;
  appointment_id: string;
  doctor_id: string;
  date: string;
  position: number;
  checked_in_at: Date;
  status: "waiting" | "served" | "skipped";
  patient_name: string;
}

/** Checks in, in one round trip; what it raises is listed in sql/check_in.sql. */
export async function checkIn(sql: Sql, appointmentId: string, patientId: string): Promise<CheckIn> {
  const [entry] = await sql<[CheckIn]>`
    select position as queue_position, checked_in_at, appointment_id from check_in(${appointmentId}, ${patientId})
  `;
  return entry;
}

/** A doctor's queue by position. */
export async function listQueue(sql: Sql, doctorId: string, date: string): Promise<QueueEntry[]> {
  return sql<QueueEntry[]>`
    select entry.id, entry.appointment_id, entry.doctor_id, entry.date, entry.position, entry.checked_in_at,
      entry.status, patient.name as patient_name
    from queue_entries entry
    join appointments appointment on appointment.id = entry.appointment_id
    join patients patient on patient.id = appointment.patient_id
    where entry.doctor_id = ${doctorId} and entry.date = ${date}
    order by entry.position
  `;
}
