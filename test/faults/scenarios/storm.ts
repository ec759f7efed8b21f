import { eventually } from "../../support/eventually.ts";
import { daysFromNow, socketUrl, startRealtime } from "../../support/clinic.ts";
import { System } from "../../support/system.ts";
import { Socket } from "../../support/socket.ts";
import { startCluster, stopCluster } from "../../support/database.ts";
import { report } from "./report.ts";

const dateCount = 20;
const clientCount = 2_000;

/** 2,000 clients over 20 dates come back at once after the realtime process was killed: what does it read? */
export async function storm(): Promise<boolean> {
  await startCluster();
  const clinic = await System.open({ MAX_CONNECTIONS_PER_ADDRESS: clientCount, LOG_LEVEL: "error" });
  const dates = Array.from({ length: dateCount }, (_, n) => daysFromNow(50 + n));
  const doctor = await clinic.rest.addDoctor();
  for (const date of dates) await clinic.rest.bookNew(doctor.id, date);
  const held = new Map<string, { epoch: string; revision: number }>();
  for (const date of dates) {
    const socket = await clinic.connect();
    held.set(date, await socket.subscribe(date));
    await socket.close();
  }
  await clinic.realtime.stop("SIGKILL");
  clinic.realtime = await startRealtime(clinic.database.url, {
    MAX_CONNECTIONS_PER_ADDRESS: clientCount,
    LOG_LEVEL: "error",
  });
  const health = async (): Promise<{ following: boolean; reads: number }> =>
    (await (await fetch(`${clinic.realtime.address}/health`)).json()) as { following: boolean; reads: number };
  await eventually(async () => {
    if (!(await health()).following) throw new Error("not following");
  });

  const before = (await health()).reads;
  const startedAt = performance.now();
  const types = new Map<string, number>();
  const sockets = await Promise.all(
    Array.from({ length: clientCount }, async (_, n) => {
      const date = dates[n % dateCount] ?? "";
      const { epoch, revision } = held.get(date) ?? { epoch: "", revision: 0 };
      const socket = await Socket.open(socketUrl(clinic.realtime));
      socket.send({ action: "subscribe", date, mode: "delta", since: revision, epoch });
      const { type } = await socket.next();
      types.set(type, (types.get(type) ?? 0) + 1);
      return socket;
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const reads = (await health()).reads - before;
  await Promise.all(sockets.map((socket) => socket.close()));
  await clinic.close();
  await stopCluster();
  report(
    `${clientCount} clients over ${dateCount} dates back in ${seconds.toFixed(2)} s: ${reads} reads of a date, ` +
      `answers ${JSON.stringify(Object.fromEntries(types))}`,
  );
  return reads <= dateCount && types.get("delta") === clientCount;
}
