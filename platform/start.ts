import { StartError } from "./settings.ts";

/**
 * Runs what a process does at its start. A StartError ends it with one line on standard error and exit code 1;
 * anything else is a bug and crashes loudly.
 */
export async function startOrExit(name: string, start: () => Promise<void>): Promise<void> {
  // Started by a process that is gone already: nobody would ever stop this one.
  if (process.send !== undefined && !process.connected) process.exit(1);
  try {
    await start();
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${name}: ${error.message}\n`);
    process.exit(1);
  }
}
