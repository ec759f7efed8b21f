import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { nodeOptions } from "../../dev/procfile.ts";
import { projectRoot } from "../../platform/project-root.ts";
import { closed, opened } from "./leaks.ts";

export type Settings = Record<string, string | number>;

interface Invocation {
  args?: string[];
  input?: string;
}

/** Everything that the processes of a test run printed, for the test that no patient's data is in it. */
export const printed: string[] = [];

/** A real process of ours: the api, the realtime process, or another of the built programs. */
export class Service {
  readonly child: ChildProcess;
  output = "";
  /** The address that it serves, once `ready`. */
  address = "";
  readonly #exit: Promise<[number | null, NodeJS.Signals | null]>;

  /**
   * @param program the path of a built program, as `api/main`.
   * @param input what it reads from standard input.
   */
  constructor(program: string, settings: Settings = {}, { args = [], input = "" }: Invocation = {}) {
    const path = `dist/${program}.js`;
    // Elsewhere than the project, so that a developer's .env does not take part.
    this.child = spawn(process.execPath, [...nodeOptions(path), fileURLToPath(new URL(path, projectRoot)), ...args], {
      cwd: tmpdir(),
      env: {
        PATH: process.env["PATH"],
        // Coverage, when it is taken, is that of the processes too.
        NODE_V8_COVERAGE: process.env["NODE_V8_COVERAGE"],
        ...mapValues(settings, String),
      },
      stdio: ["pipe", "pipe", "pipe", "ipc"],
    });
    // A program that ends without reading is no fault of ours.
    this.child.stdin?.on("error", () => {}).end(input);
    opened(this, `the process ${program}`);
    const record = (chunk: Buffer): void => {
      this.output += String(chunk);
      printed.push(String(chunk));
    };
    this.child.stdout?.on("data", record);
    this.child.stderr?.on("data", record);
    this.#exit = once(this.child, "close").then(([code, signal]) => {
      closed(this);
      return [code as number | null, signal as NodeJS.Signals | null];
    });
  }

  /** Starts a process and waits until it serves. */
  static async start(program: string, settings: Settings): Promise<Service> {
    const service = new Service(program, settings);
    await service.ready();
    return service;
  }

  async ready(): Promise<void> {
    const address = await Promise.race([
      once(this.child, "message").then(([message]) => (message as { ready: string }).ready),
      this.#exit.then(() => undefined),
    ]);
    if (address === undefined) throw new Error(`ended before it was ready: ${this.output}`);
    this.address = address;
  }

  get port(): number {
    return Number(new URL(this.address).port);
  }

  /** Whether a test asked the process to end. */
  wasSignalled = false;

  signal(signal: NodeJS.Signals): void {
    if (!["SIGSTOP", "SIGCONT", "SIGUSR2"].includes(signal)) this.wasSignalled = true;
    this.child.kill(signal);
  }

  /** Lets the process outlive the test file that it was started for. */
  share(): void {
    closed(this);
    for (const handle of [this.child, this.child.channel, this.child.stdout, this.child.stderr]) {
      (handle as Partial<Socket> | null | undefined)?.unref?.();
    }
  }

  /** Waits for the end of the process: its exit code, or the signal that ended it. */
  async exit(): Promise<number | NodeJS.Signals> {
    const [code, signal] = await this.#exit;
    return code ?? signal ?? "SIGKILL";
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | NodeJS.Signals> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.signal(signal);
    return this.exit();
  }
}

function mapValues<From, To>(record: Record<string, From>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
