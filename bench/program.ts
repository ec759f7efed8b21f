import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { nodeOptions } from "../dev/procfile.ts";

/** A process under measurement. */
export class Program {
  readonly child: ChildProcess;
  readonly port: number;

  private constructor(child: ChildProcess, port: number) {
    this.child = child;
    this.port = port;
  }

  /**
   * @param path from the project's folder: a built program, or a peer's source.
   * @param options of Node: those that operators are told to start a program of ours with.
   */
  static async start(path: string, env: Record<string, string>, options = nodeOptions(path)): Promise<Program> {
    const child = fork(fileURLToPath(new URL(`../${path}`, import.meta.url)), {
      cwd: tmpdir(),
      env: { PATH: process.env["PATH"], LOG_LEVEL: "error", ...env },
      execArgv: path.endsWith(".ts") ? [`--import=${import.meta.resolve("tsx")}`, ...options] : options,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const [message] = (await Promise.race([
      once(child, "message"),
      once(child, "exit").then(() => {
        throw new Error(`${path} ended before it was ready`);
      }),
    ])) as [{ ready: string }];
    return new Program(child, Number(new URL(message.ready).port));
  }

  /** Processor time that it has used, user and system, in ms. */
  get cpuMs(): number {
    return cpuOf(this.child.pid ?? 0);
  }

  /** Memory that is its own, in bytes. */
  get memory(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
    return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1]) * 1024;
  }

  send(message: object): void {
    this.child.send(message);
  }

  /** Asks, and waits for the answer. */
  async ask(message: object): Promise<unknown> {
    const answered = once(this.child, "message");
    this.child.send(message);
    return (await answered)[0];
  }

  async stop(): Promise<void> {
    const ended = once(this.child, "exit");
    this.child.kill("SIGTERM");
    const kill = setTimeout(() => this.child.kill("SIGKILL"), 8_000);
    await ended;
    clearTimeout(kill);
  }
}

const ticksPerSecond = 100;

/** Processor time of a process in ms, as the kernel counts it. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}
