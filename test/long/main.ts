/**
 * `npm run test:long`: everything that takes long, one after the other, in about an hour and a half. It prints each
 * part's figures in a line or a few, and exits with 0 only if all parts pass.
 *
 * `--parts faults,fuzz` only these · `--minutes 10` for all of them together · `--seed 7` instead of a new one.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { projectRoot } from "../../platform/project-root.ts";
import { temporaryFolder } from "../support/database.ts";
import { parts, type Part } from "./parts.ts";

/** Every part that ends by itself gets so much more than its minutes, for its start and its end. */
const graceMs = 120_000;

const { values } = parseArgs({
  options: {
    parts: { type: "string", default: parts.map(({ name }) => name).join(",") },
    minutes: { type: "string" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
  },
});
const chosen = values.parts.split(",").map((name) => {
  const part = parts.find((part) => part.name === name);
  if (!part) throw new Error(`no part ${name}; there are ${parts.map(({ name }) => name).join(", ")}`);
  return part;
});
const usual = chosen.reduce((sum, { minutes }) => sum + minutes, 0);
const total = values.minutes === undefined ? usual : Number(values.minutes);
const scale = total / usual;
const endsAt = performance.now() + total * 60_000;
const seed = Number(values.seed);
const logs = await temporaryFolder();

process.stdout.write(`seed ${seed}, output in ${logs}\n`);
const failed: string[] = [];
for (const [index, part] of chosen.entries()) {
  if (!(await run(part, chosen.slice(index)))) failed.push(part.name);
}
process.stdout.write(failed.length === 0 ? "all passed\n" : `FAILED: ${failed.join(", ")}\n`);
process.exit(failed.length === 0 ? 0 : 1);

/** Runs a part. One that is elastic gets its share of what the others have left, so that the end is when it was said. */
async function run(part: Part, togo: Part[]): Promise<boolean> {
  const left = (endsAt - performance.now()) / 60_000;
  const share = part.minutes / togo.reduce((sum, { minutes }) => sum + minutes, 0);
  const minutes = part.isElastic ? Math.max(left * share, 0.5) : part.minutes * scale;
  const limitMs = part.isElastic ? minutes * 60_000 + graceMs : Math.max(left, minutes) * 60_000;
  const [command = "", ...args] = part.command(minutes, seed);
  const startedAt = performance.now();
  const child = spawn(command, args, {
    cwd: fileURLToPath(projectRoot),
    // Of its own process group, so that nothing of it is left when its time is up.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...part.env?.(minutes, seed) },
  });
  let output = "";
  const record = (chunk: Buffer): void => void (output += String(chunk));
  child.stdout.on("data", record);
  child.stderr.on("data", record);
  let isLate = false;
  const deadline = setTimeout(() => {
    isLate = true;
    process.kill(-(child.pid as number), "SIGKILL");
  }, limitMs);
  const [code] = (await once(child, "close")) as [number | null];
  clearTimeout(deadline);
  await writeFile(join(logs, `${part.name}.log`), output);

  const took = `${((performance.now() - startedAt) / 60_000).toFixed(1)} min`;
  const outcome = isLate ? "NOT OVER in time" : code === 0 ? "passed" : "FAILED";
  const lines = output.split("\n");
  const figures = lines.filter((line) => part.figures.test(line)).map((line) => line.trim());
  process.stdout.write(
    `${part.name.padEnd(10)} ${outcome} (${took}): ${figures.join("\n           ") || "no figures"}\n`,
  );
  if (outcome !== "passed") process.stdout.write(`${lines.slice(-40).join("\n")}\n`);
  return outcome === "passed";
}
