import { setTimeout as delay } from "node:timers/promises";
import { readQueueChanges } from "../../db/queries/queue-changes.ts";
import { checkIn } from "../../db/queries/queue-entries.ts";
import { callNext } from "../../db/queries/transitions.ts";
import { connect, type Sql } from "../../db/connection.ts";
import { now } from "../clock.ts";
import { HttpCaller } from "../http-caller.ts";
import { Load } from "../load/load.ts";
import { percentile, printTable, writeResults, type Row } from "../report.ts";
import { startHandMade, startOurs, startRawTcp, startSocketIo, type System } from "../systems.ts";
import { takeTurns } from "../turns.ts";
import type { Effort, World } from "../world.ts";
import { clinicId } from "../../test/support/default-clinic.ts";

const appointments = 50;
const doctors = 5;
const writeIntervalMs = 50;
const actor = { sub: null, role: "bench", name: null, session: null, address: null, request_id: null };

/** What check-ins took until the first of the clients knew, and until the last did, in ms; and the server's processor. */
interface Measured {
  first: number[];
  last: number[];
  cpuMs: number;
}

/** How long after a check-in was sent do its subscribers know: the first, and the last. */
export async function latency(world: World, { rounds }: Effort): Promise<void> {
  const date = await world.today();
  await world.fill(date, appointments, doctors);
  const rows: Row[] = [];
  for (const clients of [1, 100, 1_000, 5_000]) {
    const load = new Load();
    const floor = await Floor.open(world, date);
    const ours = await startOurs(world.url);
    const socketIo = await startSocketIo(world.url);
    const handMade = await startHandMade(world.url);
    const tell = (system: System, how: object, writes = checkIns) => {
      return () => measure(world, load, { system, how, date, clients, writes });
    };
    const measured = await takeTurns(
      [
        ["none: commit + NOTIFY + query, raw TCP", () => floor.measure(load, clients, checkIns)],
        ["clinic-queue", tell(ours, {})],
        ["clinic-queue, delta", tell(ours, { mode: "delta" })],
        ["Socket.IO", tell(socketIo, {})],
        ["hand-made ws", tell(handMade, {})],
        ["calls: none", () => floor.measure(load, clients, calls)],
        ["calls: clinic-queue", tell(ours, {}, calls)],
      ],
      rounds,
    );
    await Promise.all([floor, ours, socketIo, handMade].map((system) => system.stop()));
    await load.stop();
    for (const [name, all] of measured) {
      const first = all.flatMap((turn) => turn.first);
      const last = all.flatMap((turn) => turn.last);
      rows.push({
        server: name,
        clients,
        "first p50 ms": percentile(first, 0.5),
        p95: percentile(first, 0.95),
        p99: percentile(first, 0.99),
        "last p50 ms": percentile(last, 0.5),
        "last p95": percentile(last, 0.95),
        "last p99": percentile(last, 0.99),
        "CPU ms a write": all.reduce((sum, turn) => sum + turn.cpuMs, 0) / first.length,
      });
    }
  }
  printTable(
    `check-in sent → update at the client, ${1000 / writeIntervalMs} writes a second, ${appointments} appointments`,
    rows,
  );
  writeResults("latency", { appointments, rounds, rows });
}

async function measure(
  world: World,
  load: Load,
  {
    system,
    how,
    date,
    clients,
    writes,
  }: { system: System; how: object; date: string; clients: number; writes: Writes },
): Promise<Measured> {
  await load.connect(system.client(date, how), clients);
  const all = await writes(world);
  const base = await world.revision(date);
  await delay(500);
  await load.reset({ tracksRevisions: true });
  const caller = new HttpCaller(system.rest);
  const sentAt: number[] = [];
  const cpuBefore = system.server.cpuMs;
  for (const { prepare, byRest } of all) {
    const next = performance.now() + writeIntervalMs;
    await prepare?.();
    sentAt.push(now());
    await byRest(caller);
    await delay(Math.max(0, next - performance.now()));
  }
  await delay(1_000);
  const cpuMs = system.server.cpuMs - cpuBefore;
  caller.close();
  const { arrivals } = await load.collect();
  await load.disconnect();
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

/** Something that changes the date once: through the api, or in SQL by the same function. */
interface Write {
  /** Finds out what the write must name, before it is timed. */
  prepare?: () => Promise<void>;
  byRest: (caller: HttpCaller) => Promise<void>;
  bySql: (sql: Sql) => Promise<void>;
}

/** Brings the date to where the writes can begin, and gives them in order. */
type Writes = (world: World) => Promise<Write[]>;

async function checkIns(world: World): Promise<Write[]> {
  await world.undoCheckIns();
  return (await world.appointments()).map(({ id, patient_id }) => ({
    async byRest(caller) {
      const status = await caller.post("/api/v1/checkins", { appointment_id: id, patient_id });
      if (status !== 201) throw new Error(`a check-in was answered with ${status}`);
    },
    async bySql(sql) {
      await checkIn(sql, clinicId, { appointmentId: id, patientId: patient_id, byDoctor: null }, actor);
    },
  }));
}

/** "Serve, and call the next" of each doctor in turn, until all are called. */
async function calls(world: World): Promise<Write[]> {
  for (const { bySql } of await checkIns(world)) await bySql(world.sql);
  const ids = await world.sql<{ id: string }[]>`select id from doctors order by code`;
  return Array.from({ length: appointments }, (_, n) => {
    const { id } = ids[n % doctors] as { id: string };
    let place: { after: string | null; finish?: string } = { after: null };
    return {
      async prepare() {
        const [used] = await world.sql<{ after: string; finish: string }[]>`
          select after, appointment_id as finish from day_places where place_id = ${id}
        `;
        place = used ?? { after: null };
      },
      async byRest(caller) {
        const { status, text } = await caller.ask(`/api/v1/doctors/${id}/queue/next`, place);
        if (status !== 200) throw new Error(`a call was answered with ${status} ${text}`);
      },
      async bySql(sql) {
        await callNext(sql, clinicId, id, place, { actor, key: null });
      },
    };
  });
}

/** The floor: commit, NOTIFY, and one query of what changed (first); then ready bytes to every raw TCP socket (last). */
class Floor {
  #world: World;
  #date: string;
  #writer: ReturnType<typeof connect>;
  #reader: ReturnType<typeof connect>;
  #raw: Awaited<ReturnType<typeof startRawTcp>>;
  #frameBytes = 0;
  #notified = (): void => {};

  private constructor(world: World, date: string, raw: Awaited<ReturnType<typeof startRawTcp>>) {
    this.#world = world;
    this.#date = date;
    this.#raw = raw;
    this.#writer = connect({ url: world.url, name: "bench writer", max: 1 });
    this.#reader = connect({ url: world.url, name: "bench reader", max: 1 });
  }

  static async open(world: World, date: string): Promise<Floor> {
    const floor = new Floor(world, date, await startRawTcp());
    await floor.#reader.listen("queue_changed", () => floor.#notified());
    floor.#frameBytes = JSON.stringify(
      await readQueueChanges(floor.#reader, { clinicId, date: date }, "staff", 0),
    ).length;
    return floor;
  }

  async measure(load: Load, clients: number, writes: Writes): Promise<Measured> {
    const { server, client } = this.#raw;
    await load.connect(client, clients);
    const all = await writes(this.#world);
    let revision = await this.#world.revision(this.#date);
    await delay(500);
    await load.reset();
    const first: number[] = [];
    const last: number[] = [];
    const cpuBefore = server.cpuMs;
    for (const { prepare, bySql } of all) {
      const next = performance.now() + writeIntervalMs;
      await prepare?.();
      const notified = new Promise<void>((resolve) => (this.#notified = resolve));
      const sentAt = now();
      const written = bySql(this.#writer);
      await notified;
      ({ revision } = await readQueueChanges(this.#reader, { clinicId, date: this.#date }, "staff", revision));
      first.push(now() - sentAt);
      server.send({ bytes: this.#frameBytes, clients });
      await load.await({ bytes: first.length * clients * this.#frameBytes });
      last.push(now() - sentAt);
      await written;
      await delay(Math.max(0, next - performance.now()));
    }
    const cpuMs = server.cpuMs - cpuBefore;
    await load.disconnect();
    return { first, last, cpuMs };
  }

  async stop(): Promise<void> {
    await this.#raw.server.stop();
    await this.#writer.end();
    await this.#reader.end({ timeout: 0 });
  }
}
