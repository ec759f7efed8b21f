import type * as contract from "../../contract/appointment.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";
import type { Row } from "../row.ts";

export type Appointment = Row<contract.Appointment, "starts_at" | "created_at" | "updated_at">;

export interface Booking {
  patientId: string;
  doctorId: string;
  date: string;
  timeSlot: number | null;
  mode?: Appointment["mode"];
  note?: string | null;
  idempotencyKey: string | null;
}

/** Books in one round trip; what it raises is listed in sql/bookings/book_appointment.sql. */
export function bookAppointment(sql: Sql, clinicId: string, booking: Booking, actor: Actor): Statement<Appointment> {
  const { patientId, doctorId, date, timeSlot, mode = "in_person", note = null, idempotencyKey } = booking;
  return sql<[Appointment]>`
    select ${columns(sql)}
    from book_appointment(
      ${clinicId}, ${patientId}, ${doctorId}, ${date}, ${timeSlot}, ${idempotencyKey}, ${sql.json(actor)},
      ${mode}, ${note}
    ) appointments
  `;
}

export async function findAppointment(sql: Sql, clinicId: string, id: string): Promise<Appointment | undefined> {
  const [appointment] = await sql<Appointment[]>`
    select ${columns(sql)} from appointments where (clinic_id, id) = (${clinicId}, ${id})
  `;
  return appointment;
}

/** A doctor's appointments on a date by slot, without cancelled ones. */
export async function listAppointments(
  sql: Sql,
  clinicId: string,
  doctorId: string,
  date: string,
): Promise<Appointment[]> {
  return sql<Appointment[]>`
    select ${columns(sql)} from appointments
    where (clinic_id, date, doctor_id) = (${clinicId}, ${date}, ${doctorId}) and status <> 'cancelled'
    order by slot
  `;
}

const columns = (sql: Sql) =>
  sql`
    id, patient_id, doctor_id, date, slot, time_slot, ticket, status, source, outcome, mode, note,
    (select starts_at(appointments, clinic) from clinics clinic where clinic.id = appointments.clinic_id) as starts_at,
    created_at, updated_at
  `;
