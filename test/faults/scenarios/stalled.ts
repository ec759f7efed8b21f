import { readFileSync } from "node:fs";
import { WebSocket } from "ws";
import { someDay } from "../../support/clinic.ts";
import { System } from "../../support/system.ts";
import { startCluster, stopCluster } from "../../support/database.ts";
import type { ServerMessage } from "../../../contract/websocket/server-message.ts";
import { report } from "./report.ts";

const clientCount = 1_000;
const stalledCount = 100;
const inFlight = 4;
const warmUpChanges = 400;

/** 100 of 1,000 clients do not read while a date changes 10,000 times: what does it cost, and whom? */
export async function stalled(changes: number): Promise<boolean> {
  await startCluster();
  const clinic = await System.open({
    DAILY_CAPACITY: 1_000,
    MAX_CONNECTIONS_PER_ADDRESS: clientCount,
    // Nobody is to be cut off: the cost of stalled clients is what is measured.
    STALL_TIMEOUT_MS: 600_000,
    HEARTBEAT_INTERVAL_MS: 600_000,
    LOG_LEVEL: "error",
  });
  const doctor = await clinic.rest.addDoctor();
  for (let n = 0; n < 20; n++) await clinic.rest.bookNew(doctor.id, someDay);

  const { sql } = clinic;
  const pid = clinic.realtime.child.pid ?? 0;
  /** Changes the date, a few at a time, and measures each until a client that reads has it. */
  const run = async (sockets: WebSocket[], changes: number): Promise<{ times: number[]; grownMb: number }> => {
    const committedAt = new Map<number, number>();
    const times: number[] = [];
    let last = 0;
    const onRevision = (revision: number): void => {
      for (const [waiting, at] of committedAt) {
        if (waiting > revision) continue;
        times.push(performance.now() - at);
        committedAt.delete(waiting);
      }
      last = Math.max(last, revision);
    };
    sockets.at(-1)?.on("message", (data: Buffer) => {
      const message = JSON.parse(data.toString()) as ServerMessage;
      if ("data" in message) onRevision(message.data.revision);
    });
    const before = residentMb(pid);
    let peak = before;
    for (let done = 0; done < changes; done += inFlight) {
      await Promise.all(
        Array.from({ length: inFlight }, async () => {
          const at = performance.now();
          await sql`update doctors set specialty = md5(random()::text) where id = ${doctor.id}`;
          const [day] = await sql<[{ revision: number }]>`select revision from clinic_days where date = ${someDay}`;
          if (day.revision > last) committedAt.set(day.revision, at);
          else times.push(performance.now() - at);
        }),
      );
      if (done % 200 === 0) peak = Math.max(peak, residentMb(pid));
    }
    return { times, grownMb: peak - before };
  };

  const connect = async (): Promise<WebSocket> => {
    const ws = new WebSocket(clinic.socketUrl);
    await new Promise((resolve) => ws.once("open", resolve));
    const snapshot = new Promise((resolve) => ws.once("message", resolve));
    ws.send(JSON.stringify({ action: "subscribe", date: someDay }));
    await snapshot;
    return ws;
  };
  const sockets: WebSocket[] = [];
  for (let n = 0; n < clientCount; n++) sockets.push(await connect());
  await run(sockets, warmUpChanges);
  const without = await run(sockets, changes);
  for (const ws of sockets.slice(0, stalledCount)) ws.pause();
  const withStalled = await run(sockets, changes);

  for (const ws of sockets) ws.terminate();
  await clinic.close();
  await stopCluster();
  const p99 = ({ times }: { times: number[] }): number =>
    times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;
  const ratio = p99(withStalled) / p99(without);
  report(
    `${stalledCount} of ${clientCount} stalled through ${changes} changes: memory +${withStalled.grownMb.toFixed(1)} MB, ` +
      `p99 ${p99(withStalled).toFixed(1)} ms against ${p99(without).toFixed(1)} ms without, ${ratio.toFixed(2)} times`,
  );
  return ratio <= 1.2 && withStalled.grownMb <= 25;
}

function residentMb(pid: number): number {
  const [, pages = "0"] = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ");
  return (Number(pages) * 4_096) / 1e6;
}
