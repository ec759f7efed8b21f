import type * as contract from "../../contract/doctor.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";
import type { Row } from "../row.ts";

export type Doctor = Row<contract.Doctor, "created_at">;

/** A new doctor, or undefined when the code or the ticket prefix is taken. */
export function addDoctor(
  sql: Sql,
  clinicId: string,
  doctor: contract.NewDoctor,
  actor: Actor,
): Statement<Doctor | undefined> {
  const { name, code, specialty, ticket_prefix } = doctor;
  return sql<[Doctor | undefined]>`
    select id, name, code, specialty, ticket_prefix, created_at
    from add_doctor(${clinicId}, ${name}, ${code}, ${specialty}, ${ticket_prefix}, ${sql.json(actor)})
  `;
}

export async function findDoctor(sql: Sql, clinicId: string, id: string): Promise<Doctor | undefined> {
  const [doctor] = await sql<Doctor[]>`
    select id, name, code, specialty, ticket_prefix, created_at from doctors
    where (clinic_id, id) = (${clinicId}, ${id})
  `;
  return doctor;
}

export async function listDoctors(sql: Sql, clinicId: string): Promise<Doctor[]> {
  return sql<Doctor[]>`
    select id, name, code, specialty, ticket_prefix, created_at from doctors
    where clinic_id = ${clinicId}
    order by name collate "C", id
  `;
}

/** All doctors, and whether each is present on a date. Without a record a doctor is present. */
export async function listDoctorsOn(
  sql: Sql,
  clinicId: string,
  date: string,
): Promise<(Doctor & { is_available: boolean })[]> {
  return sql<(Doctor & { is_available: boolean })[]>`
    select doctor.id, doctor.name, doctor.code, doctor.specialty, doctor.ticket_prefix, doctor.created_at,
      coalesce(day.is_present, true) as is_available
    from doctors doctor
    left join doctor_days day on (day.clinic_id, day.date, day.doctor_id) = (doctor.clinic_id, ${date}, doctor.id)
    where doctor.clinic_id = ${clinicId}
    order by doctor.name collate "C", doctor.id
  `;
}
