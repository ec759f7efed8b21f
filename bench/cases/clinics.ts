import { setTimeout as delay } from "node:timers/promises";
import { now } from "../clock.ts";
import { HttpCaller } from "../http-caller.ts";
import { Load } from "../load/load.ts";
import { median, printTable, writeResults, type Row } from "../report.ts";
import { startOurs, type System } from "../systems.ts";
import type { Effort, World } from "../world.ts";

const clinics = 10_000;
const appointments = 4;
const changes = 100;
const changeIntervalMs = 50;

interface Change {
  path: string;
  body: object;
}

/**
 * What 10,000 clinics cost, each with a day that one idle socket watches, beside as many sockets on one clinic's day: while
 * nothing changes, and for each change in one of them.
 */
export async function manyClinics(world: World, { seconds }: Effort): Promise<void> {
  const date = await world.today();
  await fillClinics(world, date);
  const rows: Row[] = [];
  for (const [name, sockets, code] of [
    ["1 socket on a day of one clinic", 1, "b1"],
    ["10,000 sockets on a day of one clinic", clinics, "b1"],
    ["10,000 sockets, each on a day of another clinic", clinics, "b{n}"],
  ] as const) {
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
    const memory = (ours.server.memory - memoryBefore) / sockets / 1024;
    const idle = await costOf(world, ours, seconds * 5_000);
    // What a change costs beside thousands of sockets that it is sent to is what `fan-out` measures.
    const isTold = sockets === 1 || code === "b{n}";
    const change = isTold && (await costOfChanges(world, ours, load, await absences(world, date, sockets), idle));
    rows.push({
      watched: name,
      "KB a socket": sockets === 1 ? NaN : memory,
      "idle: realtime, % of a core": idle.serverMs / 10,
      "Postgres, %": idle.postgresMs / 10,
      ...(change && {
        "a change: realtime, CPU ms": change.serverMs,
        "Postgres, CPU ms": change.postgresMs,
        "to the client, ms": change.latencyMs,
      }),
    });
    await load.disconnect();
    await load.stop();
    await ours.stop();
  }
  printTable(`${clinics.toLocaleString("en")} clinics with a day each`, rows);
  writeResults("clinics", { clinics, appointments, changes, rows });
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
) {
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

/** Clinics `b1`, `b2` …, each with a doctor and a date of some appointments. */
async function fillClinics(world: World, date: string): Promise<void> {
  const { sql } = world;
  await world.fill(date, 1, 1);
  await sql.begin(async (transaction) => {
    // In bulk, past the triggers: what they would write is written here.
    await transaction`set local session_replication_role = replica`;
    await transaction`
      insert into clinics (code, name, timezone)
      select 'b' || n, 'Clinic ' || n, (select timezone from clinics where is_default)
      from generate_series(1, ${clinics}) n
    `;
    await transaction`
      insert into doctors (clinic_id, name, code, ticket_prefix)
      select id, 'Dr. Example', 'D1', 'A' from clinics where not is_default
    `;
    await transaction`
      insert into patients (clinic_id, name, phone)
      select clinic.id, 'Patient Example ' || n, (10000000000 + n)::text
      from clinics clinic, generate_series(1, ${appointments}) n
      where not is_default
    `;
    await transaction`
      insert into clinic_days (clinic_id, date, revision) select id, ${date}, 1 from clinics where not is_default
    `;
    await transaction`
      insert into doctor_days (clinic_id, doctor_id, date, revision)
      select doctor.clinic_id, doctor.id, ${date}, 1
      from doctors doctor
      join clinics clinic on clinic.id = doctor.clinic_id
      where not clinic.is_default
    `;
    await transaction`
      insert into appointments (clinic_id, patient_id, doctor_id, date, slot, time_slot, ticket_prefix, ticket_number)
      select clinic.id, patient.id, doctor.id, ${date}, right(patient.phone, 2)::integer, 9, 'A',
        right(patient.phone, 2)::integer
      from clinics clinic
      join doctors doctor on doctor.clinic_id = clinic.id
      join patients patient on patient.clinic_id = clinic.id
      where not clinic.is_default
    `;
  });
  await sql`vacuum analyze`.simple();
  await sql`checkpoint`;
}

/** Doctors who go and come, each in another clinic where more than one is watched. */
async function absences(world: World, date: string, watched: number): Promise<Change[]> {
  const doctors = await world.sql<{ code: string; id: string }[]>`
    select clinic.code, doctor.id
    from clinics clinic
    join doctors doctor on doctor.clinic_id = clinic.id
    where clinic.code = any (string_to_array(${Array.from({ length: Math.min(watched, changes) }, (_, n) => `b${n + 1}`).join(",")}, ','))
  `;
  return Array.from({ length: changes }, (_, n) => {
    const { code = "", id = "" } = doctors[n % doctors.length] ?? {};
    const body = { date, is_present: Math.floor(n / doctors.length) % 2 === 1 };
    return { path: `/c/${code}/api/v1/doctors/${id}/availability`, body };
  });
}
