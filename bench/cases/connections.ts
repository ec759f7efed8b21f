import { setTimeout as delay } from "node:timers/promises";
import { nodeOptions } from "../../dev/procfile.ts";
import { Load } from "../load/load.ts";
import type { RawClientOptions } from "../load/raw-client.ts";
import { Program } from "../program.ts";
import { median, printTable, writeResults, type Row } from "../report.ts";
import { secret, startOurs } from "../systems.ts";
import type { Effort, World } from "../world.ts";

const connections = 10_000;
const appointments = 50;
/** Our heartbeat's interval: each connection that is silent is asked once in that time. */
const idleMs = 30_000;

/** What 10,000 idle connections cost, beside bare `ws`; and how many can come back a second. */
export async function connections10k(world: World, { rounds }: Effort): Promise<void> {
  const date = await world.today();
  await world.fill(date, appointments, 5);
  // As Node comes, and with the option that ours runs with, so that it is seen what the option does and what we do.
  const bareServers: [string, string[]][] = [
    ["bare ws", []],
    ["bare ws, our option", nodeOptions("dist/realtime/main.js")],
  ];
  const samples: { name: string; memory: number; idle: number; perSecond: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [name, options] of bareServers) {
      const bare = await Program.start("bench/peers/bare-ws.ts", {}, options);
      const client: RawClientOptions = {
        port: bare.port,
        path: "/",
        wire: "websocket",
        compressed: false,
        headers: "",
        hello: ["x"],
      };
      samples.push({ name, ...(await measure(bare, client)) });
      await bare.stop();
    }
    for (const compressed of [false, true]) {
      const ours = await startOurs(world.url, { AUTH_SECRET: secret, MAX_CONNECTIONS: String(2 * connections) });
      const name = compressed ? "clinic-queue, compressed" : "clinic-queue";
      samples.push({ name, ...(await measure(ours.server, ours.client(date, { compressed }))) });
      await ours.stop();
    }
  }
  const rows: Row[] = [...new Set(samples.map(({ name }) => name))].map((server) => {
    const mine = samples.filter(({ name }) => name === server);
    const bare = median(samples.filter(({ name }) => name === "bare ws").map(({ memory }) => memory));
    const memory = median(mine.map((sample) => sample.memory));
    return {
      server,
      "KB a connection": memory / 1024,
      "× bare ws": memory / bare,
      "idle CPU, ms a second": median(mine.map(({ idle }) => idle)),
      "connect + first message, a second": Math.round(median(mine.map(({ perSecond }) => perSecond))),
    };
  });
  printTable(`${connections} connections: authenticated, subscribed, heart-beaten, idle`, rows);
  writeResults("connections", { connections, rounds, rows });
}

async function measure(server: Program, client: RawClientOptions) {
  const load = new Load();
  await load.connect(client, 200);
  await load.disconnect();
  await delay(500);
  const before = server.memory;
  const ms = await load.connect(client, connections, 200);
  await delay(3_000);
  const cpuBefore = server.cpuMs;
  await delay(idleMs);
  const idle = (server.cpuMs - cpuBefore) / (idleMs / 1000);
  const memory = (server.memory - before) / connections;
  await load.disconnect();
  await load.stop();
  return { memory, idle, perSecond: connections / (ms / 1000) };
}
