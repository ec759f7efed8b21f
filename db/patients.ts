import type { Sql } from "./database.ts";

export interface Patient {
  id: string;
  name: string;
  age: number | null;
  gender: string | null;
  phone: string;
  email: string | null;
  created_at: Date;
}

export type NewPatient = Pick<Patient, "name" | "phone" | "age" | "gender" | "email">;

/** The patient with this phone: the one that exists, unchanged, or a new one. */
export async function registerPatient(sql: Sql, { name, phone, age, gender, email }: NewPatient): Promise<Patient> {
  const [patient] = await sql<[Patient]>`
    select id, name, age, gender, phone, email, created_at
    from register_patient(${name}, ${phone}, ${age}, ${gender}, ${email})
  `;
  return patient;
}

export async function findPatient(sql: Sql, id: string): Promise<Patient | undefined> {
  const [patient] = await sql<Patient[]>`
    select id, name, age, gender, phone, email, created_at from patients where id = ${id}
  `;
  return patient;
}

export async function findPatientByPhone(sql: Sql, phone: string): Promise<Patient | undefined> {
  const [patient] = await sql<Patient[]>`
    select id, name, age, gender, phone, email, created_at from patients where phone = ${phone}
  `;
  return patient;
}
