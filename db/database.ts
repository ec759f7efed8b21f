import postgres, { type PendingQuery } from "postgres";
import { codeOf } from "../platform/errors.ts";

export type Sql = ReturnType<typeof connect>;

/**
 * One statement with at most one row, not sent yet: a closure that has awaited another one before cannot give it.
 *
 * @typeParam Row with undefined where there may be no row; object where the row says nothing.
 */
export type Statement<Row extends object | undefined = object> = PendingQuery<[Row]>;

export interface DatabaseOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  name: string;
  /** The role whose rights are enough for what this connection does; without it, those of the user who logs in. */
  role?: "clinic_api" | "clinic_realtime";
  /** Connections in the pool. */
  max?: number;
}

/** The database did not answer in time: gone, cut off without a word, or too busy. */
export class DatabaseTimeout extends Error {
  readonly code = "DATABASE_TIMEOUT";
}

/** More calls wait for the database than it could answer in time. */
class DatabaseBusy extends Error {
  readonly code = "DATABASE_BUSY";
}

/** Postgres ends a statement by itself after this time, well before we give up on the connection. */
const statementTimeoutMs = 5_000;
const answerTimeoutMs = 8_000;
const maxCalls = 1_000;
const attempts = 4;

/**
 * A pool of connections that can be replaced while it is used.
 *
 * A connection that was cut off without a word (a dropped route, a frozen host) never errors: queries on it wait
 * for as long as TCP likes, many minutes. So each call has a deadline, and a pool that missed one is retired: new
 * calls get a new pool, while those under way may still end on the old one.
 */
export class Database {
  #options: DatabaseOptions;
  #sql: Sql;
  #connectedAt = performance.now();
  #calls = 0;

  constructor(options: DatabaseOptions) {
    this.#options = options;
    this.#sql = connect(options);
  }

  /**
   * Reads, in as many queries as it takes. They change nothing, so all of them may be repeated.
   *
   * @throws DatabaseTimeout when no answer came in time; DatabaseBusy, at once, when too many wait already; any
   * error of the queries.
   */
  async read<T>(work: (sql: Sql) => Promise<T>, timeoutMs = answerTimeoutMs): Promise<T> {
    return this.#run(work, timeoutMs);
  }

  /**
   * Writes, in one statement and so in one transaction: when Postgres rolls it back nothing of it has happened, and it
   * may be repeated.
   *
   * @returns the statement's first row.
   * @throws as `read` does.
   */
  async write<Row extends object | undefined>(
    statement: (sql: Sql) => Statement<Row>,
    timeoutMs = answerTimeoutMs,
  ): Promise<Row> {
    const [row] = await this.#run(statement, timeoutMs);
    return row;
  }

  /** Tries again after a deadlock or a serialization failure, where Postgres has rolled a transaction back. */
  async #run<T>(work: (sql: Sql) => Promise<T>, timeoutMs: number): Promise<T> {
    if (this.#calls >= maxCalls) throw new DatabaseBusy("Too many calls wait for the database");
    this.#calls += 1;
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.#runOnce(work, timeoutMs);
        } catch (error) {
          if (!wasRolledBackByRivalry(error) || attempt === attempts) throw error;
        }
      }
    } finally {
      this.#calls -= 1;
    }
  }

  /** Starts afresh with a new pool at once. What waits on the old one is rejected. */
  replace(): void {
    void endNow(this.#swap());
  }

  /** Lets running queries finish for a moment, then closes. */
  async end(): Promise<void> {
    await this.#sql.end({ timeout: 2 });
  }

  async #runOnce<T>(work: (sql: Sql) => Promise<T>, timeoutMs: number): Promise<T> {
    const sql = this.#sql;
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        // Under load the calls that follow may miss their time too. They do not each get a pool of their own.
        if (performance.now() - this.#connectedAt > timeoutMs) this.#retire(sql);
        reject(new DatabaseTimeout("The database did not answer in time"));
      }, timeoutMs);
    });
    try {
      return await Promise.race([work(sql), deadline]);
    } catch (error) {
      // The library gives the error of a backend that was ended to the next query on that connection too.
      if (wasEnded(error)) this.#retire(sql);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Lets a pool end its calls, which all have their deadline, and no new ones begin on it. */
  #retire(sql: Sql): void {
    if (sql !== this.#sql) return;
    const old = this.#swap();
    setTimeout(() => void endNow(old), answerTimeoutMs).unref();
  }

  #swap(): Sql {
    const old = this.#sql;
    this.#sql = connect(this.#options);
    this.#connectedAt = performance.now();
    return old;
  }
}

/**
 * Connects a pool (or, with `max: 1`, a listener). It connects at the first query and again by itself; the short
 * backoff is for a Postgres that restarts, which the library's default would leave alone for up to 20 s.
 */
export function connect({ url, name, role, max = 10 }: DatabaseOptions) {
  return postgres(url, {
    max,
    connect_timeout: 3,
    backoff: (retries) => Math.min(0.05 * 2 ** Math.min(retries, 4), 0.5) * (0.5 + Math.random() / 2),
    connection: {
      application_name: name,
      statement_timeout: statementTimeoutMs,
      ...(role && { role }),
      // It asks the same few questions for ever; planning one anew takes several times as long as answering it.
      ...(role === "clinic_realtime" && { plan_cache_mode: "force_generic_plan" }),
    },
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

/** Ends a pool without waiting for anybody. */
export async function endNow(sql: Sql): Promise<void> {
  await sql.end({ timeout: 0 });
}

const unreachableCodes = new Set([
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "DATABASE_BUSY",
  "DATABASE_TIMEOUT",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  // Postgres: insufficient resources (full disk, too many connections), a statement that took too long, a lock
  // that was not to be had, a server that goes down or comes up.
  "53000",
  "53100",
  "53200",
  "53300",
  "55P03",
  "57014",
  "57P01",
  "57P02",
  "57P03",
  // Read-only: a standby, or a primary that is being replaced.
  "25006",
]);

/** True when the error says that the database is away or overwhelmed for now, not that a query was wrong. */
export function isUnreachable(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && (unreachableCodes.has(code) || code.startsWith("08"));
}

/** True when the database answered that we may not in: a wrong address, name or password, or not our role. */
export function isRefusal(error: unknown): boolean {
  return ["ENOTFOUND", "28P01", "28000", "3D000", "42501"].includes(codeOf(error) ?? "");
}

/** True when the database lacks what a migration makes: a role, a function, a table. */
export function isNotMigrated(error: unknown): boolean {
  const isAtConnecting = error instanceof Error && "severity" in error && error.severity === "FATAL";
  const code = codeOf(error);
  return code === "42883" || code === "42P01" || (isAtConnecting && code === "22023");
}

/** True when Postgres ended a connection that was in use: by an administrator, or because it goes down. */
function wasEnded(error: unknown): boolean {
  return ["57P01", "57P02"].includes(codeOf(error) ?? "");
}

function wasRolledBackByRivalry(error: unknown): boolean {
  return ["40001", "40P01"].includes(codeOf(error) ?? "");
}
