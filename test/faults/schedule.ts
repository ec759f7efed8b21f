import { setTimeout as delay } from "node:timers/promises";
import type { ActionReport } from "./actions.ts";
import { faults } from "./faults.ts";
import { Random } from "./random.ts";
import { World } from "./world.ts";

export interface ScheduleOptions {
  rounds: number;
  /** When no further round is begun, in ms; else when the rounds are over. */
  timeMs?: number;
  seed: number;
  /** Only these faults, in turn; else all of them, as the seed has it. */
  only?: string[];
  /** The data of a Postgres: see `World.open`. */
  folder?: string;
  onRound?: (round: number, result: RoundResult) => void;
}

export interface RoundResult {
  fault: string;
  /** From the end of the fault and of all writing to everybody at the last state. */
  ms: number;
  differing: string[];
}

export interface ScheduleReport {
  rounds: RoundResult[];
  differing: number;
  wentBack: number;
  unaskedEnds: number;
  writes: number;
  actions: ActionReport;
}

/** Rounds of one fault each, under writers. After each, every client must hold what the database holds. */
export async function runSchedule({
  rounds,
  timeMs = Infinity,
  seed,
  only,
  folder,
  onRound,
}: ScheduleOptions): Promise<ScheduleReport> {
  const endsAt = performance.now() + timeMs;
  const random = new Random(seed);
  const world = await World.open(folder);
  const results: RoundResult[] = [];
  try {
    for (let round = 0; round < rounds && performance.now() < endsAt; round++) {
      const fault = only?.[round % only.length] ?? random.pick(Object.keys(faults));
      const harm = faults[fault];
      if (!harm) throw new Error(`no such fault: ${fault}; there are ${Object.keys(faults).join(", ")}`);
      world.writers.start();
      await delay(random.between(10, 60));
      await harm(world, random);
      await delay(random.between(0, 60));
      await world.writers.pause();
      const { ms, differing } = await world.settle();
      results.push({ fault, ms, differing });
      onRound?.(round, { fault, ms, differing });
    }
    return {
      rounds: results,
      differing: results.reduce((total, { differing }) => total + differing.length, 0),
      wentBack: world.watchers.reduce((total, { wentBack }) => total + wentBack, 0),
      unaskedEnds: world.unaskedEnds,
      writes: world.writers.done,
      actions: await world.writers.actions(),
    };
  } finally {
    await world.close();
  }
}
