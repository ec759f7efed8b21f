import { setTimeout as delay } from "node:timers/promises";
import { someDay, startRealtime } from "../../support/clinic.ts";
import { System } from "../../support/system.ts";
import { startCluster, stopCluster } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import type { Service } from "../../support/service.ts";
import { LibraryWatcher } from "../watchers.ts";
import { report } from "./report.ts";

const clientCount = 100;
/** Without it the date would grow until this process, which is all the clients, can take no more. */
const bookingPauseMs = 10;

/** Two realtime processes side by side are restarted in turn, under bookings; the clients are given both. */
export async function rollingRestart(rounds: number): Promise<boolean> {
  await startCluster();
  const clinic = await System.open({ DAILY_CAPACITY: 1_000, LOG_LEVEL: "error" });
  const start = (port = 0): Promise<Service> =>
    startRealtime(clinic.database.url, { REALTIME_PORT: port, LOG_LEVEL: "error" });
  const processes = [await start(), await start()];
  const urls = processes.map(({ port }) => `ws://127.0.0.1:${port}/api/v1/ws/queue`);
  const watchers = Array.from(
    { length: clientCount },
    (_, n) => new LibraryWatcher(n % 2 ? urls : urls.toReversed(), someDay),
  );
  const doctors = await Promise.all(Array.from({ length: 4 }, () => clinic.rest.addDoctor()));
  let stopped = false;
  let booked = 0;
  const booking = (async () => {
    while (!stopped) {
      await clinic.rest.bookNew(doctors[booked++ % doctors.length]?.id ?? "", someDay);
      await delay(bookingPauseMs);
    }
  })();

  for (let round = 0; round < rounds; round++) {
    const index = round % 2;
    const old = processes[index];
    const port = old?.port ?? 0;
    await old?.stop("SIGTERM");
    processes[index] = await start(port);
    await eventually(() => {
      if (watchers.some(({ queue }) => (queue?.revision ?? 0) < booked - 50)) throw new Error("not caught up");
    });
  }
  stopped = true;
  await booking;
  await eventually(() => {
    if (watchers.some(({ queue }) => queue?.revision !== booked)) throw new Error("stale");
  }).catch(() => {});

  const stale = watchers.filter(({ queue }) => queue?.revision !== booked).length;
  const wentBack = watchers.reduce((total, watcher) => total + watcher.wentBack, 0);
  const cutOff = watchers.reduce((total, watcher) => total + watcher.cutOff, 0);
  for (const watcher of watchers) watcher.close();
  await Promise.all(processes.map((service) => service.stop()));
  await clinic.close();
  await stopCluster();
  report(
    `${rounds} rolling restarts, ${clientCount} clients, ${booked} bookings: ${stale} stale, ${cutOff} closes with 1006, ` +
      `${wentBack} revisions that went back`,
  );
  return stale + cutOff + wentBack === 0;
}
