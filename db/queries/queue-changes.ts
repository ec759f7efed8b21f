import type { AskedView } from "../../contract/websocket/view.ts";
import type { Sql } from "../database.ts";

/** What changed in the queue of a clinic's date since a revision: see sql/delivery/changes/queue_changes.sql. */
export interface QueueChanges {
  epoch: string;
  revision: number;
  changedAt: Date | null;
  /** How many tasks of the date wait for the desk; null for audiences that must not see it. */
  openTasks: number | null;
  parts: PartChange[];
}

/** A date of a clinic. */
export interface Day {
  clinicId: string;
  date: string;
}

/** Who will see the answer. The database leaves out whatever they must not see. */
export type Audience = Exclude<AskedView, "doctor">;

/**
 * What an audience gets of one doctor's section: one part that all share, or a part for each reader, in place of all parts
 * that the section had.
 */
export interface PartChange {
  doctorId: string;
  doctorName: string;
  /** Where the doctor's patients wait; null where nobody has said, and for a section that was removed. */
  areaId: string | null;
  /** Whose part this is: a patient's id. Null for the part that all share, and for a section without any reader left. */
  reader: string | null;
  /** The date's revision at the section's last change. */
  revision: number;
  appointmentCount: number;
  /** Finished text; null when the section was removed. */
  json: string | null;
}

interface Row {
  epoch: string;
  revision: number;
  changed_at: Date | null;
  doctor_id: string | null;
  doctor_name: string;
  section_revision: number;
  patient_id: string | null;
  appointment_count: number;
  section: string | null;
  area_id: string | null;
  open_tasks: number | null;
}

export async function readQueueChanges(
  sql: Sql,
  { clinicId, date }: Day,
  audience: Audience,
  since: number,
): Promise<QueueChanges> {
  const rows = await sql<Row[]>`select * from queue_changes(${clinicId}, ${date}, ${since}, ${audience})`;
  const [first] = rows;
  if (!first) throw new Error("queue_changes() gives at least one row of a clinic that exists");
  const parts = rows.flatMap((row) =>
    row.doctor_id === null
      ? []
      : {
          doctorId: row.doctor_id,
          doctorName: row.doctor_name,
          areaId: row.area_id,
          reader: row.patient_id,
          revision: row.section_revision,
          appointmentCount: row.appointment_count,
          json: row.section,
        },
  );
  const { epoch, revision, changed_at: changedAt, open_tasks: openTasks } = first;
  return { epoch, revision, changedAt, openTasks, parts };
}

/** What a poll has seen, for the next one to begin at. */
export interface PollPosition {
  /** Which history of the database it was: a restore changes it, and what was seen before means nothing after it. */
  history: string | null;
  snapshot: string;
}

export interface DayChanges extends PollPosition {
  /** Null when it is not known what changed: at the first poll, and after a restore. */
  changes: { days: ChangedDay[]; clinics: ChangedClinic[] } | null;
}

export interface ChangedDay {
  clinicId: string;
  date: string;
  revision: number;
}

/** A clinic that began a new epoch: all of its days must be read. */
export interface ChangedClinic {
  clinicId: string;
  epoch: string;
}

/**
 * Which days and epochs changed since another poll. Quiet days cost nothing, however many they are.
 *
 * Nothing is missed, in whatever order transactions commit: a change is told when its transaction was not visible to the
 * other poll and is now. A transaction that stays open for long, anybody's, makes it look at more rows, and not miss one.
 */
export async function readDayChanges(sql: Sql, since: PollPosition | undefined): Promise<DayChanges> {
  const { history = null, snapshot = null } = since ?? {};
  const [row] = await sql<[DayChanges]>`
    select changed.* from changed_days(${history}, ${snapshot}) changed
  `;
  return row;
}
