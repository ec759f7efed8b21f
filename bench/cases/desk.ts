import { freePort } from "../../embedded/free-port.ts";
import { openBrowser } from "../../test/support/browser.ts";
import { clinicId } from "../../test/support/default-clinic.ts";
import { percentile, printTable, writeResults, type Row } from "../report.ts";
import { startOurs } from "../systems.ts";
import type { Effort, World } from "../world.ts";

const changesASecond = 10;
const appointments = 300;
const doctors = 30;

/** What a page counts of its own frames: the time between two, and the tasks that took longer than 50 ms. */
const countFrames = `
  globalThis.counted = { gaps: [], longTasks: [] };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) counted.longTasks.push(duration);
  }).observe({ entryTypes: ["longtask"] });
  let last = performance.now();
  const frame = (now) => {
    counted.gaps.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
`;

/**
 * The Desk with a large clinic's day, in a browser at 1280 × 800, while changes arrive: how long its frames take by the
 * browser's own clock, and how soon it is of use; on this processor, and on one that is four times slower.
 */
export async function desk(world: World, { seconds, rounds }: Effort): Promise<void> {
  const today = await world.today();
  const [API_PORT, REALTIME_PORT] = [String(await freePort()), String(await freePort())];
  const ours = await startOurs(world.url, { API_PORT, REALTIME_PORT });
  const browser = await openBrowser();
  const rows: Row[] = [];
  for (const slowDown of [1, 4]) {
    await world.fill(today, appointments, doctors);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowDown });
    const begin = performance.now();
    await page.goto(`http://127.0.0.1:${API_PORT}/`);
    await page.locator(".row").nth(100).waitFor();
    const usableMs = performance.now() - begin;

    await page.evaluate(countFrames);
    const changes = await change(world, today, Math.round(seconds * rounds * 2));
    const counted = await page.evaluate<{ gaps: number[]; longTasks: number[] }>("counted");
    const gaps = counted.gaps.slice(1);
    rows.push({
      "CPU slow-down": `${slowDown} ×`,
      "usable after ms": Math.round(usableMs),
      changes,
      "frames a second": gaps.length / (gaps.reduce((sum, gap) => sum + gap, 0) / 1_000),
      "median ms": percentile(gaps, 0.5),
      "p99 ms": percentile(gaps, 0.99),
      "longest ms": Math.max(...gaps),
      "tasks over 50 ms": counted.longTasks.length,
    });
  }
  await browser.close();
  await ours.stop();
  printTable(`desk: ${appointments} appointments of ${doctors} doctors, ${changesASecond} changes a second`, rows);
  writeResults("desk", { rows });
}

/** Checks patients in at an even pace. Gives how many. */
async function change(world: World, today: string, seconds: number): Promise<number> {
  const booked = await world.sql<{ id: string; patient_id: string }[]>`
    select id, patient_id from appointments where date = ${today} order by slot, id limit ${seconds * changesASecond}
  `;
  const begin = performance.now();
  for (const [done, { id, patient_id }] of booked.entries()) {
    await world.sql`select check_in(${clinicId}, ${id}, ${patient_id})`;
    const waitMs = begin + ((done + 1) * 1_000) / changesASecond - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, waitMs)));
  }
  return booked.length;
}
