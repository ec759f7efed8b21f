import type { AskedView } from "../../contract/websocket/view.ts";
import type { Sql } from "../database.ts";

/** What changed in a date's queue since a revision: see sql/delivery/queue_changes.sql. */
export interface QueueChanges {
  epoch: string;
  revision: number;
  changedAt: Date | null;
  sections: SectionChange[];
}

/** Who will see the answer. The database leaves out whatever the view must not show. */
export type View = Exclude<AskedView, "doctor">;

/** One doctor's section as finished JSON text, or null when it was removed. */
export interface SectionChange {
  doctorId: string;
  doctorName: string;
  /** In the patients' view, the patient whose part of the section this is; null when no patient is left. */
  patientId: string | null;
  /** The date's revision at the section's last change. */
  revision: number;
  appointmentCount: number;
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

export async function readQueueChanges(sql: Sql, date: string, view: View, since: number): Promise<QueueChanges> {
  const rows = await sql<Row[]>`select * from queue_changes(${date}, ${since}, ${view})`;
  const [first] = rows;
  if (!first) throw new Error("queue_changes() gives at least one row; the table clinic is empty");
  const sections = rows.flatMap((row) =>
    row.doctor_id === null
      ? []
      : {
          doctorId: row.doctor_id,
          doctorName: row.doctor_name,
          patientId: row.patient_id,
          revision: row.section_revision,
          appointmentCount: row.appointment_count,
          json: row.section,
        },
  );
  return { epoch: first.epoch, revision: first.revision, changedAt: first.changed_at, sections };
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
