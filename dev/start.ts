/** `npm start`: everything on one machine, with a Postgres that comes with npm unless DATABASE_URL names one. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { EmbeddedPostgres } from "../db/embedded-postgres.ts";
import { openLogins, type ProcessUrls } from "../db/login-roles.ts";
import { migrate } from "../db/migrate.ts";
import { freePort } from "../platform/free-port.ts";
import { projectRoot } from "../platform/project-root.ts";
import { tellReady } from "../platform/shutdown.ts";
import { startOrExit } from "../platform/start.ts";
import { environment, readConfig } from "./config.ts";
import { Supervisor } from "./supervisor.ts";

const orphanCheckMs = 500;

await startOrExit("start", async () => {
  const { DATABASE_URL, API_PORT, DATA_DIR, npm_lifecycle_event: startedByNpm } = readConfig();
  const running: { stop: () => Promise<void> }[] = [];
  let stopping: Promise<void> | undefined;
  // What is being built up is waited for: Postgres must not be taken from under its own start, or a migration.
  let buildUp: Promise<unknown> = Promise.resolve();
  const stop = (exitCode: number): Promise<void> =>
    (stopping ??= buildUp
      .catch(() => {})
      .then(() => stopAll(running))
      .then(() => process.exit(exitCode)));
  process.on("SIGINT", () => stop(0));
  process.on("SIGTERM", () => stop(0));
  process.on("SIGHUP", () => stop(0));
  // An npm that was killed passes no signal on, it only leaves us to another parent.
  const parent = process.ppid;
  if (startedByNpm) setInterval(() => process.ppid !== parent && stop(0), orphanCheckMs).unref();

  const prepare = async (): Promise<{ url: string } & Partial<ProcessUrls>> => {
    if (DATABASE_URL !== undefined) {
      await migrate(DATABASE_URL);
      return { url: DATABASE_URL };
    }
    const postgres = await startPostgres(DATA_DIR);
    running.push(postgres);
    void postgres.exited.then(() => {
      if (stopping) return;
      process.stderr.write("start: the embedded Postgres ended unexpectedly\n");
      return stop(1);
    });
    await migrate(postgres.url);
    return { url: postgres.url, ...(await openLogins(postgres.url)) };
  };
  const prepared = prepare();
  buildUp = prepared;
  let database: Awaited<typeof prepared>;
  try {
    database = await prepared;
  } catch (error) {
    if (!stopping) await stopAll(running);
    throw error;
  }
  if (stopping) return stopping;

  // A line for each request would bury what a person at this terminal needs to see.
  const { url, ...processUrls } = database;
  const settings = { LOG_LEVEL: "warn", ...environment, DATABASE_URL: url, ...processUrls };
  // Each process must know the other's port: the pages tell browsers one, and whose pages they are follows from the other.
  const apiPort = String(API_PORT === 0 ? await freePort() : API_PORT);
  const launch = async (name: string, env: NodeJS.ProcessEnv): Promise<URL | undefined> => {
    const supervisor = new Supervisor(name, env);
    running.push(supervisor);
    const address = await supervisor.start();
    if (address === undefined) void stop(1);
    return address === undefined || stopping ? undefined : new URL(address);
  };
  const realtime = await launch("realtime", { ...settings, API_PORT: apiPort });
  if (!realtime) return;
  const api = await launch("api", { ...settings, API_PORT: apiPort, REALTIME_PORT: realtime.port });
  if (!api) return;

  process.stdout.write(`
clinic-queue is running
  desk       ${api.href}
  screen     ${api.href}screen
  API        ${api.href}api/v1     reference: ${api.href}docs
  WebSocket  ws://${realtime.host}/api/v1/ws/queue
  Postgres   ${DATABASE_URL === undefined ? url : "as DATABASE_URL says"}
Ctrl-C stops it.
`);
  tellReady(api.origin);
});

function startPostgres(dataFolder: string): Promise<EmbeddedPostgres> {
  return EmbeddedPostgres.start({ folder: resolve(fileURLToPath(projectRoot), dataFolder), port: 0 });
}

/** Stops in the opposite order of starting: who uses the database goes before it. */
async function stopAll(running: { stop: () => Promise<void> }[]): Promise<void> {
  for (const process of running.splice(0).toReversed()) await process.stop();
}
