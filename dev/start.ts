/** `npm start`: everything on one machine, with a Postgres that comes with npm unless DATABASE_URL names one. */
import { fileURLToPath } from "node:url";
import { EmbeddedPostgres } from "../db/embedded-postgres.ts";
import { migrate } from "../db/migrate.ts";
import { projectRoot } from "../platform/project-root.ts";
import { startOrExit } from "../platform/start.ts";
import { environment, readConfig } from "./config.ts";
import { Supervisor } from "./supervisor.ts";

const orphanCheckMs = 500;

await startOrExit("start", async () => {
  const { DATABASE_URL, npm_lifecycle_event: startedByNpm } = readConfig();
  const running: { stop: () => Promise<void> }[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (exitCode: number): Promise<void> => (stopping ??= stopAll(running).then(() => process.exit(exitCode)));
  process.on("SIGINT", () => stop(0));
  process.on("SIGTERM", () => stop(0));
  process.on("SIGHUP", () => stop(0));
  // An npm that was killed passes no signal on, it only leaves us to another parent.
  const parent = process.ppid;
  if (startedByNpm) setInterval(() => process.ppid !== parent && stop(0), orphanCheckMs).unref();

  let url = DATABASE_URL;
  if (url === undefined) {
    const postgres = await startPostgres();
    running.push(postgres);
    url = postgres.url;
    void postgres.exited.then(() => {
      if (stopping) return;
      process.stderr.write("start: the embedded Postgres ended unexpectedly\n");
      return stop(1);
    });
  }
  try {
    await migrate(url);
  } catch (error) {
    await stopAll(running);
    throw error;
  }

  const env = { ...environment, DATABASE_URL: url };
  const processes = [new Supervisor("realtime", env), new Supervisor("api", env)];
  running.push(...processes);
  const [realtime, api] = await Promise.all(processes.map((process) => process.start()));
  if (stopping) return;
  if (realtime === undefined || api === undefined) return stop(1);

  process.stdout.write(`
clinic-queue is running
  screen     ${api}/
  API        ${api}/api/v1     reference: ${api}/docs
  WebSocket  ${realtime.replace(/^http/, "ws")}/api/v1/ws/queue
  Postgres   ${DATABASE_URL === undefined ? url : "DATABASE_URL"}
Ctrl-C stops it.
`);
});

function startPostgres(): Promise<EmbeddedPostgres> {
  return EmbeddedPostgres.start({ folder: fileURLToPath(new URL(".data/", projectRoot)), port: 0 });
}

/** Stops in the opposite order of starting: who uses the database goes before it. */
async function stopAll(running: { stop: () => Promise<void> }[]): Promise<void> {
  for (const process of running.splice(0).toReversed()) await process.stop();
}
