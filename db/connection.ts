import postgres from "postgres";
import { refuseWrongSession, startSettings } from "./session-settings.ts";

export type Sql = ReturnType<typeof connect>;

export interface ConnectionOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  name: string;
  /** The role whose rights this connection takes; without it, it has the rights of the user who logs in. */
  role?: "clinic_api" | "clinic_realtime";
  /** Postgres denies every write. Not behind a pooler, whose connections are for all. */
  isReadOnly?: boolean;
  /**
   * The pooler that the URL leads to. It takes no settings from us: the settings of the role that logs in apply. A pooler
   * that gives out a connection for each transaction knows no prepared statements.
   */
  pooler?: Pooler | undefined;
}

export type Pooler = "session" | "transaction";

/** One connection that is used by one call at a time, and checked each time that it was opened. */
export class Connection {
  readonly #sql: Sql;
  readonly #options: ConnectionOptions;
  #isChecked = false;
  /** When Postgres answered last. */
  answeredAt = performance.now();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#sql = connect({ ...options, max: 1, onClose: () => (this.#isChecked = false) });
  }

  /** @throws WrongSession when the connection lacks what our calls rest on; any error of the work. */
  async use<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    if (!this.#isChecked) {
      await refuseWrongSession(this.#sql, this.#options.role);
      this.#isChecked = true;
    }
    const result = await work(this.#sql);
    this.answeredAt = performance.now();
    return result;
  }

  /** Rejects what is under way, and closes. */
  destroy(): void {
    void endNow(this.#sql);
  }

  /** Lets what is under way end for a moment, then closes. */
  async end(): Promise<void> {
    await this.#sql.end({ timeout: 2 });
  }
}

/**
 * Connects a library's pool. It connects at the first query and again by itself; the short backoff is for a Postgres
 * that restarts, which the library's default would leave alone for up to 20 s.
 */
export function connect(options: ConnectionOptions & { max?: number; onClose?: () => void }) {
  const { url, name, pooler, max = 10, onClose = () => {} } = options;
  return postgres(url, {
    max,
    connect_timeout: 3,
    backoff: (retries) => Math.min(0.05 * 2 ** Math.min(retries, 4), 0.5) * (0.5 + Math.random() / 2),
    connection: { application_name: name, ...(pooler === undefined && startSettings(options)) },
    prepare: pooler !== "transaction",
    onclose: onClose,
    onnotice: () => {},
    // The library asks for the types of arrays when it connects, and awaits that nowhere: a Postgres that goes away
    // at that moment would crash the process. We pass no arrays.
    fetch_types: false,
    types: {
      // A date is a day on the wall, not an instant: as a JavaScript Date it would move with the time zone.
      date: { to: 1082, from: [1082], serialize: (day: string) => day, parse: (day: string) => day },
      // Revisions and counts stay far below 2^53.
      bigint: { to: 20, from: [20], serialize: String, parse: Number },
    },
  });
}

/** Ends a library's pool without waiting for anybody. */
export async function endNow(sql: Sql): Promise<void> {
  await sql.end({ timeout: 0 });
}
