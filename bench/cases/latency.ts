import { setTimeout as delay } from "node:timers/promises";
import { readQueueChanges } from "../../db/queue-changes.ts";
import { checkIn } from "../../db/queue-entries.ts";
import { connect } from "../../db/database.ts";
import { HttpCaller } from "../http-caller.ts";
import { Load } from "../load/load.ts";
import { percentile, printTable, writeResults, type Row } from "../report.ts";
import { startHandMade, startOurs, startSocketIo, type System } from "../systems.ts";
import type { Effort, World } from "../world.ts";

const appointments = 50;
const doctors = 5;
const writeIntervalMs = 50;
const actor = { sub: null, role: "bench", name: null, session: null, address: null, request_id: null };

/** How long after a check-in was sent do its subscribers know: the first, and the last. */
export async function latency(world: World, { rounds }: Effort): Promise<void> {
  const date = await world.today();
  await world.fill(date, appointments, doctors);
  const rows: Row[] = [await floor(world, date, rounds)];
  for (const clients of [1, 100, 1_000, 5_000]) {
    const load = new Load();
    const ours = await startOurs(world.url);
    const variants: [string, System, object][] = [
      ["clinic-queue", ours, {}],
      ["clinic-queue, delta", ours, { mode: "delta" }],
      ["Socket.IO", await startSocketIo(world.url), {}],
      ["hand-made ws", await startHandMade(world.url), {}],
    ];
    const measured = new Map<string, { first: number[]; last: number[]; cpuMs: number }>();
    for (let round = 0; round <= rounds; round++) {
      for (const [name, system, how] of variants) {
        await load.connect(system.client(date, how), clients);
        const { first, last, cpuMs } = await measure(world, load, system, date, clients);
        await load.disconnect();
        if (round === 0) continue;
        const known = measured.get(name) ?? { first: [], last: [], cpuMs: 0 };
        known.first.push(...first);
        known.last.push(...last);
        known.cpuMs += cpuMs;
        measured.set(name, known);
      }
    }
    await Promise.all([...new Set(variants.map(([, system]) => system))].map((system) => system.stop()));
    await load.stop();
    for (const [name, { first, last, cpuMs }] of measured) {
      rows.push({
        server: name,
        clients,
        "first p50 ms": percentile(first, 0.5),
        p95: percentile(first, 0.95),
        p99: percentile(first, 0.99),
        "last p50 ms": percentile(last, 0.5),
        "last p95": percentile(last, 0.95),
        "last p99": percentile(last, 0.99),
        "CPU ms a write": cpuMs / first.length,
      });
    }
  }
  printTable(
    `check-in sent → update at the client, ${1000 / writeIntervalMs} writes a second, ${appointments} appointments`,
    rows,
  );
  writeResults("latency", { appointments, rounds, rows });
}

async function measure(world: World, load: Load, { server, rest }: System, date: string, clients: number) {
  await world.undoCheckIns();
  const base = await world.revision(date);
  await delay(500);
  await load.reset({ tracksRevisions: true });
  const caller = new HttpCaller(rest);
  const sentAt: number[] = [];
  const cpuBefore = server.cpuMs;
  for (const { id, patient_id } of await world.appointments()) {
    const next = performance.now() + writeIntervalMs;
    sentAt.push(now());
    const status = await caller.post("/api/v1/checkins", { appointment_id: id, patient_id });
    if (status !== 201) throw new Error(`a check-in was answered with ${status}`);
    await delay(Math.max(0, next - performance.now()));
  }
  await delay(1_000);
  const cpuMs = server.cpuMs - cpuBefore;
  caller.close();
  const { arrivals } = await load.collect();
  return { ...latencies(sentAt, base, new Map(arrivals), clients), cpuMs };
}

/** A client that skipped a revision knew of it with the next one. */
function latencies(
  sentAt: number[],
  base: number,
  arrivals: Map<number, { first: number; last: number; count: number }>,
  clients: number,
): { first: number[]; last: number[] } {
  const first: number[] = [];
  const last: number[] = [];
  let later: { first: number; last: number } = { first: Infinity, last: Infinity };
  for (let n = sentAt.length; n >= 1; n--) {
    const arrival = arrivals.get(base + n);
    if (arrival) {
      const wasSkipped = arrival.count < clients;
      later = {
        first: Math.min(arrival.first, later.first),
        last: wasSkipped ? Math.max(arrival.last, finite(later.last)) : arrival.last,
      };
    }
    first.push(later.first - (sentAt[n - 1] ?? 0));
    last.push(later.last - (sentAt[n - 1] ?? 0));
  }
  return { first, last };
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

/** The floor: commit, NOTIFY, and one query of what changed, with no server at all. */
async function floor(world: World, date: string, rounds: number): Promise<Row> {
  const writer = connect({ url: world.url, name: "bench writer", max: 1 });
  const reader = connect({ url: world.url, name: "bench reader", max: 1 });
  let heard = (): void => {};
  await reader.listen("queue_changed", () => heard());
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    await world.undoCheckIns();
    let revision = await world.revision(date);
    await delay(300);
    for (const { id, patient_id } of await world.appointments()) {
      const next = performance.now() + writeIntervalMs;
      const notified = new Promise<void>((resolve) => (heard = resolve));
      const startedAt = now();
      void checkIn(writer, { appointmentId: id, patientId: patient_id, byDoctor: null }, actor);
      await notified;
      ({ revision } = await readQueueChanges(reader, date, "staff", revision));
      if (round > 0) times.push(now() - startedAt);
      await delay(Math.max(0, next - performance.now()));
    }
  }
  await writer.end();
  await reader.end({ timeout: 0 });
  return {
    server: "none: commit + NOTIFY + query",
    clients: "",
    "first p50 ms": percentile(times, 0.5),
    p95: percentile(times, 0.95),
    p99: percentile(times, 0.99),
  };
}

/** Milliseconds on the machine's own clock, the same for every process. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
