import { fileURLToPath } from "node:url";
import { runner } from "node-pg-migrate";
import { Client, type ClientBase, type QueryConfig } from "pg";
import { codeOf } from "../../platform/errors.ts";
import { projectRoot } from "../../platform/project-root.ts";
import { StartError } from "../../platform/settings.ts";
import { applySql } from "./apply-sql.ts";
import { isRefusal } from "../database-errors.ts";
import { setRoleSettings } from "./role-settings.ts";
import { schemaRelease } from "./schema-release.ts";

/** A change of a table that waits for a lock keeps all others waiting who come after it, so it does not wait for long. */
const lockTimeout = "5s";
const keptWaiting =
  "DATABASE_URL: another session holds a lock that the migration needs, so nothing was changed. End that session, which " +
  "docs/operations.md tells how to find, or try again";

const migrationsFolder = fileURLToPath(new URL("db/migrations/", projectRoot));

/** What changed in the database. */
export interface Migrated {
  /** The names of the numbered migrations that were run. */
  migrations: string[];
  /** The functions, triggers and roles of `sql/` that were applied or dropped. */
  objects: string[];
  /** Statements that only an administrator of Postgres may run; behind a pooler they are needed. */
  leftToAdministrator: string[];
}

/**
 * Brings the database to this release: first the tables, by the numbered migrations, then functions, triggers and grants,
 * as `sql/` says. All of it in one transaction, which waits for another process that is at it.
 *
 * @throws StartError when the database cannot be reached, or is one that this release cannot bring up.
 */
export async function migrate(databaseUrl: string): Promise<Migrated> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await lock(client);
    const migrated = await bringUp(client);
    await client.query("commit");
    return migrated;
  } catch (error) {
    const code = codeOf(error);
    if (code === "42501") throw new StartError((error as Error).message, { cause: error });
    if (code === "55P03") throw new StartError(keptWaiting, { cause: error });
    if (isRefusal(error) || code === "ECONNREFUSED") {
      throw new StartError(`DATABASE_URL: the database cannot be reached (${code})`, { cause: error });
    }
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Begins the transaction, alone. The lock is that of a table, which takes a right to write: an advisory lock could be held
 * by anybody who may connect.
 */
async function lock(client: Client): Promise<void> {
  await client.query("set client_min_messages = warning");
  await client
    .query(
      "create table if not exists migrations (id serial primary key, name varchar(255) not null, run_on timestamp not null)",
    )
    .catch((error: unknown) => {
      // "If not exists" does not see a table that another process is just making: it, its type or its sequence is then there.
      if (!["23505", "42P07", "42710"].includes(codeOf(error) ?? "")) throw error;
    });
  await client.query("begin");
  await client.query("lock table migrations in share row exclusive mode");
  // Another migration is waited for, however long it takes; nobody else is.
  await client.query(`set local lock_timeout = '${lockTimeout}'`);
}

async function bringUp(client: Client): Promise<Migrated> {
  const messages: string[] = [];
  const logger = { info: () => {}, warn: () => {}, error: (message: string) => messages.push(message) };
  let run: { name: string }[];
  try {
    run = await runner({
      dbClient: withinTransaction(client),
      dir: migrationsFolder,
      direction: "up",
      migrationsTable: "migrations",
      noLock: true,
      singleTransaction: true,
      logger,
    });
  } catch (error) {
    if (codeOf(error) === undefined && (error as Error).message.startsWith("Not run migration")) {
      throw new StartError("DATABASE_URL: the database was made by a version before the first release", {
        cause: error,
      });
    }
    if (messages.length > 0 && codeOf(error) !== "42501") throw new Error(messages.join("\n"), { cause: error });
    throw error;
  }
  const isNew = run.some(({ name }) => name === "0001_schema");
  const { changed, vanished } = await applySql(client);
  const isRevisionVoid = run.length > 0 || vanished.length > 0 || changed.some(({ domain }) => domain === "delivery");
  // A revision stands for one text, so none may outlive the functions that made the text.
  if (isRevisionVoid && !isNew) await client.query("update clinics set epoch = gen_random_uuid()");
  await client.query(
    `insert into schema_release (version, serves_from) values ($1, $2)
     on conflict (singleton) do update set version = excluded.version, serves_from = excluded.serves_from
     where (schema_release.version, schema_release.serves_from) <> (excluded.version, excluded.serves_from)`,
    [schemaRelease.version, schemaRelease.servesFrom],
  );
  return {
    migrations: run.map(({ name }) => name),
    objects: [...changed, ...vanished].map(({ kind, name }) => `${kind} ${name}`),
    leftToAdministrator: await setRoleSettings(client),
  };
}

/** The library begins and commits a transaction by itself; inside ours that is a savepoint. */
function withinTransaction(client: Client): ClientBase {
  const statements: Record<string, string> = {
    BEGIN: "savepoint migrating",
    COMMIT: "release savepoint migrating",
    ROLLBACK: "rollback to savepoint migrating",
  };
  const query = (text: string | QueryConfig, values?: unknown[]) =>
    client.query(typeof text === "string" ? (statements[text] ?? text) : text, values);
  return { query } as unknown as ClientBase;
}
