import type { AskedView } from "../../contract/websocket/view.ts";
import type { Sql } from "../database.ts";

/** What changed in a date's queue since a revision: see sql/delivery/queue_changes.sql. */
export interface QueueChanges {
  epoch: string;
  revision: number;
  changedAt: Date | null;
  parts: PartChange[];
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
}

export async function readQueueChanges(
  sql: Sql,
  date: string,
  audience: Audience,
  since: number,
): Promise<QueueChanges> {
  const rows = await sql<Row[]>`select * from queue_changes(${date}, ${since}, ${audience})`;
  const [first] = rows;
  if (!first) throw new Error("queue_changes() gives at least one row; the table clinic is empty");
  const parts = rows.flatMap((row) =>
    row.doctor_id === null
      ? []
      : {
          doctorId: row.doctor_id,
          doctorName: row.doctor_name,
          reader: row.patient_id,
          revision: row.section_revision,
          appointmentCount: row.appointment_count,
          json: row.section,
        },
  );
  return { epoch: first.epoch, revision: first.revision, changedAt: first.changed_at, parts };
}

export interface DayRevision {
  epoch: string;
  date: string;
  revision: number;
}

/** The revisions of some dates; 0 for a date that never changed. */
export async function readRevisions(sql: Sql, dates: string[]): Promise<DayRevision[]> {
  return sql<DayRevision[]>`
    select clinic.epoch, watched.date, coalesce(day.revision, 0) as revision
    from clinic
    cross join jsonb_array_elements_text(${sql.json(dates)}) as watched (date)
    left join clinic_days day on day.date = watched.date::date
  `;
}
