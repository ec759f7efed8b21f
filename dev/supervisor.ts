import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { projectRoot } from "../platform/project-root.ts";
import { repeat } from "../platform/repeat.ts";
import { nodeArguments } from "./procfile.ts";

const restartMs = 1_000;
const stopTimeoutMs = 15_000;

/** Runs one process of the Procfile and starts it again when it dies. */
export class Supervisor {
  readonly name: string;
  #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #stopping = new AbortController();

  constructor(name: string, env: NodeJS.ProcessEnv) {
    this.name = name;
    this.#env = env;
  }

  /**
   * Starts the process.
   *
   * @returns the address that it serves, or undefined when it ended before it was ready; it has said why.
   */
  async start(): Promise<string | undefined> {
    // Out of the terminal's process group: Ctrl-C reaches us alone, and we stop everything in order. The channel
    // tells the child when we are gone.
    const args = nodeArguments(this.name);
    const program = fileURLToPath(new URL(args.pop() ?? "", projectRoot));
    // Away from `.env`, which has more than this process is to know: whoever starts it has read it.
    const child = spawn(process.execPath, [...args, program], {
      cwd: fileURLToPath(new URL("dist/", projectRoot)),
      env: this.#env,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      detached: true,
    });
    this.#child = child;
    const ended = once(child, "exit");
    const address = await Promise.race([
      once(child, "message").then(([message]) => (message as { ready: string }).ready),
      ended.then(() => undefined),
    ]);
    if (address !== undefined) void ended.then(() => this.#revive());
    return address;
  }

  /** Asks the process to stop, and kills it when it does not in time. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const deadline = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
    await ended;
    clearTimeout(deadline);
  }

  async #revive(): Promise<void> {
    const { signal } = this.#stopping;
    const tell = (): void => {
      if (!signal.aborted) process.stderr.write(`${this.name} ended unexpectedly; starting it again\n`);
    };
    const restart = async (): Promise<"done" | undefined> => {
      if ((await this.start()) !== undefined) return "done";
      tell();
      return undefined;
    };
    tell();
    await repeat(restart, { signal, intervalMs: restartMs, pausesFirst: true });
  }
}
