/** `npm run test:fuzz -- --runs 100000 --seed 7 [--minutes 9] [--only 123]`: random input to both processes, as everybody who may call. */
import { parseArgs } from "node:util";
import { startCluster, stopCluster } from "../support/database.ts";
import { fuzz } from "./fuzz.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string" },
    minutes: { type: "string" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
    only: { type: "string" },
  },
});
const seed = Number(values.seed);
process.stdout.write(`seed ${seed}\n`);

const startedAt = performance.now();
await startCluster();
const { outcomes, failures } = await fuzz({
  runs: Number(values.runs ?? (values.minutes === undefined ? 100_000 : Infinity)),
  seed,
  ...(values.minutes !== undefined && { timeMs: Number(values.minutes) * 60_000 }),
  ...(values.only !== undefined && { only: Number(values.only) }),
  onProgress: (run) => process.stdout.write(`${run} cases, ${Math.round((performance.now() - startedAt) / 1000)} s\n`),
});
await stopCluster();

for (const [outcome, times] of [...outcomes].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  process.stdout.write(`${outcome.padEnd(40)} ${String(times).padStart(8)}\n`);
}
for (const failure of failures) process.stdout.write(`\n${failure}\n`);
const cases = [...outcomes.values()].reduce((sum, times) => sum + times, 0);
process.stdout.write(`\n${cases} cases, ${failures.length} failures\n`);
process.exit(failures.length > 0 ? 1 : 0);
