import { setTimeout as delay } from "node:timers/promises";
import { now } from "../clock.ts";
import { HttpCaller } from "../http-caller.ts";
import { Load } from "../load/load.ts";
import { median, printTable, writeResults, type Row } from "../report.ts";
import { startHandMade, startOurs, startSocketIo, type System } from "../systems.ts";
import { takeTurns } from "../turns.ts";
import type { Effort, World } from "../world.ts";

const writes = 100;
const doctors = 5;
const callers = 16;
const loneChanges = 20;
/** After a time without any message the burst is over. */
const quietMs = 500;
const patienceMs = 60_000;

interface Burst {
  /** From a change made alone until all clients have it. */
  aloneMs: number;
  /** From the first write of the burst until all clients have the last. */
  elapsedMs: number;
  /** To each client. */
  messages: number;
  /** Clients that came to know of the last write. */
  current: number;
  /** Of the date, by a server of ours: for each change made alone, and for the burst. */
  reads: { alone: number; burst: number } | undefined;
}

/** Check-ins as fast as they go: how many messages are they to a client, how many reads, and do all get the last? */
export async function burst(world: World, { rounds }: Effort): Promise<void> {
  const date = await world.today();
  await world.fill(date, writes, doctors);
  const load = new Load();
  const rows: Row[] = [];
  for (const clients of [1, 1_000]) {
    const ours = await startOurs(world.url);
    const socketIo = await startSocketIo(world.url);
    const handMade = await startHandMade(world.url);
    const tell = (system: System, how: object) => () => measure(world, load, { system, how, date, clients });
    const measured = await takeTurns(
      [
        ["clinic-queue", tell(ours, {})],
        ["clinic-queue, delta", tell(ours, { mode: "delta" })],
        ["Socket.IO", tell(socketIo, {})],
        ["hand-made ws", tell(handMade, {})],
      ],
      rounds,
    );
    await Promise.all([ours, socketIo, handMade].map((system) => system.stop()));
    for (const [name, all] of measured) {
      const elapsedMs = median(all.map((one) => one.elapsedMs));
      const aloneMs = median(all.map((one) => one.aloneMs));
      const reads = all.flatMap((one) => one.reads ?? []);
      rows.push({
        server: name,
        clients,
        "a change alone, ms": aloneMs,
        "until all have the last, ms": elapsedMs,
        "that ÷ a change": elapsedMs / aloneMs,
        "messages a client": median(all.map((one) => one.messages)),
        reads: reads.length > 0 ? median(reads.map((read) => read.burst)) : "",
        "reads a change alone": reads.length > 0 ? median(reads.map((read) => read.alone)) : "",
        "clients without the last": all.reduce((sum, one) => sum + clients - one.current, 0),
      });
    }
  }
  await load.stop();
  printTable(`${writes} check-ins by ${callers} callers, as fast as they go`, rows);
  writeResults("burst", { writes, callers, rounds, rows });
}

async function measure(
  world: World,
  load: Load,
  { system, how, date, clients }: { system: System; how: object; date: string; clients: number },
): Promise<Burst> {
  await world.undoCheckIns();
  await load.connect(system.client(date, how), clients);
  const readsAtFirst = await readsOf(system);
  const aloneMs = await timeOfChange(world, load, { system, date, clients });
  const base = await world.revision(date);
  await delay(500);
  await load.reset({ tracksRevisions: true });
  const readsBefore = await readsOf(system);
  const left = await world.appointments();
  const startedAt = now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      const caller = new HttpCaller(system.rest);
      for (let next = left.pop(); next; next = left.pop()) {
        const status = await caller.post("/api/v1/checkins", { appointment_id: next.id, patient_id: next.patient_id });
        if (status !== 201) throw new Error(`a check-in was answered with ${status}`);
      }
      caller.close();
    }),
  );
  const until = performance.now() + patienceMs;
  let { arrivals, frames } = await load.collect();
  for (let isQuiet = false; !isQuiet && performance.now() < until;) {
    await delay(quietMs);
    const before = frames;
    ({ arrivals, frames } = await load.collect());
    isQuiet = frames === before;
  }
  const last = new Map(arrivals).get(base + writes) ?? { last: Infinity, count: 0 };
  const reads = await readsOf(system);
  await load.disconnect();
  return {
    aloneMs,
    elapsedMs: last.last - startedAt,
    messages: frames / clients,
    current: last.count,
    reads:
      system.name === "clinic-queue"
        ? { alone: (readsBefore - readsAtFirst) / loneChanges, burst: reads - readsBefore }
        : undefined,
  };
}

/** How often a server of ours has read a date; NaN for another, which does not tell. */
async function readsOf({ name, server }: System): Promise<number> {
  if (name !== "clinic-queue") return NaN;
  const response = await fetch(`http://127.0.0.1:${server.port}/health`);
  return ((await response.json()) as { reads: number }).reads;
}

/** How long a change takes that is made alone, until all clients have it, in ms: the write, the read and the sending. */
async function timeOfChange(
  world: World,
  load: Load,
  { system, date, clients }: { system: System; date: string; clients: number },
): Promise<number> {
  await load.reset();
  const times: number[] = [];
  for (let n = 1; n <= loneChanges; n++) {
    const startedAt = performance.now();
    await world.sql`update patients set age = (age + 1) % 90 where phone = '10000000001'`;
    await system.tellChanged(date);
    await load.await({ frames: n * clients });
    times.push(performance.now() - startedAt);
  }
  return median(times);
}
