import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closed, opened } from "./leaks.ts";

interface Invocation {
  cwd: string;
  /** What it reads from standard input. */
  input?: string;
}

/** A program of a user, which runs until it ends or the test stops it. */
export class Running {
  output = "";
  errors = "";
  readonly #child: ChildProcess;
  readonly #exit: Promise<number | null>;

  constructor(command: string, args: string[], { cwd, input = "" }: Invocation) {
    this.#child = spawn(command, args, { cwd });
    opened(this, `the program ${command}`);
    this.#child.stdout?.on("data", (chunk: Buffer) => (this.output += String(chunk)));
    this.#child.stderr?.on("data", (chunk: Buffer) => (this.errors += String(chunk)));
    this.#child.stdin?.end(input);
    this.#exit = once(this.#child, "close").then(([code]) => {
      closed(this);
      return code as number | null;
    });
  }

  /** Waits for the end of the program: its exit code, or null where a signal ended it. */
  exit(): Promise<number | null> {
    return this.#exit;
  }

  async stop(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#exit;
  }
}
