import type { Sql } from "./database.ts";

export interface Doctor {
  id: string;
  name: string;
  code: string;
  specialty: string | null;
  created_at: Date;
}

export type NewDoctor = Pick<Doctor, "name" | "code" | "specialty">;

/** A new doctor, or undefined when the code is taken. */
export async function addDoctor(sql: Sql, { name, code, specialty }: NewDoctor): Promise<Doctor | undefined> {
  const [doctor] = await sql<Doctor[]>`
    insert into doctors (name, code, specialty) values (${name}, ${code}, ${specialty})
    on conflict (code) do nothing
    returning id, name, code, specialty, created_at
  `;
  return doctor;
}

export async function findDoctor(sql: Sql, id: string): Promise<Doctor | undefined> {
  const [doctor] = await sql<Doctor[]>`select id, name, code, specialty, created_at from doctors where id = ${id}`;
  return doctor;
}

export async function listDoctors(sql: Sql): Promise<Doctor[]> {
  return sql<Doctor[]>`
    select id, name, code, specialty, created_at from doctors order by name collate "C", id
  `;
}

/** All doctors, and whether each is present on a date. Without a record a doctor is present. */
export async function listDoctorsOn(sql: Sql, date: string): Promise<(Doctor & { is_available: boolean })[]> {
  return sql<(Doctor & { is_available: boolean })[]>`
    select doctor.id, doctor.name, doctor.code, doctor.specialty, doctor.created_at,
      coalesce(day.is_present, true) as is_available
    from doctors doctor
    left join doctor_days day on day.doctor_id = doctor.id and day.date = ${date}
    order by doctor.name collate "C", doctor.id
  `;
}
