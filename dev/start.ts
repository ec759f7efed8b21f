/** `npm start`: everything on one machine, with a Postgres that comes with npm unless DATABASE_URL names one. */
import { openLogins, type ProcessUrls } from "../embedded/login-roles.ts";
import { migrate } from "../db/schema/migrate.ts";
import { freePort } from "../embedded/free-port.ts";
import { isLoopback } from "../platform/loopback.ts";
import { tellReady } from "../platform/shutdown.ts";
import { startOrExit } from "../platform/start.ts";
import { invitationUrl } from "../access/invitation.ts";
import { openableUrls } from "./addresses.ts";
import { driverEnvironment, isStartedByNpm, readConfig, sharedEnvironment } from "./config.ts";
import { firstManagersToken } from "./first-manager.ts";
import { PostgresSupervisor } from "./postgres-supervisor.ts";
import { Supervisor } from "./supervisor.ts";

const orphanCheckMs = 500;

interface Prepared extends ProcessUrls {
  LISTEN_DATABASE_URL?: string | undefined;
  /** Of the first manager; undefined where there is none to invite. */
  invitation: string | undefined;
}

await startOrExit("start", async () => {
  const { DATABASE_URL, DATA_DIR, HOST, AUTH_SECRET, AUTH_JWKS_URL, ...config } = readConfig();
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
  if (isStartedByNpm()) setInterval(() => process.ppid !== parent && stop(0), orphanCheckMs).unref();

  // In open mode nobody signs in, and a provider has its own managers.
  const hasFirstManager = AUTH_SECRET !== undefined && AUTH_JWKS_URL === undefined;
  const invite = async (ownerUrl: string) => (hasFirstManager ? firstManagersToken(ownerUrl) : undefined);
  // Neither process is given what the database's owner may do, where it has a login of its own.
  const prepare = async (): Promise<Prepared> => {
    if (DATABASE_URL !== undefined) {
      await migrate(DATABASE_URL);
      return {
        invitation: await invite(DATABASE_URL),
        API_DATABASE_URL: config.API_DATABASE_URL ?? DATABASE_URL,
        REALTIME_DATABASE_URL: config.REALTIME_DATABASE_URL ?? DATABASE_URL,
        LISTEN_DATABASE_URL: config.LISTEN_DATABASE_URL,
      };
    }
    const postgres = await PostgresSupervisor.start({ folder: DATA_DIR, port: 0 });
    running.push(postgres);
    await migrate(postgres.url);
    return { invitation: await invite(postgres.url), ...(await openLogins(postgres.url)) };
  };
  // The realtime process must know whose pages are ours before there is an api.
  const API_PORT = String(config.API_PORT === 0 ? await freePort() : config.API_PORT);
  const prepared = prepare();
  buildUp = prepared;
  let urls: Awaited<typeof prepared>;
  try {
    urls = await prepared;
  } catch (error) {
    if (!stopping) await stopAll(running);
    throw error;
  }
  if (stopping) return stopping;

  // A line for each request would bury what a person at this terminal needs to see.
  const settings = {
    LOG_LEVEL: "warn",
    ...sharedEnvironment(),
    ...(DATABASE_URL !== undefined && driverEnvironment()),
  };
  const { invitation, API_DATABASE_URL, ...realtimeUrls } = urls;
  const launch = async (name: string, env: NodeJS.ProcessEnv): Promise<URL | undefined> => {
    const supervisor = new Supervisor(name, env);
    running.push(supervisor);
    const address = await supervisor.start();
    if (address === undefined) void stop(1);
    return address === undefined || stopping ? undefined : new URL(address);
  };
  const realtime = await launch("realtime", { ...settings, API_PORT, ...realtimeUrls });
  if (!realtime) return;
  const api = await launch("api", { ...settings, API_PORT, REALTIME_PORT: realtime.port, API_DATABASE_URL });
  if (!api) return;

  const [here = api, ...elsewhere] = openableUrls(api);
  process.stdout.write(`
clinic-queue is running
  desk       ${here.href}
  doctor     ${here.href}doctor
  manage     ${here.href}manage
  screen     ${here.href}screen
  API        ${here.href}api/v1     reference: ${here.href}docs
  WebSocket  ws://${here.hostname}:${realtime.port}/api/v1/ws/queue
  elsewhere  ${describeElsewhere(elsewhere, HOST)}
  Postgres   ${DATABASE_URL === undefined ? "npm run database-url prints where it is, and its password" : "as DATABASE_URL says"}
${invitation === undefined ? "" : describeFirstManager(here, invitation)}Ctrl-C stops it.
`);
  tellReady(here.origin);
});

/** The link for whoever comes first, while nobody has an account. */
function describeFirstManager(page: URL, token: string): string {
  return `
  Nobody has an account yet. This link makes yours, the first manager's, once and within the hour:
  ${invitationUrl(page.href, token, "manager")}

`;
}

/** The addresses that other machines can open; there are none where the api listens on loopback. */
function describeElsewhere(urls: URL[], host: string): string {
  if (urls.length > 0) return urls.map(({ href }) => href).join("  ");
  return isLoopback(host) ? 'this machine only; see "A television" in README.md' : "as above";
}

/** Stops in the opposite order of starting, so that the database outlives the processes that use it. */
async function stopAll(running: { stop: () => Promise<void> }[]): Promise<void> {
  for (const process of running.splice(0).toReversed()) await process.stop();
}
