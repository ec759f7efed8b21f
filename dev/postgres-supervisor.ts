import { EmbeddedPostgres, type EmbeddedPostgresOptions } from "../embedded/embedded-postgres.ts";
import { Backoff, repeat } from "../platform/repeat.ts";
import { StartError } from "../platform/settings.ts";

const backoffOptions = { firstMs: 1_000, slowestMs: 30_000 };
/** After this long without a fault, the pauses begin with the shortest again. */
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
    const { signal } = this.#stopping;
    const backoff = new Backoff(backoffOptions);
    const pauseAfter = (reason: string): number => {
      const pauseMs = backoff.next();
      if (!signal.aborted) say(`the embedded Postgres ended: ${reason}. It is started again in ${pauseMs / 1_000} s`);
      return pauseMs;
    };
    let isUp = true;
    const keepUp = async (): Promise<number> => {
      try {
        if (!isUp) await this.#startAgain();
      } catch (error) {
        if (!(error instanceof StartError)) throw error;
        return pauseAfter(error.message);
      }
      const startedAt = performance.now();
      const reason = await this.#postgres.exited;
      isUp = false;
      if (performance.now() - startedAt > steadyMs) backoff.reset();
      return pauseAfter(reason);
    };
    await repeat(keepUp, { signal, intervalMs: 0 });
  }

  async #startAgain(): Promise<void> {
    this.#postgres = await EmbeddedPostgres.start(this.#options);
    if (this.#stopping.signal.aborted) void this.#postgres.stop();
    else say("the embedded Postgres is up again");
  }
}

function say(line: string): void {
  process.stderr.write(`start: ${line}\n`);
}
