import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type Sql } from "../../db/connection.ts";
import { EmbeddedPostgres } from "../../embedded/embedded-postgres.ts";
import { migrate } from "../../db/schema/migrate.ts";
import { closed, opened } from "./leaks.ts";
import { startClinicsAtNoon } from "./clinic-clock.ts";
import { nameDefaultClinic } from "./default-clinic.ts";

// A throw-away cluster: what a crash of the machine would lose does not matter here, commits are as they are.
const settings = { fsync: "off", max_connections: "200" };

let cluster: EmbeddedPostgres | undefined;

/** Where the processes that run test files find the cluster that the first of them started. */
const clusterVariable = "CLINIC_QUEUE_TEST_CLUSTER";

/** Starts a cluster of its own, for tests that stop or break Postgres. */
export async function startOwnCluster(
  folder?: string,
  port = 0,
  more: Record<string, string> = {},
): Promise<EmbeddedPostgres> {
  return EmbeddedPostgres.start({
    folder: folder ?? (await temporaryFolder()),
    port,
    settings: { ...settings, ...more },
    temporary: !folder,
  });
}

/** A new folder that the user whom Postgres runs as can enter. It may be one from which no program can be run. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(await folderOfFolders(), "clinic-queue-"));
  await chmod(folder, 0o755);
  return folder;
}

const memory = "/dev/shm";
/** Of all clusters of a run, with what the other tests have at once, and a reserve. */
const enoughBytes = 4e9;

/** In memory where there is room: on a disk a new database, which is a thousand new files, takes ten times as long. */
async function folderOfFolders(): Promise<string> {
  const room = await statfs(memory).catch(() => undefined);
  return room !== undefined && room.bavail * room.bsize > enoughBytes ? memory : tmpdir();
}

/** Starts the cluster that all test files share; its first database is the migrated template of theirs. */
export async function startCluster(): Promise<void> {
  cluster = await startOwnCluster();
  await migrate(cluster.url);
  await nameDefaultClinic(cluster.url);
  await startClinicsAtNoon(cluster.url);
  process.env[clusterVariable] = cluster.url;
}

export async function stopCluster(): Promise<void> {
  await cluster?.stop();
}

/** A connection of a test to a database; `max` more than one where a test needs transactions side by side. */
export async function openSql(url: string, max = 4): Promise<Sql & AsyncDisposable> {
  const sql = connect({ url, name: "test", max });
  opened(sql, "a pool of connections");
  return Object.assign(sql, {
    async [Symbol.asyncDispose]() {
      await sql.end({ timeout: 1 });
      closed(sql);
    },
  });
}

export interface TestDatabase {
  url: string;
  sql: Sql & AsyncDisposable;
  /** Opens a connection for each of so many callers, until the database is dropped. */
  openEach: (callers: number) => Promise<Sql[]>;
  drop: () => Promise<void>;
}

/** A database of the test's own: migrated, or empty. */
export async function createDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  // A third of the time of the usual way, which logs every page for a standby and a crash.
  await administer(`create database ${name} template ${empty ? "template0" : "clinic_queue"} strategy file_copy`);
  const url = databaseUrl(name);
  const sql = await openSql(url);
  const open = [sql];
  return {
    url,
    sql,
    async openEach(callers) {
      const connections = await Promise.all(Array.from({ length: callers }, () => openSql(url, 1)));
      open.push(...connections);
      return connections;
    },
    async drop() {
      for (const connection of open) await connection[Symbol.asyncDispose]();
      await administer(`drop database ${name} with (force)`);
    },
  };
}

async function administer(statement: string): Promise<void> {
  const sql = connect({ url: databaseUrl("postgres"), name: "test", max: 1 });
  await sql.unsafe(statement);
  await sql.end();
}

function databaseUrl(name: string): string {
  const url = process.env[clusterVariable];
  if (url === undefined) throw new Error("the cluster is not running");
  return url.replace(/[^/]+$/, name);
}
