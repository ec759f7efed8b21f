import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { temporaryFolder } from "./database.ts";
import { eventually } from "./eventually.ts";
import { Rest } from "./rest.ts";
import { Service, type Settings } from "./service.ts";
import { findShared } from "./shared.ts";

/** The settings of an `npm start` with its data in a folder. */
export const startSettings = (folder: string): Settings => ({
  DATA_DIR: folder,
  API_PORT: 0,
  REALTIME_PORT: 0,
  LOG_LEVEL: "info",
});

/** A new folder with the data of an `npm start` that is over: its cluster is made and migrated. */
export async function folderWithData(): Promise<string> {
  const [{ folder: data }, folder] = await Promise.all([findShared("data"), temporaryFolder()]);
  // Keeps the owner, who is not always the user that runs the tests.
  await promisify(execFile)("cp", ["-a", `${data}/.`, folder]);
  return folder;
}

export interface Pids {
  keeper: number;
  postgres: number;
  api: number;
  realtime: number;
}

/** The processes of a start: of each kind the last. */
export async function pidsOf(service: Service, folder: string): Promise<Pids> {
  const lastOf = (name: string) =>
    Number([...service.output.matchAll(new RegExp(`"name":"${name}","pid":(\\d+)`, "g"))].at(-1)?.[1]);
  return {
    keeper: await keeperOf(folder),
    postgres: Number.parseInt(await readFile(join(folder, "postgres/postmaster.pid"), "utf8"), 10),
    api: lastOf("api"),
    realtime: lastOf("realtime"),
  };
}

/** The process that a folder's last claim names. */
export async function keeperOf(folder: string): Promise<number> {
  const claims = (await readdir(folder)).flatMap((name) => /^keeper-(\d+)\.pid$/.exec(name)?.[1] ?? []).map(Number);
  return Number.parseInt(await readFile(join(folder, `keeper-${Math.max(...claims)}.pid`), "utf8"), 10);
}

export async function isGone(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    return /\) Z /.test(await readFile(`/proc/${pid}/stat`, "utf8").catch(() => ""));
  } catch {
    return true;
  }
}

export async function expectGone(pids: number[]): Promise<void> {
  for (const pid of pids) await eventually(async () => expect(await isGone(pid), `process ${pid}`).to.equal(true));
}

/** The command lines of all processes that work on a folder. */
export async function processesOn(folder: string): Promise<string[]> {
  return (await allProcesses()).map(({ command }) => command).filter((command) => command.includes(folder));
}

/** The child of a process that runs a program, once it does. */
export async function pidOfChild(parent: number, program: string): Promise<number | undefined> {
  return (await allProcesses()).find((one) => one.parent === parent && one.command.includes(program))?.pid;
}

/** From /proc: see proc(5). A process that ends meanwhile is left out. */
async function allProcesses(): Promise<{ pid: number; parent: number; command: string }[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = pids.map(async (pid) => {
    const [stat, command] = await Promise.all(
      ["stat", "cmdline"].map((name) => readFile(`/proc/${pid}/${name}`, "utf8").catch(() => "")),
    );
    const parent = Number(/\) \w (\d+)/.exec(stat ?? "")?.[1]);
    return { pid: Number(pid), parent, command: command?.replaceAll("\0", " ") ?? "" };
  });
  return Promise.all(found);
}

/** Starts, and tells the start to end at a moment of its build-up: nothing is left of it, and the next start works. */
export async function expectCleanEnd(folder: string, hasCome: (service: Service) => Promise<unknown>): Promise<void> {
  const first = new Service("dev/start", startSettings(folder));
  await eventually(() => hasCome(first), 30_000);

  first.signal("SIGTERM");

  expect(await first.exit()).to.equal(0);
  expect(first.output).to.not.include("clinic-queue is running");
  await eventually(async () => expect(await processesOn(folder)).to.deep.equal([]));
  expect((await readdir(folder, { recursive: true })).join()).not.to.include("postmaster.pid");
  const second = await Service.start("dev/start", startSettings(folder));
  expect((await new Rest(second.address).get("/health")).status).to.equal(200);
  await second.stop();
}
