import type * as contract from "../../contract/availability.ts";
import type * as contractOfDay from "../../contract/doctor-day.ts";
import type { CancelledDay, HandedOver } from "../../contract/schedule.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";
import type { Row } from "../row.ts";

/** Whether a doctor is present on a date. Without a record `id` is null and the doctor counts as present. */
export type Availability = Row<contract.Availability, "updated_at">;

export interface NewAvailability {
  doctorId: string;
  date: string;
  isPresent: boolean;
  notes: string | null;
}

/** @throws CQ001 no such doctor. */
export function setAvailability(
  sql: Sql,
  clinicId: string,
  availability: NewAvailability,
  actor: Actor,
): Statement<Availability> {
  const { doctorId, date, isPresent, notes } = availability;
  return sql<[Availability]>`
    select availability_id as id, doctor_id, date, is_present, notes, updated_by, updated_at
    from set_availability(${clinicId}, ${doctorId}, ${date}, ${isPresent}, ${notes}, ${sql.json(actor)})
  `;
}

/** Undefined when there is no such doctor. */
export async function findAvailability(
  sql: Sql,
  clinicId: string,
  doctorId: string,
  date: string,
): Promise<Availability | undefined> {
  const [day] = await sql<Availability[]>`
    select day.availability_id as id, doctor.id as doctor_id, ${date}::date as date,
      coalesce(day.is_present, true) as is_present, day.notes, day.updated_by, day.updated_at
    from doctors doctor
    left join doctor_days day on (day.clinic_id, day.date, day.doctor_id) = (doctor.clinic_id, ${date}::date, doctor.id)
    where (doctor.clinic_id, doctor.id) = (${clinicId}, ${doctorId})
  `;
  return day;
}

export type DoctorDay = Row<contractOfDay.DoctorDay, "returns_at" | "updated_at">;

/** What it raises is listed in sql/people/doctors/set_doctor_day.sql. */
export function setDoctorDay(
  sql: Sql,
  clinicId: string,
  { doctorId, date, changes }: { doctorId: string; date: string; changes: contractOfDay.DoctorDayUpdate },
  actor: Actor,
): Statement<DoctorDay> {
  return sql<[DoctorDay]>`
    select doctor_id, date, state, is_present, returns_at, notice, room_id, capacity,
      shown_blocks(${clinicId}, doctor_id, date) as sessions, updated_at
    from set_doctor_day(${clinicId}, ${doctorId}, ${date}, ${sql.json({ ...changes })}, ${sql.json(actor)})
  `;
}

/** Undefined when there is no such doctor. */
export async function findDoctorDay(
  sql: Sql,
  clinicId: string,
  doctorId: string,
  date: string,
): Promise<DoctorDay | undefined> {
  const [day] = await sql<DoctorDay[]>`
    select doctor.id as doctor_id, ${date}::date as date, coalesce(day.state, 'present') as state,
      coalesce(day.is_present, true) as is_present, day.returns_at, day.notice, day.room_id, day.capacity,
      shown_blocks(doctor.clinic_id, doctor.id, ${date}::date) as sessions, day.updated_at
    from doctors doctor
    left join doctor_days day on (day.clinic_id, day.date, day.doctor_id) = (doctor.clinic_id, ${date}::date, doctor.id)
    where (doctor.clinic_id, doctor.id) = (${clinicId}, ${doctorId})
  `;
  return day;
}

/** Cancels what is booked on a doctor's date; what it raises is listed in sql/bookings/absences/cancel_doctor_day.sql. */
export function cancelDoctorDay(
  sql: Sql,
  clinicId: string,
  { doctorId, date, reason }: { doctorId: string; date: string; reason: string | null },
  actor: Actor,
): Statement<{ answer: CancelledDay }> {
  return sql<[{ answer: CancelledDay }]>`
    select cancel_doctor_day(${clinicId}, ${doctorId}, ${date}, ${reason}, ${sql.json(actor)}) as answer
  `;
}

/** Gives a doctor's date to a colleague; what it raises is listed in sql/bookings/absences/move_doctor_day.sql. */
export function moveDoctorDay(
  sql: Sql,
  clinicId: string,
  { doctorId, date, toDoctorId }: { doctorId: string; date: string; toDoctorId: string },
  actor: Actor,
): Statement<{ answer: HandedOver }> {
  return sql<[{ answer: HandedOver }]>`
    select move_doctor_day(${clinicId}, ${doctorId}, ${toDoctorId}, ${date}, ${sql.json(actor)}) as answer
  `;
}
