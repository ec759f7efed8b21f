import { setTimeout as delay } from "node:timers/promises";
import { readQueueChanges } from "../../db/queries/queue-changes.ts";
import { checkIn } from "../../db/queries/queue-entries.ts";
import { connect } from "../../db/connection.ts";
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
    const tell = (system: System, how: object) => () => measure(world, load, { system, how, date, clients });
    const measured = await takeTurns(
      [
        ["none: commit + NOTIFY + query, raw TCP", () => floor.measure(load, clients)],
        ["clinic-queue", tell(ours, {})],
        ["clinic-queue, delta", tell(ours, { mode: "delta" })],
        ["Socket.IO", tell(socketIo, {})],
        ["hand-made ws", tell(handMade, {})],
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
  { system, how, date, clients }: { system: System; how: object; date: string; clients: number },
): Promise<Measured> {
  await load.connect(system.client(date, how), clients);
  await world.undoCheckIns();
  const base = await world.revision(date);
  await delay(500);
  await load.reset({ tracksRevisions: true });
  const caller = new HttpCaller(system.rest);
  const sentAt: number[] = [];
  const cpuBefore = system.server.cpuMs;
  for (const { id, patient_id } of await world.appointments()) {
    const next = performance.now() + writeIntervalMs;
    sentAt.push(now());
    const status = await caller.post("/api/v1/checkins", { appointment_id: id, patient_id });
    if (status !== 201) throw new Error(`a check-in was answered with ${status}`);
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

  async measure(load: Load, clients: number): Promise<Measured> {
    const { server, client } = this.#raw;
    await load.connect(client, clients);
    await this.#world.undoCheckIns();
    let revision = await this.#world.revision(this.#date);
    await delay(500);
    await load.reset();
    const first: number[] = [];
    const last: number[] = [];
    const cpuBefore = server.cpuMs;
    for (const { id, patient_id } of await this.#world.appointments()) {
      const next = performance.now() + writeIntervalMs;
      const notified = new Promise<void>((resolve) => (this.#notified = resolve));
      const sentAt = now();
      // A query that nobody awaits runs by execute() alone.
      void checkIn(
        this.#writer,
        clinicId,
        { appointmentId: id, patientId: patient_id, byDoctor: null },
        actor,
      ).execute();
      await notified;
      ({ revision } = await readQueueChanges(this.#reader, { clinicId, date: this.#date }, "staff", revision));
      first.push(now() - sentAt);
      server.send({ bytes: this.#frameBytes, clients });
      await load.await({ bytes: first.length * clients * this.#frameBytes });
      last.push(now() - sentAt);
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
