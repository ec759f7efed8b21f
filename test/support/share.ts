import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { migrate } from "../../db/schema/migrate.ts";
import { startOwnCluster, temporaryFolder } from "./database.ts";
import { closed } from "./leaks.ts";
import type { Settings } from "./service.ts";
import { sharedVariable, type Shared, type SharedSystem } from "./shared.ts";
import { System } from "./system.ts";
import { secret } from "./tokens.ts";

/** All test files call from one address, which no limit of a deployment is made for. */
const limits = {
  LOG_LEVEL: "warn",
  MAX_READS_PER_MINUTE: 1_000_000,
  MAX_WRITES_PER_MINUTE: 1_000_000,
  MAX_CALLS_PER_MINUTE_PER_ADDRESS: 1_000_000,
  MAX_SIGN_INS_PER_MINUTE_PER_ADDRESS: 1_000_000,
  MAX_PAIRINGS_PER_MINUTE_PER_ADDRESS: 1_000_000,
  MAX_CONNECTIONS_PER_ADDRESS: 10_000,
  MAX_UNAUTHENTICATED_PER_ADDRESS: 1_000,
};

const make: { [Name in keyof Shared]: () => Promise<Shared[Name]> } = {
  open: () => startSystem(limits),
  "with-sign-in": () => startSystem({ ...limits, AUTH_SECRET: secret }),
  data: makeData,
};
const made = new Map<string, Promise<object>>();
const systems: System[] = [];
const folders: string[] = [];

/**
 * Answers whoever runs test files what they share. It is made for the first who asks, so that a run of one file makes
 * only what the file needs.
 */
const server = createServer((request, response) => {
  answer(request.url?.slice(1) as keyof Shared, response).catch((error: unknown) => {
    response.writeHead(500, { connection: "close" }).end(String(error));
  });
});

export async function startSharing(): Promise<void> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  process.env[sharedVariable] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** @throws Error when a shared process does not end as it should. */
export async function stopSharing(): Promise<void> {
  await Promise.allSettled(made.values());
  const ends = await Promise.all(systems.flatMap(({ api, realtime }) => [api.stop(), realtime.stop()]));
  for (const folder of folders) await rm(folder, { recursive: true });
  server.close();
  if (ends.some((end) => end !== 0)) throw new Error(`the shared processes ended with ${ends.join(", ")}`);
}

async function answer(name: keyof Shared, response: ServerResponse): Promise<void> {
  const making = made.get(name) ?? make[name]();
  made.set(name, making);
  response.writeHead(200, { connection: "close" }).end(JSON.stringify(await making));
}

async function startSystem(settings: Settings): Promise<SharedSystem> {
  const system = await System.openWithPages(settings);
  systems.push(system);
  // No test has to close it, not even in a run in which this process is also the one that runs the tests.
  closed(system.sql);
  for (const service of [system.api, system.realtime]) service.share();
  return { databaseUrl: system.databaseUrl, api: system.api.address, realtime: system.realtime.address };
}

async function makeData(): Promise<Shared["data"]> {
  const folder = await temporaryFolder();
  folders.push(folder);
  const cluster = await startOwnCluster(folder);
  await migrate(cluster.url);
  await cluster.stop();
  return { folder };
}
