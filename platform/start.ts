import { StartError } from "./settings.ts";

/**
 * Runs the start of a process. A StartError ends it with one line on standard error and exit code 1;
 * anything else is a bug and crashes loudly.
 */
export async function startOrExit(name: string, start: () => Promise<void>): Promise<void> {
  // The parent is gone already, so nobody would ever stop this process.
  if (process.send !== undefined && !process.connected) process.exit(1);
  try {
    await start();
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${name}: ${error.message}\n`);
    process.exit(1);
  }
}
