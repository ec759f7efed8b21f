import type * as contract from "../../contract/patient.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";
import type { Row } from "../row.ts";

export type Patient = Row<contract.Patient, "created_at">;

/** A patient, and whether the clinic knew them before. */
export type RegisteredPatient = Patient & { existing: boolean };

/**
 * Registers a patient. If one with this phone number exists already, that one is returned unchanged; see
 * sql/people/patients/register_patient.sql.
 */
export function registerPatient(
  sql: Sql,
  clinicId: string,
  newPatient: contract.NewPatient,
  { actor, key }: { actor: Actor; key: string | null },
): Statement<RegisteredPatient> {
  const { name, phone, age, gender, email, ticket_only, birth_date, needs, shares_phone } = newPatient;
  return sql<[RegisteredPatient]>`
    select ${columns(sql)}, not was_just_added(clinic_id, id, ${sql.json(actor)}, ${key}) as existing
    from register_patient(
      ${clinicId}, ${name}, ${phone}, ${age}, ${gender}, ${email}, ${ticket_only}, ${sql.json(actor)},
      ${birth_date}, ${sql.json(needs)}, ${shares_phone}, ${key}
    )
  `;
}

/** @throws CQ001 no such patient · CQ013 another patient has the phone. */
export function changePatient(
  sql: Sql,
  clinicId: string,
  id: string,
  changes: contract.PatientUpdate,
  actor: Actor,
): Statement<Patient> {
  return sql<[Patient]>`
    select ${columns(sql)} from change_patient(${clinicId}, ${id}, ${sql.json({ ...changes })}, ${sql.json(actor)})
  `;
}

/** Merges a patient into another one, who is returned. @throws CQ001 no such patient · CQ019 it is the same one. */
export function mergePatient(sql: Sql, clinicId: string, id: string, into: string, actor: Actor): Statement<Patient> {
  return sql<[Patient]>`select ${columns(sql)} from merge_patient(${clinicId}, ${id}, ${into}, ${sql.json(actor)})`;
}

/** By name, after another patient: see sql/people/search/find_patients.sql. */
export async function findPatients(
  sql: Sql,
  clinicId: string,
  { typed, after, limit }: { typed: string; after: string | null; limit: number },
): Promise<Patient[]> {
  return sql<Patient[]>`select ${columns(sql)} from find_patients(${clinicId}, ${typed}, ${after}, ${limit})`;
}

export async function findPatient(sql: Sql, clinicId: string, id: string): Promise<Patient | undefined> {
  const [patient] = await sql<Patient[]>`
    select ${columns(sql)} from patients
    where (clinic_id, id) = (${clinicId}, ${id}) and erased_at is null
  `;
  return patient;
}

export async function findPatientByPhone(sql: Sql, clinicId: string, phone: string): Promise<Patient | undefined> {
  const [patient] = await sql<Patient[]>`
    select ${columns(sql)} from patients where (clinic_id, phone) = (${clinicId}, ${phone}) and not shares_phone
  `;
  return patient;
}

/** True when the patient has or had an appointment with the doctor. */
export async function isPatientOf(sql: Sql, clinicId: string, patientId: string, doctorId: string): Promise<boolean> {
  const [found] = await sql`
    select from appointments
    where (clinic_id, patient_id, doctor_id) = (${clinicId}, ${patientId}, ${doctorId})
    limit 1
  `;
  return found !== undefined;
}

/** Erases a person; see sql/people/patients/erase_patient.sql. @throws CQ001 no such patient. */
export function erasePatient(sql: Sql, clinicId: string, id: string, actor: Actor): Statement {
  return sql<[object]>`select erase_patient(${clinicId}, ${id}, ${sql.json(actor)})`;
}

/** Everything that is stored about a person. Undefined when there is no such patient. */
export async function exportPatient(sql: Sql, clinicId: string, id: string): Promise<object | undefined> {
  const [row] = await sql<{ data: object }[]>`
    select jsonb_build_object(
      'patient', (
        select to_jsonb(p) from (select ${columns(sql)} from patients known
        where (known.clinic_id, known.id) = (patient.clinic_id, patient.id)) p
      ),
      'appointments', (
        select coalesce(jsonb_agg(to_jsonb(a) order by a.date, a.created_at), '[]') from (
          select appointment.id, doctor.name as doctor, appointment.date, appointment.slot, appointment.time_slot,
            appointment.ticket, appointment.status, appointment.source, appointment.outcome, appointment.mode,
            appointment.note, appointment.reason, appointment.starts_at, appointment.ends_at,
            appointment.confirmation_code, appointment.rescheduled_from, appointment.cancelled_at, appointment.cancel_reason, appointment.created_at,
            appointment.updated_at,
            entry.position as queue_position, entry.status as queue_status, entry.stage as queue_stage, entry.priority,
            entry.checked_in_at, entry.called_at, entry.started_at, entry.consulted_s, entry.completed_at,
            entry.hold_reason, entry.answer
          from appointments appointment
          join doctors doctor on (doctor.clinic_id, doctor.id) = (appointment.clinic_id, appointment.doctor_id)
          left join queue_entries entry
            on (entry.clinic_id, entry.appointment_id) = (appointment.clinic_id, appointment.id)
          where (appointment.clinic_id, appointment.patient_id) = (patient.clinic_id, patient.id)
        ) a
      ),
      'transitions', (
        select coalesce(jsonb_agg(to_jsonb(t) order by t.at, t.ordinal), '[]') from (
          select step.appointment_id, step.ordinal, step.action, step.from_stage, step.to_stage, step.room, step.reason,
            step.facts - 'passed_over' as facts, step.at
          from transitions step
          join appointments appointment
            on (appointment.clinic_id, appointment.id) = (step.clinic_id, step.appointment_id)
          where (appointment.clinic_id, appointment.patient_id) = (patient.clinic_id, patient.id)
        ) t
      ),
      'tasks', (
        select coalesce(jsonb_agg(to_jsonb(k) order by k.created_at), '[]') from (
          select id, date, kind, text, state, tries, created_at, updated_at from tasks
          where (clinic_id, patient_id) = (patient.clinic_id, patient.id)
        ) k
      ),
      'waitlist', (
        select coalesce(jsonb_agg(to_jsonb(w) order by w.created_at), '[]') from (
          select waiting.id, doctor.name as doctor, waiting.specialty, waiting.first_date, waiting.last_date, waiting.note,
            waiting.state, waiting.tries, waiting.created_at, waiting.updated_at, (
              select coalesce(jsonb_agg(to_jsonb(said) order by said.at), '[]')
              from (
                select starts_at, answer, at from waitlist_answers
                where (clinic_id, waitlist_id) = (waiting.clinic_id, waiting.id)
              ) said
            ) as answers
          from waitlist waiting
          left join doctors doctor on (doctor.clinic_id, doctor.id) = (waiting.clinic_id, waiting.doctor_id)
          where (waiting.clinic_id, waiting.patient_id) = (patient.clinic_id, patient.id)
        ) w
      ),
      'sessions', (
        select coalesce(jsonb_agg(to_jsonb(s) order by s.created_at), '[]') from (
          select id, created_at, renewed_at, expires_at, revoked_at from sessions
          where (clinic_id, patient_id) = (patient.clinic_id, patient.id)
        ) s
      ),
      'booking_requests', (
        select coalesce(jsonb_agg(to_jsonb(b) order by b.created_at), '[]') from (
          select idempotency_key, appointment_id, created_at from booking_requests
          where (clinic_id, patient_id) = (patient.clinic_id, patient.id)
        ) b
      ),
      'audit_events', (
        select coalesce(jsonb_agg(to_jsonb(e) order by e.at, e.id), '[]') from (
          select event.id, event.at, event.action, event.entity, event.entity_id, event.before, event.after
          from audit_events event
          where event.clinic_id = patient.clinic_id
            and ((event.entity, event.entity_id) = ('patients', patient.id::text) or event.actor = patient.id::text)
        ) e
      )
    ) as data
    from patients patient
    where (patient.clinic_id, patient.id) = (${clinicId}, ${id}) and patient.erased_at is null
  `;
  return row?.data;
}

const columns = (sql: Sql) =>
  sql`id, name, age, gender, coalesce(phone, '') as phone, birth_date, needs, email, ticket_only, created_at`;
