import type * as contract from "../../contract/task.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";
import type { Row } from "../row.ts";

export type Task = Row<contract.Task, "slot_starts_at" | "created_at" | "updated_at">;

/** What it raises is listed in sql/queue/tasks/add_task.sql. */
export function addTask(
  sql: Sql,
  clinicId: string,
  task: contract.NewTask,
  { actor, doctorId, key }: { actor: Actor; doctorId: string | null; key: string | null },
): Statement<Task> {
  return sql<[Task]>`
    select ${columns(sql)} from add_task(${clinicId}, ${sql.json({ ...task })}, ${sql.json(actor)}, ${doctorId}, ${key})
  `;
}

/** @throws CQ001 no such task. */
export function changeTask(
  sql: Sql,
  clinicId: string,
  id: string,
  changes: contract.TaskUpdate,
  { actor, doctorId }: { actor: Actor; doctorId: string | null },
): Statement<Task> {
  return sql<[Task]>`
    select ${columns(sql)}
    from change_task(${clinicId}, ${id}, ${sql.json({ ...changes })}, ${sql.json(actor)}, ${doctorId})
  `;
}

export interface TaskFilter {
  date: string | null;
  state: contract.Task["state"] | null;
  /** Whose tasks alone exist for the caller. */
  doctorId: string | null;
}

/** The newest tasks, oldest first, at most 500. */
export async function listTasks(sql: Sql, clinicId: string, { date, state, doctorId }: TaskFilter): Promise<Task[]> {
  return sql<Task[]>`
    select * from (
      select ${columns(sql)} from tasks
      where clinic_id = ${clinicId} and (${date}::date is null or date = ${date})
        and (${state}::text is null or state = ${state}) and (${doctorId}::uuid is null or doctor_id = ${doctorId})
      order by created_at desc, id
      limit 500
    ) newest
    order by created_at, id
  `;
}

const columns = (sql: Sql) =>
  sql`id, date, kind, appointment_id, patient_id, doctor_id, slot_doctor_id, slot_starts_at, text, state, tries,
    created_at, updated_at`;
