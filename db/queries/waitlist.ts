import type * as contract from "../../contract/waitlist.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";
import type { Row } from "../row.ts";
import { appointmentColumns, type Appointment } from "./appointments.ts";

export type Waiting = Row<contract.Waiting, "created_at" | "updated_at">;

/** What it raises is listed in sql/bookings/waitlist/add_to_waitlist.sql. */
export function addToWaitlist(
  sql: Sql,
  clinicId: string,
  wanted: contract.NewWaiting,
  actor: Actor,
): Statement<Waiting> {
  return sql<[Waiting]>`
    select ${columns(sql)} from add_to_waitlist(${clinicId}, ${sql.json({ ...wanted })}, ${sql.json(actor)}) waiting
  `;
}

/** What it raises is listed in sql/bookings/waitlist/change_waitlist.sql. */
export function changeWaiting(
  sql: Sql,
  clinicId: string,
  id: string,
  { from, until, ...changes }: contract.WaitingUpdate & { state?: "withdrawn" },
  actor: Actor,
): Statement<Waiting> {
  const columnsThatChange = {
    ...changes,
    ...(from !== undefined && { first_date: from }),
    ...(until !== undefined && { last_date: until }),
  };
  return sql<[Waiting]>`
    select ${columns(sql)}
    from change_waitlist(${clinicId}, ${id}, ${sql.json(columnsThatChange)}, ${sql.json(actor)}) waiting
  `;
}

/** Who is on the waitlist, longest waiting first, at most 500. */
export async function listWaiting(
  sql: Sql,
  clinicId: string,
  { state, patientId }: { state: Waiting["state"]; patientId: string | null },
): Promise<Waiting[]> {
  return sql<Waiting[]>`
    select ${columns(sql)} from waitlist waiting
    where clinic_id = ${clinicId} and state = ${state} and (${patientId}::uuid is null or patient_id = ${patientId})
    order by created_at, id
    limit 500
  `;
}

/** Whom to telephone about a slot, longest waiting first. */
export async function listMatches(
  sql: Sql,
  clinicId: string,
  { doctor_id, starts_at }: contract.OfferedSlot,
): Promise<Waiting[]> {
  return sql<Waiting[]>`
    select ${columns(sql)} from waitlist_matches(${clinicId}, ${doctor_id}, ${starts_at}) waiting
    order by created_at, id
  `;
}

/** What it raises is listed in sql/bookings/waitlist/note_answer.sql. */
export function noteAnswer(
  sql: Sql,
  clinicId: string,
  id: string,
  { doctor_id, starts_at, answer }: contract.NewAnswer,
  actor: Actor,
): Statement<Waiting> {
  return sql<[Waiting]>`
    select ${columns(sql)}
    from note_answer(${clinicId}, ${id}, ${doctor_id}, ${starts_at}, ${answer}, ${sql.json(actor)}) waiting
  `;
}

/** Books a slot for somebody on the waitlist; what it raises is listed in sql/bookings/waitlist/take_slot.sql. */
export function takeSlot(
  sql: Sql,
  clinicId: string,
  id: string,
  { doctor_id, starts_at }: contract.OfferedSlot,
  actor: Actor,
): Statement<Appointment> {
  return sql<[Appointment]>`
    select ${appointmentColumns(sql)}
    from take_slot(${clinicId}, ${id}, ${doctor_id}, ${starts_at}, ${sql.json(actor)}) appointments
  `;
}

const columns = (sql: Sql) => sql`
  id, (
    select jsonb_build_object('id', patient.id, 'name', patient.name, 'phone', patient.phone) from patients patient
    where (patient.clinic_id, patient.id) = (waiting.clinic_id, waiting.patient_id)
  ) as patient,
  doctor_id, specialty, first_date as from, last_date as until, case state when 'waiting' then (
    select id from in_place_of(waiting.clinic_id, waiting.appointment_id)
  ) else appointment_id end as appointment_id, note, state, booked_id, tries, created_at, updated_at
`;
