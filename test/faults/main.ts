/**
 * `npm run test:faults -- --rounds 1000 --seed 7 [--only killListener,cutClients]`: the mixed schedule; `--minutes 15`
 * instead of rounds, or as their limit.
 * `npm run test:faults -- --scenario storm`: one of the scenarios, whose number of rounds can be given too.
 */
import { parseArgs } from "node:util";
import { blackHole } from "./scenarios/black-hole.ts";
import { frozen } from "./scenarios/frozen.ts";
import { heldDate } from "./scenarios/held-date.ts";
import { notifyOff } from "./scenarios/notify-off.ts";
import { oneToken } from "./scenarios/one-token.ts";
import { restart } from "./scenarios/restart.ts";
import { rollingRestart } from "./scenarios/rolling-restart.ts";
import { stalled } from "./scenarios/stalled.ts";
import { storm } from "./scenarios/storm.ts";
import { runSchedule, type RoundResult } from "./schedule.ts";

const scenarios: Record<string, (rounds?: number) => Promise<boolean>> = {
  blackHole: (rounds = 100) => blackHole(rounds),
  frozen: (rounds = 5) => frozen(rounds),
  heldDate: (rounds = 3) => heldDate(rounds),
  notifyOff: (rounds = 50) => notifyOff(rounds),
  oneToken: (rounds = 600) => oneToken(rounds),
  restart: (rounds = 50) => restart(rounds),
  rollingRestart: (rounds = 20) => rollingRestart(rounds),
  stalled: (rounds = 10_000) => stalled(rounds),
  storm: () => storm(),
};

const { values } = parseArgs({
  options: {
    rounds: { type: "string" },
    minutes: { type: "string" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
    only: { type: "string" },
    scenario: { type: "string" },
  },
});
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);

if (values.scenario !== undefined) {
  const run = scenarios[values.scenario];
  if (!run) throw new Error(`no such scenario; there are ${Object.keys(scenarios).join(", ")}`);
  process.exit((await run(rounds)) ? 0 : 1);
}

const seed = Number(values.seed);
process.stdout.write(`seed ${seed}\n`);

const report = await runSchedule({
  rounds: rounds ?? (values.minutes === undefined ? 100 : Infinity),
  ...(values.minutes !== undefined && { timeMs: Number(values.minutes) * 60_000 }),
  seed,
  ...(values.only ? { only: values.only.split(",") } : {}),
  onRound: (round, { fault, ms, differing }) => {
    if (differing.length > 0) process.stdout.write(`round ${round} ${fault}: ${differing.join(", ")} differ\n`);
    else if ((round + 1) % 50 === 0) process.stdout.write(`round ${round + 1}, the last one settled in ${ms} ms\n`);
  },
});

process.stdout.write("\nfault                       rounds   p50 ms   p99 ms   max ms   differing\n");
for (const [fault, rounds] of byFault(report.rounds)) {
  const times = rounds.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const at = (share: number): string =>
    String(times[Math.min(times.length - 1, Math.floor(times.length * share))]).padStart(8);
  const differing = rounds.reduce((total, round) => total + round.differing.length, 0);
  const columns = [String(rounds.length).padStart(6), at(0.5), at(0.99), at(1), String(differing).padStart(11)];
  process.stdout.write(`${fault.padEnd(27)} ${columns.join(" ")}\n`);
}
process.stdout.write(
  `\n${report.rounds.length} rounds, ${report.writes} writes: ${report.differing} clients that differ, ` +
    `${report.wentBack} revisions that went back, ${report.unaskedEnds} processes that died unasked\n`,
);
const { actions, done, repeated, refused, lost, doubled } = report.actions;
process.stdout.write(
  `${actions} actions in queues (${done} done, ${repeated} repeated, ${refused} refused): ` +
    `${lost.length} lost, ${doubled} done twice\n`,
);
for (const action of lost) process.stdout.write(`lost: ${action}\n`);
process.exit(report.differing + report.wentBack + report.unaskedEnds + lost.length + doubled > 0 ? 1 : 0);

function byFault(rounds: RoundResult[]): Map<string, RoundResult[]> {
  const grouped = new Map<string, RoundResult[]>();
  for (const round of rounds) grouped.set(round.fault, [...(grouped.get(round.fault) ?? []), round]);
  return grouped;
}
