import type * as contract from "../../contract/appointment.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";
import type { Row } from "../row.ts";
import type { Owner } from "./transitions.ts";

export type Appointment = Row<contract.Appointment, "starts_at" | "ends_at" | "created_at" | "updated_at">;

export interface Booking {
  patientId: string;
  doctorId: string;
  /** Null: the date of `startsAt`. */
  date: string | null;
  timeSlot: number | null;
  startsAt?: string | null;
  mode?: Appointment["mode"];
  note?: string | null;
  reason?: string | null;
  holdId?: string | null;
  override?: boolean;
  idempotencyKey: string | null;
}

/** Books in one round trip; what it raises is listed in sql/bookings/appointments/book_appointment.sql. */
export function bookAppointment(sql: Sql, clinicId: string, booking: Booking, actor: Actor): Statement<Appointment> {
  const { patientId, doctorId, date, timeSlot, mode = "in_person", note = null, idempotencyKey } = booking;
  const { startsAt = null, reason = null, holdId = null, override = false } = booking;
  return sql<[Appointment]>`
    select ${appointmentColumns(sql)}
    from book_appointment(
      ${clinicId}, ${patientId}, ${doctorId}, ${date}, ${timeSlot}, ${idempotencyKey}, ${sql.json(actor)},
      ${mode}, ${note}, ${startsAt}, ${reason}, ${holdId}, ${override}
    ) appointments
  `;
}

/** Cancels in one round trip; what it raises is listed in sql/bookings/appointments/cancel_appointment.sql. */
export function cancelAppointment(
  sql: Sql,
  clinicId: string,
  id: string,
  { reason }: contract.NewCancellation,
  { actor, owner }: { actor: Actor; owner: Owner },
): Statement<Appointment> {
  return sql<[Appointment]>`
    select ${appointmentColumns(sql)}
    from cancel_appointment(
      ${clinicId}, ${id}, ${sql.json(actor)}, ${reason}, ${owner.doctorId}, ${owner.patientId}
    ) appointments
  `;
}

/** Moves in one round trip; what it raises is listed in sql/bookings/appointments/reschedule_appointment.sql. */
export function rescheduleAppointment(
  sql: Sql,
  clinicId: string,
  id: string,
  request: contract.NewReschedule,
  { actor, owner, key }: { actor: Actor; owner: Owner; key: string | null },
): Statement<{ answer: contract.Rescheduled }> {
  return sql<[{ answer: contract.Rescheduled }]>`
    select reschedule_appointment(
      ${clinicId}, ${id}, ${sql.json({ ...request })}, ${sql.json(actor)}, ${owner.doctorId}, ${owner.patientId}, ${key}
    ) as answer
  `;
}

export async function findAppointment(sql: Sql, clinicId: string, id: string): Promise<Appointment | undefined> {
  const [appointment] = await sql<Appointment[]>`
    select ${appointmentColumns(sql)} from appointments where (clinic_id, id) = (${clinicId}, ${id})
  `;
  return appointment;
}

/** The appointment that a confirmation code leads to. */
export async function findConfirmed(sql: Sql, clinicId: string, code: string): Promise<Appointment | undefined> {
  const [appointment] = await sql<Appointment[]>`
    select ${appointmentColumns(sql)} from find_confirmed(${clinicId}, ${code}) appointments
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
    select ${appointmentColumns(sql)} from appointments
    where (clinic_id, date, doctor_id) = (${clinicId}, ${date}, ${doctorId}) and status <> 'cancelled'
    order by slot
  `;
}

interface Page {
  /** The id of the appointment that the page before ended with. */
  after: string | null;
  limit: number;
}

/** A patient's appointments, the newest date first, cancelled ones too. */
export async function listAppointmentsOf(
  sql: Sql,
  clinicId: string,
  patientId: string,
  { after, limit }: Page,
): Promise<Appointment[]> {
  return sql<Appointment[]>`
    select ${appointmentColumns(sql)} from appointments
    where (clinic_id, patient_id) = (${clinicId}, ${patientId}) and (
      ${after}::uuid is null
      or (date, id) < (select last.date, last.id from appointments last where (last.clinic_id, last.id) = (${clinicId}, ${after}))
    )
    order by date desc, id desc
    limit ${limit}
  `;
}

/** The appointments of a date, by doctor and slot, without cancelled ones. */
export async function listAppointmentsOn(
  sql: Sql,
  clinicId: string,
  date: string,
  { after, limit }: Page,
): Promise<Appointment[]> {
  return sql<Appointment[]>`
    select ${appointmentColumns(sql)} from appointments
    where (clinic_id, date) = (${clinicId}, ${date}) and status <> 'cancelled' and (
      ${after}::uuid is null
      or (doctor_id, slot, id) > (
        select last.doctor_id, last.slot, last.id from appointments last where (last.clinic_id, last.id) = (${clinicId}, ${after})
      )
    )
    order by doctor_id, slot, id
    limit ${limit}
  `;
}

/** The columns of an appointment as the API answers with it, from a row that is named `appointments`. */
export const appointmentColumns = (sql: Sql) =>
  sql`
    id, patient_id, doctor_id, date, slot, time_slot, ticket, status, source, outcome, mode, note,
    (select starts_at(appointments, clinic) from clinics clinic where clinic.id = appointments.clinic_id) as starts_at,
    wall_time(coalesce(wall_minute, time_slot * 60)) as wall_time,
    ends_at, reason, confirmation_code, rescheduled_from, rescheduled_to, created_at, updated_at
  `;
