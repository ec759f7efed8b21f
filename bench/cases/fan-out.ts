import { Load } from "../load/load.ts";
import { median, printTable, writeResults, type Row } from "../report.ts";
import { startHandMade, startOurs, startRawTcp, startSocketIo, type System } from "../systems.ts";
import type { Effort, World } from "../world.ts";

const clients = 1_000;
const warmUpMs = 500;
const ceilingTries = 20;
/** How many appointments make a frame of about this size. */
const sizes = [
  { name: "300 B", appointments: 1 },
  { name: "4 KB", appointments: 12 },
  { name: "16 KB", appointments: 48 },
  { name: "64 KB", appointments: 192 },
];

interface Sample {
  /** Processor time of the server for each message that a client got, in µs. */
  cpuUs: number;
  /** Messages a second, the next change as soon as all have the last one. */
  perSecond: number;
  /** On the wire for each message. */
  bytes: number;
}

/** What it costs a server to tell 1,000 clients of a change. */
export async function fanOut(world: World, { seconds, rounds }: Effort): Promise<void> {
  const date = await world.today();
  const starts = 2 * rounds - 1;
  const load = new Load();
  const rows: Row[] = [];
  for (const size of sizes) {
    await world.fill(date, size.appointments, Math.min(4, size.appointments));
    const samples = new Map<string, Sample[]>();
    const ceilings: number[] = [];
    const add = (name: string, sample: Sample): void => void samples.set(name, [...(samples.get(name) ?? []), sample]);
    // Two processes of one program differ by a tenth for as long as they live, so each round has new ones.
    for (let start = 0; start < starts; start++) {
      const ours = await startOurs(world.url);
      const variants: [string, System, object][] = [
        ["clinic-queue", ours, {}],
        ["clinic-queue, compressed", ours, { compressed: true }],
        ["clinic-queue, delta", ours, { mode: "delta" }],
        ["clinic-queue, delta compressed", ours, { mode: "delta", compressed: true }],
        ["Socket.IO", await startSocketIo(world.url), {}],
        ["hand-made ws", await startHandMade(world.url), {}],
        ["hand-made ws, per-socket deflate", await startHandMade(world.url, true), { compressed: true }],
      ];
      const raw = await startRawTcp();
      let frameBytes = 0;
      for (const [name, system, how] of variants) {
        await load.connect(system.client(date, how), clients);
        await measure(world, load, system, date, warmUpMs);
        const sample = await measure(world, load, system, date, seconds * 1000);
        await load.disconnect();
        add(name, sample);
        if (name === "clinic-queue") frameBytes = Math.round(sample.bytes);
      }
      await load.connect(raw.client, clients);
      await measureRaw(load, raw.server, frameBytes, warmUpMs);
      add("raw TCP", await measureRaw(load, raw.server, frameBytes, seconds * 1000));
      ceilings.push(await ceilingOf(load, raw.server, frameBytes));
      await load.disconnect();
      await Promise.all([...new Set(variants.map(([, system]) => system))].map((system) => system.stop()));
      await raw.server.stop();
    }

    const floor = median((samples.get("raw TCP") ?? []).map(({ cpuUs }) => cpuUs));
    for (const [name, all] of samples) {
      const cpuUs = median(all.map((sample) => sample.cpuUs));
      rows.push({
        frame: size.name,
        server: name,
        "bytes a message": Math.round(median(all.map(({ bytes }) => bytes))),
        "CPU µs a message": cpuUs,
        "× raw TCP": cpuUs / floor,
        "messages a second": Math.round(median(all.map(({ perSecond }) => perSecond))),
      });
    }
    rows.push({ frame: size.name, server: "the clients alone", "messages a second": Math.round(median(ceilings)) });
  }
  await load.stop();
  printTable(`fan-out to ${clients} clients`, rows);
  writeResults("fan-out", { clients, starts, rows });
}

async function measure(
  world: World,
  load: Load,
  { server, tellChanged }: System,
  date: string,
  forMs: number,
): Promise<Sample> {
  await load.reset({ staysAwake: true });
  const cpuBefore = server.cpuMs;
  const startedAt = performance.now();
  let changes = 0;
  while (performance.now() - startedAt < forMs) {
    changes += 1;
    await world.sql`update patients set age = (age + 1) % 90 where phone = '10000000001'`;
    await tellChanged(date);
    await load.await({ frames: changes * clients });
  }
  const elapsedS = (performance.now() - startedAt) / 1000;
  const cpuMs = server.cpuMs - cpuBefore;
  const { frames, bytes } = await load.collect();
  return { cpuUs: (cpuMs * 1000) / frames, perSecond: frames / elapsedS, bytes: bytes / frames };
}

async function measureRaw(load: Load, server: System["server"], frameBytes: number, forMs: number): Promise<Sample> {
  await load.reset({ staysAwake: true });
  const cpuBefore = server.cpuMs;
  const startedAt = performance.now();
  let sent = 0;
  while (performance.now() - startedAt < forMs) {
    sent += 1;
    await server.ask({ bytes: frameBytes, clients });
    await load.await({ bytes: sent * clients * frameBytes });
  }
  const elapsedS = (performance.now() - startedAt) / 1000;
  await load.collect();
  const messages = sent * clients;
  return {
    cpuUs: ((server.cpuMs - cpuBefore) * 1000) / messages,
    perSecond: messages / elapsedS,
    bytes: frameBytes,
  };
}

/** How many messages a second the clients' process takes when they wait for it in the kernel, and no server runs. */
async function ceilingOf(load: Load, server: System["server"], frameBytes: number): Promise<number> {
  await load.reset();
  const times: number[] = [];
  for (let n = 1; n <= ceilingTries; n++) {
    load.signal("SIGSTOP");
    await server.ask({ bytes: frameBytes, clients });
    const taken = load.await({ bytes: n * clients * frameBytes });
    const startedAt = performance.now();
    load.signal("SIGCONT");
    await taken;
    times.push(performance.now() - startedAt);
  }
  return clients / (median(times) / 1000);
}
