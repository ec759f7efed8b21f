import { expect } from "chai";
import { purgeExpired } from "../../db/queries/audit-events.ts";
import type { Sql } from "../../db/database.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { clinicId } from "../support/default-clinic.ts";

describe("what has had its time", () => {
  let database: TestDatabase;
  let sql: Sql;
  beforeEach(async () => {
    database = await createDatabase();
    ({ sql } = database);
  });
  afterEach(() => database.drop());

  const purge = async (recordDays: number | null = null, atMost = 1_000, by = sql): Promise<boolean> => {
    const [row] = await purgeExpired(by, { auditDays: 30, recordDays }, atMost);
    return row.is_more;
  };
  const countOf = async (table: string): Promise<number> => {
    const [row] = await sql<[{ count: number }]>`select count(*)::int as count from ${sql(table)}`;
    return row.count;
  };
  const addPatient = async (): Promise<string> => {
    const [row] = await sql<[{ id: string }]>`
      insert into patients (name, phone) values ('Pat Example', '1234567890') returning id
    `;
    return row.id;
  };
  /** Appointments of a doctor, one of them `daysAgo`, with a place in the queue and an idempotency key. */
  const addAppointment = async (patient: string, daysAgo: number): Promise<string> => {
    const [appointment] = await sql<[{ id: string }]>`
      with doctor as (
        insert into doctors (name, code) values ('Dr. Who', ${`D${daysAgo}`}) returning id
      ), day as (
        insert into clinic_days (date, revision) values (current_date - ${daysAgo}::int, 5) returning date
      ), section as (
        insert into doctor_days (date, doctor_id, revision) select date, id, 5 from day, doctor returning date, doctor_id
      )
      insert into appointments (patient_id, doctor_id, date, slot) select ${patient}, doctor_id, date, 1 from section
      returning id
    `;
    await sql`
      insert into queue_entries (appointment_id, doctor_id, date, position)
      select id, doctor_id, date, 1 from appointments where id = ${appointment.id}
    `;
    await sql`
      insert into booking_requests (caller, idempotency_key, patient_id, doctor_id, date, appointment_id)
      select 'somebody', ${`key-${daysAgo}`}, patient_id, doctor_id, date + 600, id from appointments where id = ${appointment.id}
    `;
    return appointment.id;
  };

  it("goes, and what is newer stays, in every table that has a retention", async () => {
    const patient = await addPatient();
    const appointment = await addAppointment(patient, -1);
    const [account] = await sql<
      [{ id: string }]
    >`insert into accounts (name, role) values ('desk', 'staff') returning id`;
    const tables = {
      audit_events: (age: string) => sql`
        insert into audit_events (action, at) values (${age}, now() - ${age === "old" ? "31 days" : "29 days"}::interval)`,
      booking_requests: (age: string) => sql`
        insert into booking_requests (caller, idempotency_key, patient_id, doctor_id, date, appointment_id)
        select 'somebody', ${age}, patient_id, doctor_id, current_date - ${age === "old" ? 33 : 29}::int, id
        from appointments where id = ${appointment}`,
      device_authorizations: (age: string) => sql`
        insert into device_authorizations (device_code_hash, user_code, asked_from, expires_at, interval_s)
        values (${age}, ${age}, '::1', now() + ${age === "old" ? "-1 minute" : "1 minute"}::interval, 5)`,
      sign_in_tries: (age: string) => sql`
        insert into sign_in_tries (kind, key, tries, tried_at)
        values ('address', ${age}, 1, now() - ${age === "old" ? "61 minutes" : "59 minutes"}::interval)`,
      invitations: (age: string) => sql`
        insert into invitations (token_digest, account_id, expires_at)
        values (${age}, ${account.id}, now() + ${age === "old" ? "-1 minute" : "1 minute"}::interval)`,
      sign_ins: (age: string) => sql`
        insert into sign_ins (address, began_at)
        values (${age}, now() - ${age === "old" ? "61 minutes" : "59 minutes"}::interval)`,
      known_devices: (age: string) => sql`
        insert into known_devices (digest, account_id, used_at)
        values (${age}, ${account.id}, now() - ${age === "old" ? "366 days" : "364 days"}::interval)`,
      sessions: (age: string) => sql`
        insert into sessions (account_id, expires_at, token_expires_at)
        values (${account.id}, now() - interval '1 minute', now() - ${age === "old" ? "25 hours" : "23 hours"}::interval)`,
    };
    await purge();
    const before = new Map<string, number>();
    for (const [table, insert] of Object.entries(tables)) {
      before.set(table, await countOf(table));
      await insert("old");
      await insert("new");
    }

    expect(await purge()).to.equal(false);

    for (const table of Object.keys(tables)) {
      expect(await countOf(table), table).to.equal((before.get(table) ?? 0) + 1);
    }
  });

  it("keeps a session that can be renewed, however old its last token is", async () => {
    const patient = await addPatient();
    await sql`
      insert into sessions (patient_id, expires_at, token_expires_at)
      values (${patient}, null, now() - interval '2 years'), (${patient}, now() + interval '1 day', now() - interval '2 days')
    `;

    await purge();

    expect(await countOf("sessions")).to.equal(2);
  });

  it("goes in batches, so that no call takes long", async () => {
    await purge();
    const kept = await countOf("audit_events");
    await sql`insert into audit_events (action, at) select 'old', now() - interval '31 days' from generate_series(1, 25)`;

    const left: [boolean, number][] = [];
    for (let call = 0; call < 3; call++) left.push([await purge(null, 10), (await countOf("audit_events")) - kept]);

    expect(left).to.deep.equal([
      [true, 15],
      [true, 5],
      [false, 0],
    ]);
  });

  it("goes while somebody holds some of it, which is left for the next call", async () => {
    const patient = await addPatient();
    const held = await addAppointment(patient, 401);
    await addAppointment(patient, 402);
    await sql`insert into audit_events (action, at) select 'old', now() - interval '31 days' from generate_series(1, 5)`;

    await sql.begin(async (holder) => {
      await holder`select from audit_events where action = 'old' limit 2 for update`;
      await holder`select from appointments where id = ${held} for update`;
      await purge(400);

      expect(await sql`select action from audit_events where action = 'old'`).to.have.length(2);
      expect(await sql`select id from appointments`).to.deep.equal([{ id: held }]);
    });

    await purge(400);
    expect(await sql`select action from audit_events where action = 'old'`).to.have.length(0);
    expect(await countOf("appointments")).to.equal(0);
  });

  it("keeps the records of clinics for ever where nobody says how long", async () => {
    await addAppointment(await addPatient(), 20_000);

    expect(await purge()).to.equal(false);

    expect(await countOf("appointments")).to.equal(1);
  });

  it("takes old appointments along with all that tells of them, and disturbs no feed", async () => {
    const patient = await addPatient();
    const old = await addAppointment(patient, 401);
    const kept = await addAppointment(patient, 399);
    const epochs = () => sql`select id, epoch from clinics`;
    const before = await epochs();

    expect(await purge(400)).to.equal(false);

    expect(await sql`select id from appointments`).to.deep.equal([{ id: kept }]);
    expect(await sql`select appointment_id from queue_entries`).to.deep.equal([{ appointment_id: kept }]);
    expect(await sql`select appointment_id from booking_requests`).to.deep.equal([{ appointment_id: kept }]);
    expect(await epochs()).to.deep.equal(before);
    const days = await sql`select current_date - date as age, revision from clinic_days order by date`;
    expect(days.map(({ age, revision }) => [age, revision > 5])).to.deep.equal([
      [401, true],
      [399, true],
    ]);
    const events = await sql`
      select distinct action, actor_name, before, after from audit_events
      where clinic_id = ${clinicId} and entity_id = ${old} order by action
    `;
    expect([...events]).to.deep.equal([
      { action: "delete", actor_name: "retention", before: null, after: null },
      { action: "insert", actor_name: "sql: clinic", before: null, after: null },
    ]);
  });

  it("takes old tasks along, also those that are about no appointment, and what the audit trail has of them", async () => {
    const patient = await addPatient();
    const about = await addAppointment(patient, 401);
    await addAppointment(patient, 399);
    await sql`
      insert into tasks (date, kind, text, patient_id, appointment_id)
      select current_date - age, 'telephone', 'Telephone ' || age, ${patient}, about::uuid
      from (values (401, null), (399, null), (399, ${about})) task (age, about)
    `;

    expect(await purge(400)).to.equal(false);

    expect([...(await sql`select text from tasks`)]).to.deep.equal([{ text: "Telephone 399" }]);
    const events = await sql`
      select action, actor_name from audit_events where entity = 'tasks' and coalesce(before, after) is null order by action
    `;
    expect([...events]).to.deep.equal([
      { action: "delete", actor_name: "retention" },
      { action: "delete", actor_name: "retention" },
      { action: "insert", actor_name: "sql: clinic" },
      { action: "insert", actor_name: "sql: clinic" },
    ]);
  });

  it("takes old appointments in batches, the oldest dates first", async () => {
    const patient = await addPatient();
    const appointments: string[] = [];
    for (const daysAgo of [405, 404, 403]) appointments.push(await addAppointment(patient, daysAgo));

    expect(await purge(400, 2)).to.equal(true);
    expect(await sql`select id from appointments`).to.deep.equal([{ id: appointments[2] }]);

    expect(await purge(400, 2)).to.equal(false);
    expect(await countOf("appointments")).to.equal(0);
  });
});
