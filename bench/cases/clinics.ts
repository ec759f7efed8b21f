import { setTimeout as delay } from "node:timers/promises";
import { now } from "../clock.ts";
import { HttpCaller } from "../http-caller.ts";
import { Load } from "../load/load.ts";
import { median, printTable, writeResults, type Row } from "../report.ts";
import { startOurs, type System } from "../systems.ts";
import { takeTurns } from "../turns.ts";
import type { Effort, World } from "../world.ts";

const clinics = 10_000;
const appointments = 4;
const changes = 100;
const changeIntervalMs = 50;

interface Change {
  path: string;
  body: object;
}

interface Measured {
  kbPerSocket: number;
  idleServer: number;
  idlePostgres: number;
  change: Cost | undefined;
}

/** A change's: processor time of the realtime process and of Postgres, and the time until the client has it. */
interface Cost {
  serverMs: number;
  postgresMs: number;
  latencyMs: number;
}

/**
 * What 10,000 clinics cost, each with a day that one idle socket watches, beside as many sockets on one clinic's day: while
 * nothing changes, and for each change in one of them.
 */
export async function manyClinics(world: World, { seconds, rounds }: Effort): Promise<void> {
  const date = await world.today();
  await world.fillClinics(date, clinics, appointments);
  const [one, manySockets, manyDays] = [
    "1 socket on a day of one clinic",
    "10,000 sockets on a day of one clinic",
    "10,000 sockets, each on a day of another clinic",
  ];
  const measure = (sockets: number, code: string) => () => watch(world, date, { sockets, code, seconds });
  const measured = await takeTurns(
    [
      [one, measure(1, "b1")],
      [manySockets, measure(clinics, "b1")],
      [manyDays, measure(clinics, "b{n}")],
    ],
    rounds,
  );
  const medianOf = (watched: string, what: (measured: Measured) => number | undefined): number =>
    median((measured.get(watched) ?? []).map((turn) => what(turn) ?? NaN));
  const rows: Row[] = [...measured.keys()].map((watched) => ({
    watched,
    "KB a socket": watched === one ? NaN : medianOf(watched, ({ kbPerSocket }) => kbPerSocket),
    "idle: realtime, % of a core": medianOf(watched, ({ idleServer }) => idleServer / 10),
    "Postgres, %": medianOf(watched, ({ idlePostgres }) => idlePostgres / 10),
  }));
  const ofDays: Row[] = (
    [
      ["Postgres, CPU ms", "postgresMs"],
      ["realtime, CPU ms", "serverMs"],
      ["until the client has it, ms", "latencyMs"],
    ] as const
  ).map(([what, key]) => {
    const [alone, among] = [one, manyDays].map((watched) => medianOf(watched, ({ change }) => change?.[key]));
    return {
      "a change costs": what,
      "one clinic": alone ?? NaN,
      "one of 10,000": among ?? NaN,
      ratio: (among ?? NaN) / (alone ?? NaN),
    };
  });
  const aDay =
    medianOf(manyDays, ({ kbPerSocket }) => kbPerSocket) - medianOf(manySockets, ({ kbPerSocket }) => kbPerSocket);
  printTable(`${clinics.toLocaleString("en")} clinics with a day each`, rows);
  process.stdout.write(`\na watched quiet day beyond its socket: ${aDay.toFixed(1)} KB\n`);
  printTable("a change in one of the clinics", ofDays);
  writeResults("clinics", { clinics, appointments, changes, rounds, rows, kbPerDay: aDay, ofDays });
}

/** Measures new processes, with so many sockets on days of the clinics that the code stands for. */
async function watch(
  world: World,
  date: string,
  { sockets, code, seconds }: { sockets: number; code: string; seconds: number },
): Promise<Measured> {
  const ours = await startOurs(world.url, { MAX_FEEDS: String(2 * clinics) });
  const load = new Load();
  const client = ours.client(date, {});
  const connect = (of: string, count: number): Promise<number> =>
    load.connect({ ...client, path: `/c/${of}${client.path}` }, count, 200);
  // The first sockets warm the process up.
  await connect("b1", 200);
  await load.disconnect();
  await delay(500);
  const memoryBefore = ours.server.memory;
  await connect(code, sockets);
  await delay(3_000);
  const kbPerSocket = (ours.server.memory - memoryBefore) / sockets / 1024;
  const idle = await costOf(world, ours, seconds * 5_000);
  // What a change costs beside thousands of sockets that it is sent to is what `fan-out` measures.
  const isTold = sockets === 1 || code === "b{n}";
  const change = isTold
    ? await costOfChanges(world, ours, load, await absences(world, date, sockets), idle)
    : undefined;
  await load.disconnect();
  await load.stop();
  await ours.stop();
  return { kbPerSocket, idleServer: idle.serverMs, idlePostgres: idle.postgresMs, change };
}

/** Processor time in ms a second of the realtime process and of Postgres. */
async function costOf(world: World, { server }: System, ms: number) {
  const [serverBefore, postgresBefore] = [server.cpuMs, await world.cpuMs()];
  await delay(ms);
  return {
    serverMs: (server.cpuMs - serverBefore) / (ms / 1_000),
    postgresMs: ((await world.cpuMs()) - postgresBefore) / (ms / 1_000),
  };
}

async function costOfChanges(
  world: World,
  { server, rest }: System,
  load: Load,
  calls: Change[],
  idle: { serverMs: number; postgresMs: number },
): Promise<Cost> {
  const caller = new HttpCaller(rest);
  const latencies: number[] = [];
  const startedAt = performance.now();
  const [serverBefore, postgresBefore] = [server.cpuMs, await world.cpuMs()];
  for (const { path, body } of calls) {
    const next = performance.now() + changeIntervalMs;
    await load.reset();
    const sentAt = now();
    const told = load.await({ frames: 1 });
    const status = await caller.post(path, body);
    if (status !== 200) throw new Error(`an absence was answered with ${status}`);
    await told;
    latencies.push(now() - sentAt);
    await delay(Math.max(0, next - performance.now()));
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const serverMs = (server.cpuMs - serverBefore - seconds * idle.serverMs) / calls.length;
  const postgresMs = ((await world.cpuMs()) - postgresBefore - seconds * idle.postgresMs) / calls.length;
  caller.close();
  return { serverMs, postgresMs, latencyMs: median(latencies) };
}

/** Doctors who go and come, each in another clinic where more than one is watched. */
async function absences(world: World, date: string, watched: number): Promise<Change[]> {
  const doctors = await world.sql<{ code: string; id: string; is_present: boolean }[]>`
    select clinic.code, doctor.id, doctor_day.is_present
    from clinics clinic
    join doctors doctor on doctor.clinic_id = clinic.id
    join doctor_days doctor_day on (doctor_day.doctor_id, doctor_day.date) = (doctor.id, ${date})
    where clinic.code = any (string_to_array(${Array.from({ length: Math.min(watched, changes) }, (_, n) => `b${n + 1}`).join(",")}, ','))
  `;
  return Array.from({ length: changes }, (_, n) => {
    const { code = "", id = "", is_present: wasPresent = true } = doctors[n % doctors.length] ?? {};
    const body = { date, is_present: (Math.floor(n / doctors.length) % 2 === 1) === wasPresent };
    return { path: `/c/${code}/api/v1/doctors/${id}/availability`, body };
  });
}
