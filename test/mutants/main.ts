/**
 * `npm run test:mutants`: puts one fault after another into a copy of the project, and tells which the tests notice.
 *
 * `--only REGEX` those whose file or fault it matches · `--jobs 2` side by side · `--whole` the whole suite for each, and
 * not only for those that the tests which concern them do not notice · `--quick` never the whole suite · `--minutes 30`
 * takes them in random order, which `--seed 7` repeats, and begins none after that time, instead of running all ·
 * `--trusted` skips the run without a fault · `--why` tells what failed · `--list` runs nothing.
 *
 * Exits with 0 when at least 95 % of those that ran are noticed, and with 1 also when the list is out of date.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { projectRoot } from "../../platform/project-root.ts";
import { Random } from "../faults/random.ts";
import { accessMutants } from "./lists/access.ts";
import { apiMutants } from "./lists/api.ts";
import { bookingMutants } from "./lists/bookings.ts";
import { clientMutants } from "./lists/client.ts";
import { dbMutants } from "./lists/db.ts";
import { queueMutants } from "./lists/queue.ts";
import { realtimeMutants } from "./lists/realtime.ts";
import { sqlMutants } from "./lists/sql.ts";
import { mutate, type Mutant } from "./mutant.ts";
import { Workspace } from "./workspace.ts";

const required = 0.95;
const concernedTimeoutMs = 240_000;
const wholeTimeoutMs = 1_200_000;

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    jobs: { type: "string", default: "1" },
    minutes: { type: "string" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
    whole: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    why: { type: "boolean", default: false },
    trusted: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
  },
});
const all = [
  realtimeMutants,
  clientMutants,
  sqlMutants,
  bookingMutants,
  queueMutants,
  dbMutants,
  apiMutants,
  accessMutants,
].flat();
const only = new RegExp(values.only);
const chosen = all.filter(({ file, fault }) => only.test(file) || only.test(fault));
const mutants = chosen.filter(({ equivalent }) => equivalent === undefined);
const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
const endsAt = performance.now() + (minutes ?? Infinity) * 60_000;

await refuseOldList(all);
for (const { file, fault, equivalent } of chosen) {
  if (equivalent !== undefined) print("equivalent", `${file}: ${fault} ${equivalent}`);
  else if (values.list && values.only !== "") print("", `${file}: ${fault}`);
}
if (values.list) {
  process.stdout.write(`${mutants.length} mutants fit the code\n`);
  process.exit();
}

if (minutes !== undefined) process.stdout.write(`seed ${values.seed}\n`);
const workspaces = await Promise.all(Array.from({ length: Number(values.jobs) }, () => Workspace.create()));
if (!values.trusted) await refuseFailingTests(workspaces[0] as Workspace);

let caught = 0;
let invalid = 0;
const survivors: Mutant[] = [];
// In the order of the lists, those that are run in a short time would always be the same.
const waiting = minutes === undefined ? [...mutants] : new Random(Number(values.seed)).shuffle(mutants);
await Promise.all(
  workspaces.map(async (workspace) => {
    for (let mutant = next(); mutant; mutant = next()) await judge(workspace, mutant);
  }),
);
await Promise.all(workspaces.map((workspace) => workspace.remove()));

const run = caught + survivors.length;
const score = run === 0 ? 0 : caught / run;
if (survivors.length > 0) process.stdout.write("\n");
for (const { file, fault } of survivors) print("SURVIVED", `${file}: ${fault}`);
process.stdout.write(
  `\n${caught} of ${run} mutants caught: ${(100 * score).toFixed(1)} % (${run + invalid} of ${mutants.length} run, ` +
    `${invalid} of them do not compile; ${chosen.length - mutants.length} are equivalent)\n`,
);
process.exit(score >= required && invalid === 0 ? 0 : 1);

function next(): Mutant | undefined {
  return performance.now() < endsAt ? waiting.shift() : undefined;
}

async function judge(workspace: Workspace, mutant: Mutant): Promise<void> {
  const startedAt = performance.now();
  const what = `${mutant.file}: ${mutant.fault}`;
  if (!(await workspace.apply(mutant))) {
    invalid += 1;
    return print("INVALID", `${what} It does not compile.`);
  }
  const noticed = await notice(workspace, mutant);
  const seconds = `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
  if (noticed === undefined) {
    survivors.push(mutant);
    print("SURVIVED", `${what} (${seconds})`);
  } else {
    caught += 1;
    print("caught", `${what} (${noticed}, ${seconds})`);
  }
}

/** Which test file notices the fault; undefined when none does. */
async function notice(workspace: Workspace, mutant: Mutant): Promise<string | undefined> {
  if (!values.whole) {
    const { failed, hung, reason } = await workspace.test(concernedBy(mutant), concernedTimeoutMs);
    if (hung) return "time-out";
    if (failed.length > 0) return values.why ? `${failed.join(", ")}: ${reason}` : failed.join(", ");
    if (values.quick) return undefined;
  }
  const { failed, hung } = await workspace.test(undefined, wholeTimeoutMs);
  if (hung) return "time-out";
  // One that was not thought to concern it may have failed by chance, so it must fail again.
  for (const file of failed) {
    if (concernedBy(mutant).includes(file) || !/^[\w/-]+$/.test(file)) return file;
    const again = await workspace.test([file], concernedTimeoutMs);
    if (again.hung || again.failed.length > 0) return file;
  }
  return undefined;
}

/** The test of the file's own name first, where there is one. */
function concernedBy({ file, tests }: Mutant): string[] {
  const own = file.replace(/\.\w+$/, "");
  return existsSync(new URL(`test/${own}.test.ts`, projectRoot)) ? [...new Set([own, ...tests])] : tests;
}

async function refuseOldList(mutants: Mutant[]): Promise<void> {
  const problems: string[] = [];
  for (const mutant of mutants) {
    try {
      mutate(await readFile(new URL(mutant.file, projectRoot), "utf8"), mutant);
      for (const test of mutant.tests) await readFile(new URL(`test/${test}.test.ts`, projectRoot));
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  if (problems.length === 0) return;
  for (const problem of problems) print("OUT OF DATE", problem);
  process.exit(1);
}

/** A test that fails without a fault notices nothing. */
async function refuseFailingTests(workspace: Workspace): Promise<void> {
  const files = [...new Set(mutants.flatMap(concernedBy))];
  const { failed, reason, hung } = await workspace.test(values.whole ? undefined : files, wholeTimeoutMs);
  if (failed.length === 0 && !hung) return;
  process.stdout.write(`without a fault, these fail: ${failed.join(", ")}\n${reason}\n`);
  process.exit(1);
}

function print(outcome: string, text: string): void {
  process.stdout.write(`${outcome.padEnd(11)} ${text}\n`);
}
