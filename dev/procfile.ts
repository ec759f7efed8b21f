import { readFileSync } from "node:fs";
import { projectRoot } from "../platform/project-root.ts";

/** The arguments of Node for a process that the Procfile names. */
export function nodeArguments(name: string): string[] {
  const lines = readFileSync(new URL("Procfile", projectRoot), "utf8").split("\n");
  const command = lines
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim();
  if (!command?.startsWith("node ")) throw new Error(`Procfile: no node command for ${name}`);
  return command.split(/\s+/).slice(1);
}
