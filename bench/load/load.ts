import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { RawClientOptions } from "./raw-client.ts";

export type LoadRequest =
  | { do: "connect"; options: RawClientOptions; count: number; atOnce: number }
  | { do: "reset"; tracksRevisions: boolean; staysAwake: boolean }
  | { do: "await"; frames?: number; bytes?: number }
  | { do: "collect" }
  | { do: "close" };

export interface LoadAnswer {
  ms?: number;
  frames?: number;
  bytes?: number;
  arrivals?: [number, { first: number; last: number; count: number }][];
}

/** Clients in a process of their own, so that the one that is measured does nothing else. */
export class Load {
  #child: ChildProcess;

  constructor() {
    this.#child = fork(fileURLToPath(new URL("worker.ts", import.meta.url)), { execArgv: ["--import=tsx"] });
  }

  /** Freezes its process, and lets it go on. */
  signal(signal: "SIGSTOP" | "SIGCONT"): void {
    this.#child.kill(signal);
  }

  /** Connects clients and waits for the first frame of each. @returns milliseconds. */
  async connect(options: RawClientOptions, count: number, atOnce = 100): Promise<number> {
    return (await this.#ask({ do: "connect", options, count, atOnce })).ms ?? 0;
  }

  /**
   * Forgets what came before.
   *
   * @param staysAwake until what came is collected. Waking a process costs the one that writes to it more than the
   * writing: clients that are a little faster than the server, and so sleep before each message, would make it look slow.
   */
  async reset({ tracksRevisions = false, staysAwake = false } = {}): Promise<void> {
    await this.#ask({ do: "reset", tracksRevisions, staysAwake });
  }

  /** Waits until so many frames, or bytes, have come since the last reset. */
  async await(what: { frames?: number; bytes?: number }): Promise<void> {
    await this.#ask({ do: "await", ...what });
  }

  /** What came since the last reset. */
  async collect(): Promise<Required<Omit<LoadAnswer, "ms">>> {
    return (await this.#ask({ do: "collect" })) as Required<LoadAnswer>;
  }

  async disconnect(): Promise<void> {
    await this.#ask({ do: "close" });
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.kill();
    await ended;
  }

  async #ask(request: LoadRequest): Promise<LoadAnswer> {
    const answered = once(this.#child, "message");
    this.#child.send(request);
    const [answer] = await answered;
    return answer as LoadAnswer;
  }
}
