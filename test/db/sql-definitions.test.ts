import { expect } from "chai";
import type { Sql } from "../../db/database.ts";
import { migrate } from "../../db/migrate.ts";
import { readSqlDefinitions } from "../../db/sql-definitions.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";

/** Every function and trigger of ours, by name, as the catalog tells it. */
async function readCatalog(sql: Sql): Promise<Record<string, string>> {
  const rows = await sql<{ name: string; definition: string }[]>`
    select proname as name, pg_get_functiondef(oid) as definition
    from pg_proc where pronamespace = 'public'::regnamespace
    union all
    select tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
  `;
  return Object.fromEntries(rows.map(({ name, definition }) => [name, definition]));
}

describe("sql/", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createDatabase({ empty: true });
  });
  after(() => database.drop());

  it("is what the migrations froze, file by file, and nothing else is in the database", async () => {
    await migrate(database.url);
    const migrated = await readCatalog(database.sql);
    const definitions = await readSqlDefinitions();

    for (const { text } of definitions) await database.sql.unsafe(text);

    expect(await readCatalog(database.sql)).to.deep.equal(migrated);
    expect(Object.keys(migrated)).to.have.members(definitions.map(({ name }) => name));
  });

  it("is migrated once, also by two who start at the same time", async () => {
    const other = await createDatabase({ empty: true });

    const runs = await Promise.all([migrate(other.url), migrate(other.url)]);

    expect(runs.map(({ length }) => length > 0)).to.have.members([false, true]);
    expect(await migrate(other.url)).to.deep.equal([]);
    await other.drop();
  });
});
