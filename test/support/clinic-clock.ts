import { connect, type Sql } from "../../db/connection.ts";
import { clinicId } from "./default-clinic.ts";

/** The date at which a test run began. All of its processes keep to it past midnight. */
const firstDay = (process.env["CLINIC_QUEUE_TEST_DATE"] ??= new Date().toISOString().slice(0, 10));

/** What the clocks of the tests' clinics show when a run begins, so that no test meets midnight by chance. */
export const noon = new Date(`${firstDay}T12:00:00Z`);

/** Lets the clinics of a database have clocks of their own, and sets all of them to noon, also those that are added later. */
export async function startClinicsAtNoon(url: string): Promise<void> {
  const sql = connect({ url, name: "test", max: 1 });
  const offset = `${noon.getTime() - Date.now()} milliseconds`;
  await sql`alter table clinics drop constraint clinics_clock_is_real`;
  await sql.unsafe(`alter table clinics alter column clock_offset set default '${offset}'`);
  await sql`update clinics set clock_offset = default`;
  await sql.end();
}

/** Sets a clinic's clock to a moment, from which it goes on. */
export async function setClinicClock(sql: Sql, moment: Date | string, id = clinicId): Promise<void> {
  // In seconds, because Postgres adds the days of an interval by the calendar of the session's time zone.
  await sql`
    update clinics
    set clock_offset = interval '1 second' * extract(epoch from ${moment}::timestamptz - clock_timestamp())::float8
    where id = ${id}
  `;
}

/** The moment at a clinic. */
export async function clinicNow(sql: Sql, id = clinicId): Promise<Date> {
  const [{ now }] = await sql<[{ now: Date }]>`select clinic_now(${id}) as now`;
  return now;
}
