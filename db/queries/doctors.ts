import type * as contract from "../../contract/doctor.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";
import type { Row } from "../row.ts";

export type Doctor = Row<contract.Doctor, "created_at" | "retired_at">;

/** A new doctor, or undefined when the code or the ticket prefix is taken. @throws CQ001 no such area or room. */
export function addDoctor(
  sql: Sql,
  clinicId: string,
  doctor: contract.NewDoctor,
  actor: Actor,
): Statement<Doctor | undefined> {
  const { name, code, specialty, ticket_prefix, area_id, room_id, kind, retired, daily_capacity } = doctor;
  return sql<[Doctor | undefined]>`
    select ${columns(sql)}
    from add_doctor(
      ${clinicId}, ${name}, ${code}, ${specialty}, ${ticket_prefix}, ${area_id}, ${room_id}, ${kind}, ${retired},
      ${sql.json(actor)}, ${daily_capacity}
    )
  `;
}

/** @throws CQ001 no such doctor, area or room. */
export function changeDoctor(
  sql: Sql,
  clinicId: string,
  id: string,
  changes: contract.DoctorUpdate,
  actor: Actor,
): Statement<Doctor> {
  return sql<[Doctor]>`
    select ${columns(sql)} from change_doctor(${clinicId}, ${id}, ${sql.json({ ...changes })}, ${sql.json(actor)})
  `;
}

export async function findDoctor(sql: Sql, clinicId: string, id: string): Promise<Doctor | undefined> {
  const [doctor] = await sql<Doctor[]>`
    select ${columns(sql)} from doctors where (clinic_id, id) = (${clinicId}, ${id})
  `;
  return doctor;
}

/** The doctors who take bookings; with `retired`, all. */
export async function listDoctors(sql: Sql, clinicId: string, retired: boolean): Promise<Doctor[]> {
  return sql<Doctor[]>`
    select ${columns(sql)} from doctors
    where clinic_id = ${clinicId} and (${retired} or retired_at is null)
    order by name collate "C", id
  `;
}

/** The same doctors, and whether each is present on a date. Without a record a doctor is present. */
export async function listDoctorsOn(
  sql: Sql,
  clinicId: string,
  retired: boolean,
  date: string,
): Promise<(Doctor & { is_available: boolean })[]> {
  return sql<(Doctor & { is_available: boolean })[]>`
    select ${columns(sql)},
      retired_at is null and coalesce(
        (
          select is_present from doctor_days day
          where (day.clinic_id, day.date, day.doctor_id) = (doctors.clinic_id, ${date}, doctors.id)
        ),
        true
      ) as is_available
    from doctors
    where clinic_id = ${clinicId} and (${retired} or retired_at is null)
    order by name collate "C", id
  `;
}

const columns = (sql: Sql) =>
  sql`id, name, code, specialty, ticket_prefix, area_id, room_id, kind, daily_capacity, retired_at, created_at`;
