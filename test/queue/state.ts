import { sections } from "../../contract/websocket/section.ts";
import type { Sql } from "../../db/database.ts";
import { readQueueChanges } from "../../db/queries/queue-changes.ts";

/** What the tables have of a clinic's date. Moments are milliseconds. */
export interface State {
  entries: EntryRow[];
  places: PlaceRow[];
  steps: StepRow[];
}

export interface EntryRow {
  appointment: string;
  patient: string;
  doctor: string;
  slot: number;
  status: string;
  outcome: string | null;
  ticket: string;
  /** Null for somebody who never was in the queue. */
  version: number | null;
  stepCount: number;
  stage: string | null;
  position: number;
  priority: number;
  turnAt: number;
  tie: number;
  checkedInAt: number;
  place: string | null;
  room: string | null;
  isExclusive: boolean;
  calledAt: number | null;
  callCount: number;
  startedAt: number | null;
  consultedS: number;
  completedAt: number | null;
  holdReason: string | null;
  answer: string | null;
  returnDoctor: string | null;
}

export interface PlaceRow {
  place: string;
  room: string | null;
  doctors: string[];
  after: string;
  appointment: string | null;
}

export interface StepRow {
  id: string;
  appointment: string;
  ordinal: number;
  action: string;
  from: string | null;
  to: string | null;
  doctor: string;
  place: string | null;
  undoes: string | null;
  by: string | null;
  name: string | null;
  at: number;
}

/** Everything in one statement, so that it is one state. */
export async function readState(sql: Sql, clinic: string, date: string): Promise<State> {
  const ms = (column: string) => sql.unsafe(`round(extract(epoch from ${column}) * 1000)::float8`);
  const [row] = await sql<[State]>`
    select (
      select coalesce(json_agg(json_build_object(
        'appointment', appointment.id, 'patient', appointment.patient_id, 'doctor', appointment.doctor_id,
        'slot', appointment.slot, 'status', appointment.status, 'outcome', appointment.outcome, 'ticket', appointment.ticket,
        'version', entry.version, 'stepCount', entry.transition_count, 'stage', entry.stage, 'position', entry.position,
        'priority', entry.priority, 'turnAt', ${ms("entry.turn_at")}, 'tie', entry.tie,
        'checkedInAt', ${ms("entry.checked_in_at")}, 'place', entry.place_id, 'room', entry.room_id,
        'isExclusive', entry.exclusive, 'calledAt', ${ms("entry.called_at")}, 'callCount', entry.call_count,
        'startedAt', ${ms("entry.started_at")}, 'consultedS', entry.consulted_s,
        'completedAt', ${ms("entry.completed_at")}, 'holdReason', entry.hold_reason, 'answer', entry.answer,
        'returnDoctor', entry.return_doctor_id
      )), '[]')
      from appointments appointment
      left join queue_entries entry on (entry.clinic_id, entry.appointment_id) = (appointment.clinic_id, appointment.id)
      where (appointment.clinic_id, appointment.date) = (${clinic}, ${date})
    ) as entries, (
      select coalesce(json_agg(json_build_object(
        'place', place_id, 'room', room_id, 'doctors', doctor_ids, 'after', after, 'appointment', appointment_id
      )), '[]')
      from day_places where (clinic_id, date) = (${clinic}, ${date})
    ) as places, (
      select coalesce(json_agg(json_build_object(
        'id', id, 'appointment', appointment_id, 'ordinal', ordinal, 'action', action, 'from', from_stage,
        'to', to_stage, 'doctor', doctor_id, 'place', place_id, 'undoes', undoes, 'by', actor, 'name', actor_name,
        'at', ${ms("at")}
      ) order by at, ordinal), '[]')
      from transitions where (clinic_id, date) = (${clinic}, ${date})
    ) as steps
  `;
  return row;
}

type Section = ReturnType<(typeof sections.staff)["parse"]>;

/** What staff read of a date, kept up by asking only for what changed. */
export class StaffView {
  readonly sections = new Map<string, Section>();
  #revision = 0;

  async catchUp(sql: Sql, clinicId: string, date: string): Promise<void> {
    const { revision, parts } = await readQueueChanges(sql, { clinicId, date }, "staff", this.#revision);
    this.#revision = revision;
    for (const { doctorId, json } of parts) {
      if (json === null) this.sections.delete(doctorId);
      else this.sections.set(doctorId, sections.staff.parse(JSON.parse(json)));
    }
  }
}
