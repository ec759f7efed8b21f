import type { CDPSession, Page } from "playwright-core";

/** What a page did while it was recorded, by the browser's own figures; times in ms. */
export interface Recorded {
  /** From each frame to the next. */
  frames: number[];
  /** Frames that took 50 ms or more from the first work for them to being drawn, and how much of it scripts took. */
  longFrames: { ms: number; scriptMs: number; scripts: string[] }[];
  /** From the press of each key to the frame that shows it. Those below 16 ms are not told. */
  keys: number[];
  /** In how many frames the list of patients was drawn anew. */
  drawn: number;
  /** What the page's own thread was busy with. */
  scriptMs: number;
  styleMs: number;
  layoutMs: number;
  taskMs: number;
}

/** Runs in the page. */
const begin = `(() => {
  const frames = [], longFrames = [], keys = [];
  let drawn = 0, last, isOn = true;
  const next = (at) => {
    if (last !== undefined) frames.push(at - last);
    last = at;
    if (isOn) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
  const take = (entries) => {
    for (const entry of entries) {
      if (entry.entryType === "event") {
        if (entry.name === "keydown") keys.push(entry.duration);
        continue;
      }
      const scripts = entry.scripts.map((one) => one.invoker + " " + one.sourceFunctionName + " " + Math.round(one.duration));
      longFrames.push({ ms: entry.duration, scriptMs: entry.scripts.reduce((sum, one) => sum + one.duration, 0), scripts });
    }
  };
  const timings = new PerformanceObserver((list) => take(list.getEntries()));
  timings.observe({ type: "long-animation-frame" });
  timings.observe({ type: "event", durationThreshold: 16 });
  const changes = new MutationObserver(() => drawn++);
  const cards = document.querySelector(".cards");
  if (cards) changes.observe(cards, { subtree: true, childList: true, characterData: true, attributes: true });
  globalThis.endRecording = () => {
    isOn = false;
    take(timings.takeRecords());
    timings.disconnect();
    changes.disconnect();
    return { frames, longFrames, keys, drawn };
  };
})()`;

/** Records what a page draws while something is done to it. */
export async function record(page: Page, cdp: CDPSession, act: () => Promise<void>): Promise<Recorded> {
  await page.evaluate(begin);
  const before = await busyMs(cdp);
  await act();
  const after = await busyMs(cdp);
  const seen = await page.evaluate<Pick<Recorded, "frames" | "longFrames" | "keys" | "drawn">>("endRecording()");
  return {
    ...seen,
    scriptMs: after.ScriptDuration - before.ScriptDuration,
    styleMs: after.RecalcStyleDuration - before.RecalcStyleDuration,
    layoutMs: after.LayoutDuration - before.LayoutDuration,
    taskMs: after.TaskDuration - before.TaskDuration,
  };
}

const durations = ["ScriptDuration", "RecalcStyleDuration", "LayoutDuration", "TaskDuration"] as const;

async function busyMs(cdp: CDPSession): Promise<Record<(typeof durations)[number], number>> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  const msOf = (name: string): number => (metrics.find((one) => one.name === name)?.value ?? NaN) * 1_000;
  return {
    ScriptDuration: msOf("ScriptDuration"),
    RecalcStyleDuration: msOf("RecalcStyleDuration"),
    LayoutDuration: msOf("LayoutDuration"),
    TaskDuration: msOf("TaskDuration"),
  };
}
