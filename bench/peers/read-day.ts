import type postgres from "postgres";
import { clinicId } from "../../test/support/default-clinic.ts";

/** A date's queue as an object, from the same query that we use, as a program without our text path would have it. */
export async function readDay(sql: postgres.Sql, date: string): Promise<object> {
  const rows = await sql<
    { epoch: string; revision: string; appointment_count: number; section: { appointments: unknown[] } | null }[]
  >`
    select epoch, revision, appointment_count, section::json as section from queue_changes(${clinicId}, ${date}, 0)
    order by doctor_name, doctor_id
  `;
  const doctors = rows.flatMap(({ section }) => section ?? []);
  return {
    date,
    epoch: rows[0]?.epoch,
    revision: Number(rows[0]?.revision),
    total_appointments: rows.reduce((total, row) => total + (row.appointment_count ?? 0), 0),
    total_doctors: doctors.length,
    doctors,
    timestamp: new Date().toISOString(),
  };
}
