import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sharedSystemsVariable, type SharedAddresses, type SharedSystem } from "./clinic.ts";
import { closed } from "./leaks.ts";
import type { Settings } from "./service.ts";
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
const settings: Record<SharedSystem, Settings> = {
  open: limits,
  "with-sign-in": { ...limits, AUTH_SECRET: secret },
};

const systems = new Map<string, Promise<System>>();

/**
 * Answers whoever runs test files where a shared system is, which is started for the first who asks: a run of one file
 * that needs none starts none.
 */
const server = createServer((request, response) => {
  answer(request.url?.slice(1) as SharedSystem, response).catch((error: unknown) => {
    response.writeHead(500, { connection: "close" }).end(String(error));
  });
});

export async function offerSharedSystems(): Promise<void> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  process.env[sharedSystemsVariable] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** @throws Error when a process does not end as it should. */
export async function stopSharedSystems(): Promise<void> {
  const running = await Promise.all(systems.values());
  const ends = await Promise.all(running.flatMap(({ api, realtime }) => [api.stop(), realtime.stop()]));
  server.close();
  if (ends.some((end) => end !== 0)) throw new Error(`the shared processes ended with ${ends.join(", ")}`);
}

async function answer(name: SharedSystem, response: ServerResponse): Promise<void> {
  const starting = systems.get(name) ?? start(name);
  systems.set(name, starting);
  const { databaseUrl, api, realtime } = await starting;
  const addresses: SharedAddresses = { databaseUrl, api: api.address, realtime: realtime.address };
  response.writeHead(200, { connection: "close" }).end(JSON.stringify(addresses));
}

async function start(name: SharedSystem): Promise<System> {
  const system = await System.openWithPages(settings[name]);
  // No test has to close it, not even in a run in which this process is also the one that runs the tests.
  closed(system.sql);
  for (const process of [system.api, system.realtime]) process.share();
  return system;
}
