import type * as contract from "../../contract/doctor.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";
import type { Row } from "../row.ts";

export type Doctor = Row<contract.Doctor, "created_at">;

/** A new doctor, or undefined when the code or the ticket prefix is taken. */
export function addDoctor(sql: Sql, doctor: contract.NewDoctor, actor: Actor): Statement<Doctor | undefined> {
  const { name, code, specialty, ticket_prefix } = doctor;
  return sql<[Doctor | undefined]>`
    select id, name, code, specialty, ticket_prefix, created_at
    from add_doctor(${name}, ${code}, ${specialty}, ${ticket_prefix}, ${sql.json(actor)})
  `;
}

export async function findDoctor(sql: Sql, id: string): Promise<Doctor | undefined> {
  const [doctor] = await sql<
    Doctor[]
  >`select id, name, code, specialty, ticket_prefix, created_at from doctors where id = ${id}`;
  return doctor;
}

export async function listDoctors(sql: Sql): Promise<Doctor[]> {
  return sql<Doctor[]>`
    select id, name, code, specialty, ticket_prefix, created_at from doctors order by name collate "C", id
  `;
}

/** All doctors, and whether each is present on a date. Without a record a doctor is present. */
export async function listDoctorsOn(sql: Sql, date: string): Promise<(Doctor & { is_available: boolean })[]> {
  return sql<(Doctor & { is_available: boolean })[]>`
    select doctor.id, doctor.name, doctor.code, doctor.specialty, doctor.ticket_prefix, doctor.created_at,
      coalesce(day.is_present, true) as is_available
    from doctors doctor
    left join doctor_days day on day.doctor_id = doctor.id and day.date = ${date}
    order by doctor.name collate "C", doctor.id
  `;
}
