import { expect } from "chai";
import { migrate } from "../../../db/schema/migrate.ts";
import { readSqlObjects } from "../../../db/schema/sql-objects.ts";
import { StartError } from "../../../platform/settings.ts";
import { createDatabase, type TestDatabase } from "../../support/database.ts";
import { rejection } from "../../support/rejection.ts";

const nothing = { migrations: [], objects: [], leftToAdministrator: [] };

describe("migrate", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase({ empty: true });
  });
  afterEach(() => database.drop());

  it("puts into the database what sql/ describes, and nothing else, and lets nobody call what no grant names", async () => {
    await migrate(database.url);

    const rows = await database.sql<{ name: string }[]>`
      select 'function ' || proname as name from pg_proc where pronamespace = 'public'::regnamespace
      union all
      select format('trigger %s.%s', tgrelid::regclass, tgname) from pg_trigger where not tgisinternal
    `;
    const described = (await readSqlObjects()).filter(({ kind }) => kind !== "role");
    expect(rows.map(({ name }) => name)).to.have.members(described.map(({ kind, name }) => `${kind} ${name}`));
    // What acts with the owner's rights is bound to a search path.
    const loose = await database.sql`
      select proname from pg_proc
      where pronamespace = 'public'::regnamespace
        and (has_function_privilege('public', oid, 'execute') or prosecdef and not 'search_path=public, pg_temp' = any (proconfig))
    `;
    expect(loose).to.deep.equal([]);
  });

  it("is done once by many who start at the same time in an empty database", async () => {
    const runs = await Promise.all(Array.from({ length: 12 }, () => migrate(database.url)));

    expect(runs.filter(({ migrations }) => migrations.length > 0)).to.have.lengthOf(1);
    expect(await migrate(database.url)).to.deep.equal(nothing);
  });

  it("waits for nobody's advisory lock", async () => {
    await database.sql.begin(async (holder) => {
      // The one that the library would take.
      await holder`select pg_advisory_xact_lock(7241865325823964)`;

      expect((await migrate(database.url)).migrations).not.to.deep.equal([]);
    });
  });

  it("leaves a database that it cannot bring up as it was, and says why", async () => {
    await database.sql.unsafe("create table clinics (id integer)");

    const error = await rejection(migrate(database.url));

    expect(error.message).to.include('relation "clinics" already exists');
    expect(await database.sql`select to_regclass('schema_release') as made`).to.deep.equal([{ made: null }]);
  });

  it("refuses a database that was made before the first release", async () => {
    await database.sql.unsafe(`
      create table migrations (id serial primary key, name varchar(255) not null, run_on timestamp not null);
      insert into migrations (name, run_on) values ('0001_tables', now());
    `);

    const error = await rejection(migrate(database.url));

    expect(error).to.be.instanceOf(StartError);
    expect(error.message).to.include("before the first release");
  });
});

describe("migrate, of a database that is up to date", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(() => database.drop());

  const epoch = async (): Promise<string> => {
    const [clinic] = await database.sql<[{ epoch: string }]>`select epoch from clinics`;
    return clinic.epoch;
  };
  const definitionOf = async (name: string): Promise<string | undefined> => {
    const [row] = await database.sql<{ definition: string }[]>`
      select pg_get_functiondef(oid) as definition from pg_proc where proname = ${name}
    `;
    return row?.definition;
  };

  it("gives delivery no function to call that could change without a new epoch", async () => {
    const functions = (await readSqlObjects()).filter(({ kind }) => kind === "function");
    const elsewhere = functions.filter(({ domain }) => domain !== "delivery").map(({ name }) => name);

    const calls = functions
      .filter(({ domain }) => domain === "delivery")
      .flatMap(({ name, definition }) =>
        elsewhere
          .filter((other) => definition.replaceAll(/--.*/g, "").includes(`${other}(`))
          .map((other) => `${name} calls ${other}`),
      );

    expect(calls).to.deep.equal([]);
  });

  it("replaces a changed function in place, and begins a new epoch when delivery changed", async () => {
    const before = { epoch: await epoch(), definition: await definitionOf("public_name") };
    const [old] = await database.sql`select 'public_name'::regproc::oid as oid`;
    await database.sql.unsafe(`
      create or replace function public_name(full_name text, ticket text, ticket_only boolean, shown text) returns text
      language sql immutable as $$ select full_name $$
    `);

    const migrated = await migrate(database.url);

    expect(migrated).to.deep.equal({ ...nothing, objects: ["function public_name"] });
    expect(await definitionOf("public_name")).to.equal(before.definition);
    expect((await database.sql`select 'public_name'::regproc::oid as oid`)[0]).to.deep.equal(old);
    expect(await epoch()).not.to.equal(before.epoch);
    expect(await migrate(database.url)).to.deep.equal(nothing);
  });

  it("keeps the epoch when what changed is not delivery", async () => {
    const before = await epoch();
    await database.sql`grant execute on function check_in to clinic_realtime`;
    await database.sql`grant select on accounts to clinic_realtime`;
    await database.sql`alter table patients disable trigger patients_audited`;

    const { objects } = await migrate(database.url);

    expect(objects).to.deep.equal(["function check_in", "trigger patients.patients_audited", "role clinic_realtime"]);
    expect(await epoch()).to.equal(before);
    expect(await migrate(database.url)).to.deep.equal(nothing);
  });

  it("drops a function whose result or arguments changed, and what sql/ does not describe any more", async () => {
    await database.sql.unsafe(`
      drop function clinic_today(uuid);
      create function clinic_today(of_clinic uuid) returns text language sql as $$ select 'never' $$;
      drop function lock_day(uuid, date);
      create function lock_day(in_clinic uuid, on_date timestamptz) returns void language sql as $$ select $$;
      create function went_away() returns trigger language plpgsql as $$ begin return null; end $$;
      create trigger went_away after insert on patients for each row execute function went_away();
      create function of_an_operator() returns integer language sql as $$ select 1 $$;
      insert into sql_objects values ('function went_away', '', ''), ('trigger patients.went_away', '', '');
    `);

    const { objects } = await migrate(database.url);

    expect(objects).to.have.members([
      "function clinic_today",
      "function lock_day",
      "function went_away",
      "trigger patients.went_away",
    ]);
    const signatures = await database.sql<{ signature: string }[]>`
      select oid::regprocedure::text as signature from pg_proc
      where proname in ('clinic_today', 'lock_day', 'went_away', 'of_an_operator')
    `;
    expect(signatures.map(({ signature }) => signature)).to.have.members([
      "clinic_today(uuid)",
      "lock_day(uuid,date)",
      "of_an_operator()",
    ]);
    expect(await migrate(database.url)).to.deep.equal(nothing);
  });

  it("drops what somebody put beside a function of ours under the same name", async () => {
    await database.sql.unsafe(`
      create function book_appointment(text) returns text language sql as $$ select $1 $$;
      create function touch_rows(integer) returns integer language sql as $$ select $1 $$;
      alter function check_in cost 7;
      create procedure check_in(integer) language sql as $$ select 1 $$;
    `);

    const { objects } = await migrate(database.url);

    expect(objects).to.have.members(["function book_appointment", "function touch_rows", "function check_in"]);
    const signatures = await database.sql<{ signature: string }[]>`
      select oid::regprocedure::text as signature from pg_proc
      where proname in ('book_appointment', 'touch_rows', 'check_in')
    `;
    expect(signatures.map(({ signature }) => signature)).to.have.members([
      "book_appointment(uuid,uuid,uuid,date,integer,text,jsonb,text,text,timestamp with time zone,text,uuid,boolean)",
      "touch_rows()",
      "check_in(uuid,uuid,uuid,uuid,jsonb,timestamp with time zone,text,boolean)",
    ]);
    expect(await migrate(database.url)).to.deep.equal(nothing);
  });

  it("gives up soon when somebody holds a table that it changes, because bookings wait behind it", async () => {
    await database.sql`alter table appointments disable trigger appointments_audited`;

    const error = await database.sql.begin(async (holder) => {
      await holder`lock table appointments in row exclusive mode`;
      return rejection(migrate(database.url));
    });

    expect(error).to.be.instanceOf(StartError);
    expect(error.message).to.include("another session holds a lock");
    expect((await migrate(database.url)).objects).to.deep.equal(["trigger appointments.appointments_audited"]);
  });
});
