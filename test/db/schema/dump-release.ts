// Writes the database of this release, with rows in every table, for the test of upgrades:
//
//   npx tsx test/db/schema/dump-release.ts 1 > test/db/schema/releases/1.sql
//
// It is run once for each release, from the release's own code. The tables come from the migrations, which never change, so the
// file has the functions, triggers, grants and rows.
import { connect, type Sql } from "../../../db/connection.ts";
import { migrate } from "../../../db/schema/migrate.ts";
import { readSqlObjects, type SqlObject } from "../../../db/schema/sql-objects.ts";
import { startOwnCluster } from "../../support/database.ts";
import { tableNames } from "./catalog.ts";

const [release] = process.argv.slice(2);
if (!/^\d+$/.test(release ?? "")) {
  process.stderr.write("usage: dump-release NUMBER\n");
  process.exit(2);
}
const cluster = await startOwnCluster();
const sql = connect({ url: cluster.url, name: "dump-release", max: 1 });
try {
  await migrate(cluster.url);
  await sql`select confirm_epoch()`;
  await sql`insert into clinics (code, name, timezone) values ('east', 'East Side', 'Europe/Berlin')`;
  for (const { id } of await sql<{ id: string }[]>`select id from clinics`) await fill(sql, id);
  const objects = (await readSqlObjects()).map(statementsOf);
  const rows: string[] = [];
  for (const table of await tableNames(sql)) rows.push(await rowsOf(sql, table));
  process.stdout
    .write(`-- The database of release ${release}, made by dump-release.ts. Its tables are those of its migrations.
set check_function_bodies = off;

${objects.join("\n")}
set session_replication_role = replica;
-- What migrations wrote.
truncate ${(await tableNames(sql)).join(", ")};

${rows.join("\n")}
select setval('migrations_id_seq', max(id)) from migrations;
reset session_replication_role;
reset check_function_bodies;
`);
} finally {
  await sql.end();
  await cluster.stop();
}

/** Rows in every table that has rows of a clinic. */
async function fill(of: Sql, clinicId: string): Promise<void> {
  await of.begin(async (transaction) => {
    const actor = JSON.stringify({ sub: "somebody", role: "staff", name: "desk", address: "192.0.2.7" });
    const booking = async (phone: string, date: string): Promise<string> => {
      const [row] = await transaction<[{ id: string }]>`
        select booked.id from doctors doctor, patients patient,
          book_appointment(${clinicId}, patient.id, doctor.id, ${date}, 9, ${`key-${phone}-${date}`}, ${actor}) booked
        where (doctor.clinic_id, doctor.code) = (${clinicId}, 'D1') and (patient.clinic_id, patient.phone) = (${clinicId}, ${phone})
      `;
      return row.id;
    };
    await transaction`select act_as(${actor}::jsonb)`;
    await transaction`insert into areas (clinic_id, name) values (${clinicId}, 'First floor')`;
    await transaction`
      insert into rooms (clinic_id, name, area_id) select clinic_id, '3', id from areas where clinic_id = ${clinicId}
    `;
    await transaction`
      insert into doctors (clinic_id, name, code, specialty, area_id, room_id)
      select clinic_id, 'Dr. Example', 'D1', 'Cardiology', area_id, id from rooms where clinic_id = ${clinicId}
    `;
    await transaction`
      insert into patients (clinic_id, name, phone, age, gender, email)
      values (${clinicId}, 'Pat Example', '10000000001', 40, 'female', 'pat@example.org'), (${clinicId}, 'Łukasz Żak', '10000000002', null, null, null)
    `;
    const [{ today }] = await transaction<[{ today: string }]>`select clinic_today(${clinicId}) as today`;
    const [{ later }] = await transaction<[{ later: string }]>`select clinic_today(${clinicId}) + 7 as later`;
    const appointment = await booking("10000000001", today);
    await booking("10000000002", today);
    await booking("10000000001", later);
    await transaction`
      select check_in(clinic_id, id, patient_id, null, ${actor}) from appointments
      where (clinic_id, id) = (${clinicId}, ${appointment})
    `;
    await transaction`
      select set_availability(clinic_id, id, ${later}, false, 'ill', ${actor}) from doctors where clinic_id = ${clinicId}
    `;
    await transaction`
      insert into accounts (clinic_id, name, role, password_hash)
      values (${clinicId}, 'desk', 'staff', '$argon2id$v=19$m=19456,t=2,p=1$ZXhhbXBsZQ$ZXhhbXBsZQ')
    `;
    await transaction`
      insert into invitations (clinic_id, token_digest, account_id, expires_at)
      select clinic_id, 'digest', id, now() + interval '7 days' from accounts where clinic_id = ${clinicId}
    `;
    await transaction`
      insert into screens (clinic_id, name, area_id, created_by)
      select clinic_id, 'Hall', id, 'desk' from areas where clinic_id = ${clinicId}
    `;
    await transaction`
      insert into sessions (clinic_id, account_id, expires_at, token_expires_at)
      select clinic_id, id, now() + interval '12 hours', now() + interval '1 hour' from accounts where clinic_id = ${clinicId}
    `;
    await transaction`
      insert into sessions (clinic_id, screen_id, token_expires_at, revoked_at, reduced_in)
      select clinic_id, id, now() + interval '1 hour', now(), pg_current_xact_id() from screens where clinic_id = ${clinicId}
    `;
    await transaction`
      insert into device_authorizations (clinic_id, device_code_hash, user_code, asked_from, expires_at, interval_s)
      values (${clinicId}, 'hash', 'BCDF-GHJK', '192.0.2.7', now() + interval '10 minutes', 5)
    `;
    await transaction`
      insert into sign_in_tries (clinic_id, kind, key, tries, tried_at) values (${clinicId}, 'account', 'desk', 2, now())
    `;
    await transaction`insert into sign_ins (clinic_id, address) values (${clinicId}, '192.0.2.7')`;
    await transaction`
      insert into known_devices (clinic_id, digest, account_id)
      select clinic_id, 'digest', id from accounts where clinic_id = ${clinicId}
    `;
  });
}

function statementsOf({ kind, name, definition, grants }: SqlObject): string {
  const isFunction = kind === "function";
  return [definition.trim(), isFunction && `revoke all on function ${name} from public;`, grants.trim(), ""]
    .filter((part) => part !== false)
    .join("\n");
}

async function rowsOf(of: Sql, table: string): Promise<string> {
  const [{ columns }] = await of<[{ columns: string }]>`
    select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = ''
  `;
  const rows = await of.unsafe<{ row: string }[]>(`select to_jsonb(${table})::text as row from ${table}`);
  const values = rows.map(({ row }) => `  $row$${row}$row$`).join(",\n");
  return `insert into ${table} (${columns}) overriding system value
select ${columns} from unnest(array[
${values}
]::jsonb[]) as of_table (row), jsonb_populate_record(null::${table}, row);
`;
}
