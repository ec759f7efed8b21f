import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { someDay } from "../../support/clinic.ts";
import { System } from "../../support/system.ts";
import { startCluster, stopCluster } from "../../support/database.ts";
import { secret, tokenFor } from "../../support/tokens.ts";
import type { Flood, FloodReport } from "./one-token-flood.ts";
import { percentiles, report } from "./report.ts";

const changeIntervalMs = 50;
const warmUpChanges = 40;
const patienceMs = 10_000;
const maxP99Ms = 100;

/**
 * 200 sockets of one token watch 5 new dates and send 14 pings a second each, and come back when they are ended. What
 * does somebody of the staff notice, who watches the queue with a token of their own?
 */
export async function oneToken(changes: number): Promise<boolean> {
  await startCluster();
  const clinic = await System.open({ AUTH_SECRET: secret, LOG_LEVEL: "error" });
  const staff = clinic.restAs(await tokenFor({ role: "staff" }));
  const doctor = await staff.addDoctor();
  for (let n = 0; n < 8; n++) await staff.bookNew(doctor.id, someDay);
  const patient = await staff.addPatient();
  const flooders = { patient: { role: "patient", patient_id: patient.id }, staff: { role: "staff" } } as const;

  let isGood = true;
  for (const [name, claims] of Object.entries(flooders)) {
    const quiet = await follow(clinic, warmUpChanges);
    const flood = await startFlood({ url: clinic.socketUrl, token: await tokenFor(claims), sockets: 200 });
    const during = await follow(clinic, changes);
    const { opened, refused, ended, answers } = await flood.stop();
    const late = during.toSorted((a, b) => a - b)[Math.floor(during.length * 0.99)] ?? Infinity;
    isGood &&= during.length === changes && late <= maxP99Ms;
    report(
      `one ${name}'s token on 200 sockets, 5 new dates and 14 pings a second each: a staff subscriber has ` +
        `${during.length} of ${changes} changes, ${percentiles(during)} after the write began (without: ${percentiles(quiet)}); ` +
        `the 200 opened ${opened} times, were refused ${refused} times and ended ${ended} times; ` +
        `answers ${JSON.stringify(answers)}`,
    );
  }
  await clinic.close();
  await stopCluster();
  return isGood;
}

/** Changes a date again and again. @returns for each change, after how many ms a subscriber of the staff had it. */
async function follow(clinic: System, changes: number): Promise<number[]> {
  const watcher = await clinic.connectAs(await tokenFor({ role: "staff" }));
  let revision = (await watcher.subscribe(someDay)).revision;
  let arrived: () => void = () => {};
  watcher.ws.on("message", (data: Buffer) => {
    const message = JSON.parse(data.toString()) as { data?: { revision: number } };
    revision = Math.max(revision, message.data?.revision ?? 0);
    arrived();
  });
  const times: number[] = [];
  for (let n = 0; n < changes; n++) {
    const startedAt = performance.now();
    await clinic.sql`update doctors set specialty = ${`${n} ${Math.random()}`}`;
    const [day] = await clinic.sql<[{ revision: number }]>`select revision from clinic_days where date = ${someDay}`;
    const deadline = AbortSignal.timeout(patienceMs);
    while (revision < day.revision && !deadline.aborted) {
      await new Promise<void>((resolve) => {
        arrived = resolve;
        deadline.onabort = () => resolve();
      });
    }
    if (deadline.aborted) break;
    times.push(performance.now() - startedAt);
    await new Promise((resolve) => setTimeout(resolve, changeIntervalMs));
  }
  await watcher.close();
  return times;
}

/** The flood comes from a process of its own: what it costs to make it is not to be measured. */
async function startFlood(flood: Flood): Promise<{ stop: () => Promise<FloodReport> }> {
  const child = fork(fileURLToPath(new URL("one-token-flood.ts", import.meta.url)), [JSON.stringify(flood)]);
  await once(child, "message");
  return {
    async stop() {
      const reported = once(child, "message");
      child.send("stop");
      const [report] = (await reported) as [FloodReport];
      child.kill();
      await once(child, "exit");
      return report;
    },
  };
}
