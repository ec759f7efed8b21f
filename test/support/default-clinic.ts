import { connect } from "../../db/connection.ts";

/** The default clinic of every migrated database of a test. */
export const clinicId = "c1100000-0000-4000-8000-000000000001";

/**
 * Gives the default clinic an id that tests know, and lets them leave a clinic out in SQL that inserts: then it is the one
 * that the connection's setting `test.clinic_id` names, or else the default one.
 */
export async function nameDefaultClinic(url: string): Promise<void> {
  const sql = connect({ url, name: "test", max: 1 });
  await sql`update clinics set id = ${clinicId}`;
  const tables = await sql<{ name: string }[]>`
    select attrelid::regclass::text as name from pg_attribute
    join pg_class on pg_class.oid = attrelid and relkind = 'r'
    where attname = 'clinic_id' and attrelid <> all (array['sign_in_tries', 'audit_events']::regclass[])
  `;
  const clinic = `coalesce(nullif(current_setting('test.clinic_id', true), ''), '${clinicId}')::uuid`;
  for (const { name } of tables) await sql.unsafe(`alter table ${name} alter column clinic_id set default ${clinic}`);
  await sql.end();
}
