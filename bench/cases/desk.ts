import { setTimeout as delay } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { freePort } from "../../embedded/free-port.ts";
import { openBrowser } from "../../test/support/browser.ts";
import { BusyDay } from "../busy-day.ts";
import { record, type Recorded } from "../frame-recorder.ts";
import { median, percentile, printTable, writeResults, type Row } from "../report.ts";
import { startOurs } from "../systems.ts";
import { takeTurns } from "../turns.ts";
import type { Effort, World } from "../world.ts";

const appointments = 300;
const doctors = 30;
const changesEveryMs = 100;
const keysEveryMs = 120;
const frameMs = 1_000 / 60;
/** What is below the first cards is drawn after a page is usable. */
const settlingMs = 1_000;

interface Measured extends Recorded {
  /** From the navigation to the frame that shows a row and a box to type into. */
  usableMs: number;
  changes: number;
  ms: number;
}

/** What a browser could do at best here: a page with a row and a box, and nothing that changes. */
const emptyPage = `data:text/html,${encodeURIComponent(
  '<!doctype html><title>Empty</title><input role="combobox" /><div class="row">Row</div>',
)}`;

/** The Desk in a real browser while its day is busy and somebody types: does it drop frames, and when is it usable? */
export async function desk(world: World, { seconds, rounds }: Effort): Promise<void> {
  await world.fill(await world.today(), appointments, doctors);
  const ports = { API_PORT: String(await freePort()), REALTIME_PORT: String(await freePort()) };
  const ours = await startOurs(world.url, ports);
  const browser = await openBrowser({ inOneProcess: false });
  const look = (address: string, slowDown: number) => async (): Promise<Measured> => {
    const day = await BusyDay.begin(world, ours.rest);
    const measured = await measure(browser, { address, slowDown, day, ms: seconds * 4_000 });
    day.close();
    return measured;
  };
  const address = `http://127.0.0.1:${ours.rest}/`;
  const measured = await takeTurns(
    [1, 4].flatMap((slowDown): [string, () => Promise<Measured>][] => [
      [`${slowDown} × empty page`, look(emptyPage, slowDown)],
      [`${slowDown} × Desk`, look(address, slowDown)],
    ]),
    rounds,
  );
  await browser.close();
  await ours.stop();
  const rows = [...measured].map(([name, all]) => describe(name, all));
  printTable(`Desk at 1280×800: ${appointments} appointments, ${doctors} doctors, 10 changes a second, typing`, rows);
  writeResults("desk", { rounds, rows, measured: Object.fromEntries(measured) });
}

interface Look {
  address: string;
  /** How many times slower the processor seems to the page. */
  slowDown: number;
  day: BusyDay;
  ms: number;
}

async function measure(browser: Browser, { address, slowDown, day, ms }: Look): Promise<Measured> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Performance.enable");
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: slowDown });
  await page.addInitScript(untilUsable);
  await page.goto(address);
  const usableMs = await page.evaluate<number>("usable");
  await delay(settlingMs);
  let changes = 0;
  const recorded = await record(page, cdp, async () => {
    const typing = new AbortController();
    const typed = type(page, typing.signal);
    changes = await day.change(changesEveryMs, ms);
    typing.abort();
    await typed;
  });
  await context.close();
  return { ...recorded, usableMs, changes, ms };
}

/** Runs in the page from its beginning: a promise of when it is usable, in ms since the navigation. */
const untilUsable = `
  globalThis.usable = new Promise((resolve) => {
    const look = () => {
      const isThere = document.querySelector(".row") && document.querySelector("[role=combobox]:not(:disabled)");
      if (!isThere) return requestAnimationFrame(look);
      // The task after this frame's runs when it has been drawn, and takes keys.
      setTimeout(() => resolve(performance.now()));
    };
    look();
  });
`;

/** Somebody looks for patients, and thinks better of it. */
async function type(page: Page, signal: AbortSignal): Promise<void> {
  await page.locator("[role=combobox]").focus();
  while (!signal.aborted) {
    await page.keyboard.type("patient example 12", { delay: keysEveryMs });
    for (let n = 0; n < 18; n++) await page.keyboard.press("Backspace");
  }
}

/** The median of the rounds; of keys and of the longest frame, over all of them. */
function describe(name: string, all: Measured[]): Row {
  const of = (figure: (one: Measured) => number): number => median(all.map(figure));
  const keys = all.flatMap(({ keys }) => keys);
  return {
    page: name,
    "frames a second": of(({ frames }) => (1_000 * frames.length) / sum(frames)),
    "dropped %": of(({ frames }) => (100 * dropped(frames)) / (sum(frames) / frameMs)),
    "p99 ms": of(({ frames }) => percentile(frames, 0.99)),
    "longest ms": Math.max(...all.flatMap(({ frames }) => frames)),
    "frames ≥ 50 ms": of(({ longFrames }) => longFrames.length),
    "key p95 ms": keys.length === 0 ? "< 16" : percentile(keys, 0.95),
    "drawn a change": of(({ drawn, changes }) => drawn / changes),
    "script ms a change": of(({ scriptMs, changes }) => scriptMs / changes),
    "style and layout": of(({ styleMs, layoutMs, changes }) => (styleMs + layoutMs) / changes),
    "thread busy %": of(({ taskMs, ms }) => (100 * taskMs) / ms),
    "usable ms": of(({ usableMs }) => usableMs),
  };
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/** How many frames were not drawn because another took their time. */
const dropped = (frames: number[]): number => sum(frames.map((ms) => Math.max(0, Math.round(ms / frameMs) - 1)));
