import { expect } from "chai";
import { createDatabase, type TestDatabase } from "../support/database.ts";

/** Tables that hold nothing of a clinic, and what they hold instead. */
const withoutClinic: Record<string, string> = {
  clinics: "the clinics themselves",
  installation: "this database, as opposed to a copy of it",
  migrations: "which migrations were done",
  schema_release: "the version of the tables",
  sql_objects: "the text of functions, triggers and roles",
};

/** Columns that hold an id, and are in no foreign key. */
const unlinked: Record<string, string> = {
  "audit_events.session_id": "the trail outlives sessions",
  "booking_requests.doctor_id": "what was asked is compared with what is asked again; the appointment is linked",
  "booking_requests.patient_id": "what was asked is compared with what is asked again; the appointment is linked",
  "clinics.presence_key": "it is what the digits on a screen are made from",
  "day_places.place_id": "it is a room or, where no room is named, a doctor",
  "doctor_days.availability_id": "it is the id of the row's own recorded presence",
  "queue_entries.place_id": "it is a room or, where no room is named, a doctor",
  "queue_requests.place_id": "it is a room or, where no room is named, a doctor",
  "transitions.group_id": "it is what the steps of one action have in common",
  "transitions.place_id": "it is a room or, where no room is named, a doctor",
};

/** Functions that a process may call, and that are not told the clinic first. */
const ofNoClinic: Record<string, string> = {
  add_clinic: "makes a clinic, for an operator, who sees nothing that is in one",
  administer_clinic: "is for an operator, who names the clinic by its code",
  clocks_run_on: "computes on its arguments alone",
  close_days: "closes the days of all clinics that are over, and tells how many",
  changed_days: "tells the realtime process the changes of all clinics, each with its clinic",
  confirm_epoch: "is about the database, which was restored or was not",
  current_history: "is about the database",
  is_confirmed: "is about the database",
  first_moment: "computes on its arguments alone",
  public_name: "computes on its arguments alone",
  instant_at: "computes on its arguments alone",
  starts_at: "computes on an appointment and its clinic alone",
  utc_text: "computes on its arguments alone",
  wall_time: "computes on its arguments alone",
  purge_expired: "deletes what has had its time, of all clinics alike",
};

/** So that rows of two clinics cannot be linked, not even by hand, and no function can be asked about all clinics. */
describe("keys of clinics", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createDatabase();
  });
  after(() => database.drop());

  /** The columns of each unique index, which primary keys have too. */
  const uniqueKeys = () => database.sql<{ table: string; columns: string[] }[]>`
    select indrelid::regclass::text as table, json_agg(attname) as columns
    from pg_index
    join pg_class on pg_class.oid = indrelid and relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
    join pg_attribute on attrelid = indrelid and attnum = any (indkey)
    where indisunique
    group by indexrelid, indrelid
  `;
  const foreignKeys = () => database.sql<{ table: string; target: string; columns: string[]; pairs: string[] }[]>`
    select conrelid::regclass::text as table, confrelid::regclass::text as target,
      json_agg(mine.attname) as columns, json_agg(mine.attname || ' is ' || theirs.attname) as pairs
    from pg_constraint, unnest(conkey, confkey) as pair (here, there)
    join pg_attribute mine on mine.attnum = here
    join pg_attribute theirs on theirs.attnum = there
    where contype = 'f' and connamespace = 'public'::regnamespace
      and mine.attrelid = conrelid and theirs.attrelid = confrelid
    group by pg_constraint.oid, conrelid, confrelid
  `;

  it("are in every unique key of every table, but for tables that hold nothing of a clinic", async () => {
    const tables = await database.sql<{ name: string }[]>`
      select oid::regclass::text as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind not in ('i', 'I', 'S', 't', 'c')
    `;
    const keys = await uniqueKeys();

    const ofClinics = tables.map(({ name }) => name).filter((name) => !(name in withoutClinic));
    expect(tables.map(({ name }) => name)).to.include.members(Object.keys(withoutClinic));
    expect(keys.map(({ table }) => table)).to.include.members(ofClinics);
    const loose = keys.filter(({ table, columns }) => ofClinics.includes(table) && !columns.includes("clinic_id"));
    expect(loose).to.deep.equal([]);
  });

  it("are in every foreign key, as the same clinic on both sides", async () => {
    const loose = (await foreignKeys()).filter(
      ({ target, pairs }) => !pairs.includes(target === "clinics" ? "clinic_id is id" : "clinic_id is clinic_id"),
    );

    expect(loose).to.deep.equal([]);
  });

  it("link every id that a row has of another row", async () => {
    const columns = await database.sql<{ name: string }[]>`
      select attrelid::regclass || '.' || attname as name from pg_attribute
      join pg_class on pg_class.oid = attrelid and relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      where attnum > 0 and not attisdropped and atttypid = 'uuid'::regtype and attname <> 'id' and attname <> 'epoch'
    `;
    const linked = (await foreignKeys()).flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`));

    const loose = columns.map(({ name }) => name).filter((name) => !linked.includes(name));
    expect(loose).to.have.members(Object.keys(unlinked));
  });

  it("are the first argument of every function that a process may call, but for those of no clinic", async () => {
    const callable = await database.sql<{ name: string; first: string | null }[]>`
      select proname as name, proargnames[1] as first from pg_proc
      where pronamespace = 'public'::regnamespace
        and (has_function_privilege('clinic_api', oid, 'execute') or has_function_privilege('clinic_realtime', oid, 'execute'))
    `;

    const others = callable.filter(({ first }) => first !== "in_clinic" && first !== "of_clinic");
    expect(others.map(({ name }) => name)).to.have.members(Object.keys(ofNoClinic));
  });
});
