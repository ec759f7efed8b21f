import { readFileSync } from "node:fs";
import { projectRoot } from "../platform/project-root.ts";

/** The arguments of Node for a process that the Procfile names. */
export function nodeArguments(name: string): string[] {
  const found = commands().get(name);
  if (!found) throw new Error(`Procfile: no node command for ${name}`);
  return found;
}

/** The options of Node that the Procfile starts a built program with; none for a program that it does not start. */
export function nodeOptions(path: string): string[] {
  return [...commands().values()].find((args) => args.at(-1) === path)?.slice(0, -1) ?? [];
}

/** By the name of the process, what follows `node`. */
function commands(): Map<string, string[]> {
  const lines = readFileSync(new URL("Procfile", projectRoot), "utf8").matchAll(/^(\w+): *node +(.+)$/gm);
  return new Map(Array.from(lines, ([, name = "", args = ""]) => [name, args.trim().split(/\s+/)]));
}
