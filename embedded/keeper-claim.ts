import { link, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../platform/errors.ts";
import { isAlive, startTime } from "./processes.ts";

/**
 * Makes this process the only keeper of a folder, for as long as it lives.
 *
 * A claim is a file that holds the number of its process, and it stays when that process is killed. Whoever removed a
 * dead claim to make a new one could remove the new one of somebody who did so a moment earlier. So claims are numbered
 * and only the highest counts: it is never removed, and one process alone can create the next.
 *
 * @throws Error when another process that is alive holds the folder.
 */
export async function claimFolder(folder: string): Promise<void> {
  for (;;) {
    const last = (await claimsIn(folder)).at(-1) ?? 0;
    const holder = await holderOf(join(folder, claimName(last)));
    if (holder !== undefined) {
      throw new Error(`another start uses ${folder}: stop it first (its Postgres is kept by process ${holder})`);
    }
    const mine = last + 1;
    if (!(await create(join(folder, claimName(mine))))) continue;
    const claims = await claimsIn(folder);
    const highest = claims.at(-1);
    // Others came and went since we looked, and then one of them holds the folder.
    const superseded = highest === mine ? claims.slice(0, -1) : [mine];
    for (const claim of superseded) await rm(join(folder, claimName(claim)), { force: true });
    if (highest === mine) return;
  }
}

const claimName = (claim: number): string => `keeper-${claim}.pid`;

/** The numbers of a folder's claims, the highest last. */
async function claimsIn(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .flatMap((name) => /^keeper-(\d+)\.pid$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((one, other) => one - other);
}

/** The process that made a claim, if it is alive. */
async function holderOf(file: string): Promise<number | undefined> {
  const [pid, startedAt] = (await readFile(file, "utf8").catch(() => "")).split(/\s/);
  const holder = Number(pid);
  // A number is given again to another process; together with the time it started it is not.
  return holder > 0 && isAlive(holder) && startTime(holder) === startedAt ? holder : undefined;
}

/** Creates a claim of ours, whole or not at all; false when somebody else was faster. */
async function create(file: string): Promise<boolean> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${process.pid} ${startTime(process.pid)}\n`, { mode: 0o600 });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
