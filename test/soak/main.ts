/**
 * `npm run soak -- --minutes 10`: clients come, go, resubscribe and stall, writers write, and the realtime process'
 * memory, timers and handles must level off.
 */
import { parseArgs } from "node:util";
import { setTimeout as delay } from "node:timers/promises";
import { WebSocket } from "ws";
import { Random } from "../faults/random.ts";
import { daysFromNow } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { startCluster, stopCluster } from "../support/database.ts";
import { probe, probed, type Probe } from "../support/probe.ts";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "5" }, seed: { type: "string", default: "1" } },
});
const clientCount = 200;
const sampleMs = 5_000;
const random = new Random(Number(values.seed));
const dates = Array.from({ length: 10 }, (_, n) => daysFromNow(40 + n));

await startCluster();
const clinic = await System.open({
  DAILY_CAPACITY: 20,
  LOG_LEVEL: "error",
  STALL_TIMEOUT_MS: 3_000,
  HEARTBEAT_INTERVAL_MS: 2_000,
  ...probed,
});
const doctors = await Promise.all(Array.from({ length: 5 }, () => clinic.rest.addDoctor()));
const patient = await clinic.rest.addPatient();
const sockets = new Set<WebSocket>();
let connected = 0;
const endsAt = Date.now() + Number(values.minutes) * 60_000;

/** One client comes, goes, changes its mind, or stops reading. */
function stir(): void {
  const [first] = sockets;
  switch (sockets.size < clientCount ? 1 : random.between(1, 8)) {
    case 1:
    case 2: {
      const ws = new WebSocket(clinic.socketUrl);
      sockets.add(ws);
      ws.on("open", () => {
        connected += 1;
        subscribe(ws);
      });
      ws.on("error", () => {});
      ws.on("close", () => sockets.delete(ws));
      break;
    }
    case 3:
    case 4:
      first?.close();
      if (first) sockets.delete(first);
      break;
    case 5:
      first?.terminate();
      break;
    case 6:
      first?.pause();
      if (first) sockets.delete(first);
      break;
    default:
      subscribe(random.pick([...sockets]));
  }
}

function subscribe(ws: WebSocket): void {
  if (ws.readyState !== WebSocket.OPEN) return;
  const mode = random.next() < 0.5 ? { mode: "delta" } : {};
  ws.send(JSON.stringify({ action: "subscribe", date: random.pick(dates), ...mode }));
}

async function write(): Promise<void> {
  while (Date.now() < endsAt) {
    const doctor = random.pick(doctors).id;
    const date = random.pick(dates);
    const { status } = await clinic.rest.post("/api/v1/appointments", {
      patient_id: patient.id,
      doctor_id: doctor,
      date,
    });
    if (status === 409) await clinic.sql`delete from appointments where doctor_id = ${doctor} and date = ${date}`;
    await delay(5);
  }
}

const writing = Promise.all([write(), write()]);
const samples: Probe[] = [];
process.stdout.write("minute   heap MB   timers   handles   connections made\n");
for (let next = Date.now() + sampleMs; Date.now() < endsAt;) {
  stir();
  await delay(10);
  if (Date.now() < next) continue;
  next += sampleMs;
  const latest = await probe(clinic.realtime);
  samples.push(latest);
  const minute = ((samples.length * sampleMs) / 60_000).toFixed(1);
  process.stdout.write(
    `${minute.padStart(6)} ${latest.heapMb.toFixed(1).padStart(9)} ${String(latest.timers).padStart(8)} ` +
      `${String(latest.handles).padStart(9)} ${String(connected).padStart(18)}\n`,
  );
}
await writing;
for (const ws of sockets) ws.terminate();
await clinic.close();
await stopCluster();

/** The growth from the second quarter of the run to the last, in per cent. The first is warming up. */
function growth(key: keyof Probe): number {
  const quarter = Math.floor(samples.length / 4);
  const mean = (part: Probe[]): number => part.reduce((total, one) => total + one[key], 0) / part.length;
  return (mean(samples.slice(-quarter)) / mean(samples.slice(quarter, 2 * quarter)) - 1) * 100;
}
const grown = { heap: growth("heapMb"), timers: growth("timers"), handles: growth("handles") };
process.stdout.write(
  `growth from the second quarter to the last: heap ${grown.heap.toFixed(1)} %, timers ${grown.timers.toFixed(1)} %, ` +
    `handles ${grown.handles.toFixed(1)} %\n`,
);
process.exit(Math.max(grown.heap, grown.timers, grown.handles) > 20 ? 1 : 0);
