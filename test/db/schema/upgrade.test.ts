import { readdir, readFile } from "node:fs/promises";
import { expect } from "chai";
import { migrate, type Migrated } from "../../../db/schema/migrate.ts";
import { readSqlObjects } from "../../../db/schema/sql-objects.ts";
import { projectRoot } from "../../../platform/project-root.ts";
import { startApi } from "../../support/clinic.ts";
import { createDatabase, type TestDatabase } from "../../support/database.ts";
import { Rest } from "../../support/rest.ts";
import { readCatalog, tableNames } from "./catalog.ts";

const dumps = new URL("releases/", import.meta.url);
/** Each release has a dump, which dump-release.ts writes. */
const releases = ["1.sql"];

/** Tables of `migrate` itself, whose rows an upgrade changes. */
const ofMigrate = ["migrations", "schema_release", "sql_objects"];
/** What an upgrade renews where it must; see the test of it. */
const renewed = ["epoch", "epoch_began_in"];

type Rows = Map<string, Record<string, unknown>[]>;

describe("an upgrade", () => {
  it("is tried from every release", async () => {
    expect((await readdir(dumps)).toSorted()).to.deep.equal(releases);
  });

  for (const release of releases) {
    describe(`from release ${release}`, function () {
      this.timeout(60_000);
      let database: TestDatabase;
      let rowsBefore: Rows;
      let migrated: Migrated;
      before(async () => {
        database = await createDatabase({ empty: true });
        await restore(database, release);
        rowsBefore = await readRows(database);
        migrated = await migrate(database.url);
      });
      after(() => database.drop());

      const epochsOf = (rows: Rows) => (rows.get("clinics") ?? []).map(({ epoch }) => epoch);

      it("begins with two clinics that have rows in every table", () => {
        const empty = [...rowsBefore].filter(([, rows]) => rows.length === 0).map(([table]) => table);

        expect(empty).to.deep.equal([]);
        expect(rowsBefore.get("clinics")).to.have.length(2);
      });

      it("leads to the schema of a new database", async () => {
        const fresh = await createDatabase({ empty: true });
        try {
          await migrate(fresh.url);

          expect(await readCatalog(database.sql)).to.deep.equal(await readCatalog(fresh.sql));
        } finally {
          await fresh.drop();
        }
      });

      it("runs each migration that the release lacks, once", async () => {
        const all = (await readdir(new URL("db/migrations/", projectRoot))).map((file) => file.replace(".sql", ""));
        const had = (rowsBefore.get("migrations") ?? []).map(({ name }) => name);

        expect([...had, ...migrated.migrations]).to.deep.equal(all.toSorted());
        expect((await migrate(database.url)).migrations).to.deep.equal([]);
      });

      it("keeps every row", async () => {
        const rows = await readRows(database);

        for (const [table, old] of rowsBefore) {
          if (ofMigrate.includes(table)) continue;
          for (const row of old)
            expect(rows.get(table)?.some(contains(row)), `${table} ${JSON.stringify(row)}`).to.equal(true);
        }
      });

      it("begins a new epoch if a section may read otherwise, and keeps it if not", async () => {
        const delivery = (await readSqlObjects()).filter(({ domain }) => domain === "delivery");
        const changed = delivery.filter(({ kind, name }) => migrated.objects.includes(`${kind} ${name}`));
        const isVoid = changed.length > 0 || migrated.migrations.length > 0;

        const kept = epochsOf(await readRows(database)).filter((epoch) => epochsOf(rowsBefore).includes(epoch));

        expect(kept).to.have.length(isVoid ? 0 : 2);
      });

      it("serves: both clinics book and check in, and the restored history is not trusted", async () => {
        const api = await startApi(database.url);
        try {
          for (const prefix of ["", "/c/east"]) {
            const rest = new Rest(api.address + prefix);
            const { body } = await rest.get("/api/v1/doctors");
            const [doctor] = body as { id: string }[];
            const booked = await rest.bookNew(doctor?.id ?? "", await rest.today());
            const checkedIn = await rest.post("/api/v1/checkins", {
              appointment_id: booked.id,
              patient_id: booked.patientId,
            });

            expect(checkedIn.status).to.equal(201);
          }
          const rows = await readRows(database);
          expect(rows.get("installation")?.[0]?.["id"]).not.to.equal(rowsBefore.get("installation")?.[0]?.["id"]);
          expect(epochsOf(rows)).not.to.include.members(epochsOf(rowsBefore));
        } finally {
          await api.stop();
        }
      });
    });
  }
});

/** Brings an empty database to what a release had: its tables by its migrations, and the rest from the dump. */
async function restore({ sql }: TestDatabase, release: string): Promise<void> {
  const dump = await readFile(new URL(release, dumps), "utf8");
  await sql`create table migrations (id serial primary key, name varchar(255) not null, run_on timestamp not null)`;
  for (const [, name = ""] of dump.matchAll(/"name": "(\d{4}_\w+)", "run_on"/g))
    await sql.unsafe(await readFile(new URL(`db/migrations/${name}.sql`, projectRoot), "utf8"));
  await sql.unsafe(dump);
}

async function readRows({ sql }: TestDatabase): Promise<Rows> {
  const rows: Rows = new Map();
  for (const table of await tableNames(sql)) {
    const of = await sql<{ row: Record<string, unknown> }[]>`select to_jsonb(one) as row from ${sql(table)} one`;
    rows.set(
      table,
      of.map(({ row }) => row),
    );
  }
  return rows;
}

/** A release may add columns to a row, and may not change those that it had. */
function contains(old: Record<string, unknown>): (row: Record<string, unknown>) => boolean {
  const columns = Object.keys(old).filter((column) => !renewed.includes(column));
  return (row) => columns.every((column) => JSON.stringify(row[column]) === JSON.stringify(old[column]));
}
