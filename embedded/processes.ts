import { existsSync, readFileSync } from "node:fs";
import { codeOf } from "../platform/errors.ts";

/** True while a process runs. A zombie, which a container without an init keeps for ever, is not alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
  return statOf(pid)?.[0] !== "Z";
}

/** When a process started, in the kernel's own ticks; empty where there is no /proc. */
export function startTime(pid: number): string {
  return statOf(pid)?.[19] ?? "";
}

/** The fields of /proc/PID/stat from the third on, the state: see proc(5). */
function statOf(pid: number): string[] | undefined {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  return readFileSync(file, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
}
