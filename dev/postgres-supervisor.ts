import { setTimeout as delay } from "node:timers/promises";
import { EmbeddedPostgres, type EmbeddedPostgresOptions } from "../embedded/embedded-postgres.ts";
import { StartError } from "../platform/settings.ts";

const firstWaitMs = 1_000;
const slowestWaitMs = 30_000;
/** After so long without a fault the next one is a new one, and not part of the last. */
const steadyMs = 60_000;

/**
 * Runs the embedded Postgres, and starts it again when it ends: its disk was full, or somebody killed it or its keeper.
 * It comes back on the same port with the same passwords, so whoever used it connects again by itself.
 */
export class PostgresSupervisor {
  readonly url: string;
  #options: EmbeddedPostgresOptions;
  #postgres: EmbeddedPostgres;
  #stopping = new AbortController();
  #watching: Promise<void>;

  private constructor(postgres: EmbeddedPostgres, options: EmbeddedPostgresOptions) {
    this.url = postgres.url;
    this.#postgres = postgres;
    this.#options = { ...options, port: Number(new URL(postgres.url).port) };
    this.#watching = this.#watch();
  }

  /** @throws StartError with the reason when Postgres does not start at all. */
  static async start(options: EmbeddedPostgresOptions): Promise<PostgresSupervisor> {
    return new PostgresSupervisor(await EmbeddedPostgres.start(options), options);
  }

  /** Stops Postgres cleanly, also when it is just being started again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#postgres.stop();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    let waitMs = firstWaitMs;
    for (;;) {
      const startedAt = performance.now();
      let reason = await this.#postgres.exited;
      if (performance.now() - startedAt > steadyMs) waitMs = firstWaitMs;
      for (let isUp = false; !isUp; waitMs = Math.min(2 * waitMs, slowestWaitMs)) {
        if (this.#stopping.signal.aborted) return;
        say(`the embedded Postgres ended: ${reason}. It is started again in ${waitMs / 1_000} s`);
        await delay(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => {});
        if (this.#stopping.signal.aborted) return;
        try {
          this.#postgres = await EmbeddedPostgres.start(this.#options);
          isUp = true;
        } catch (error) {
          if (!(error instanceof StartError)) throw error;
          reason = error.message;
        }
      }
      if (this.#stopping.signal.aborted) return this.#postgres.stop();
      say("the embedded Postgres is up again");
    }
  }
}

function say(line: string): void {
  process.stderr.write(`start: ${line}\n`);
}
