import type { PendingQuery } from "postgres";
import type { ConnectionOptions, Sql } from "./connection.ts";
import { Pool } from "./pool.ts";
import { Turns } from "./turns.ts";

export type { Sql } from "./connection.ts";

/**
 * One statement with at most one row, not sent yet: a closure that has awaited another one before cannot give it.
 *
 * @typeParam Row with undefined where there may be no row; object where the row says nothing.
 */
export type Statement<Row extends object | undefined = object> = PendingQuery<[Row]>;

export interface DatabaseOptions extends ConnectionOptions {
  /** How many connections there are for reads, and how many for writes. */
  reads?: number;
  writes?: number;
}

export interface WriteOptions {
  /**
   * What the write locks and many others lock too, as a date, or the counts of tries to sign in. Some writes of a lane run at
   * once, and only one while somebody holds the lock; the others wait for them without a connection.
   */
  lane?: string;
  timeoutMs?: number;
}

/** A statement takes 5 s at most. */
const answerTimeoutMs = 8_000;

/** Many writes may wait for each other's commits. One is enough to find out whether a lock is still held. */
const laneWidth = 8;
const laneWidthWhenStuck = 1;

/**
 * Reads and writes, each with connections of their own: reads wait for no lock of a write.
 *
 * A lock that somebody holds for long stops its lane alone. Its writes fail after lock_timeout, and with them what
 * waits behind them; other lanes and reads go on.
 */
export class Database {
  #reads: Pool;
  #writes: Pool;
  #lanes = new Map<string, Turns>();
  /** For the lanes whose lock somebody holds: however many they are, they leave connections to the others. */
  #stuckLanes: Turns;
  /** For writes without a lane of their own; it leaves connections to those who have one. */
  #commonLane: Turns;
  /** For transactions of many statements, each of which has its connection for long. */
  #longLane: Turns;

  constructor({ reads = 6, writes = 12, ...options }: DatabaseOptions) {
    this.#reads = new Pool({ ...options, isReadOnly: true }, reads);
    this.#writes = new Pool(options, writes);
    this.#stuckLanes = new Turns(Math.ceil(writes / 4));
    this.#commonLane = new Turns(Math.ceil(writes / 2));
    this.#longLane = new Turns(Math.ceil(writes / 4));
  }

  /**
   * Reads, in as many queries as it takes. They change nothing, so all of them may be repeated.
   *
   * @throws DatabaseTimeout when no answer came in time; DatabaseBusy, at once, when too many wait already; any
   * error of the queries.
   */
  async read<T>(work: (sql: Sql) => Promise<T>, timeoutMs = answerTimeoutMs): Promise<T> {
    return this.#reads.run({ work, timeoutMs });
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
    { lane: name, timeoutMs = answerTimeoutMs }: WriteOptions = {},
  ): Promise<Row> {
    if (name === undefined) {
      const [row] = await this.#writes.run({ work: statement, timeoutMs, lane: this.#commonLane });
      return row;
    }
    const lane = this.#laneOf(name);
    const take = <T>(work: () => Promise<T>): Promise<T> =>
      lane.take(() => (lane.isStuck ? this.#stuckLanes.take(work) : work()));
    try {
      const [row] = await this.#writes.run({ work: statement, timeoutMs, lane: { take } });
      return row;
    } finally {
      if (lane.isIdle) this.#lanes.delete(name);
    }
  }

  /**
   * Writes, in one transaction of many statements, for a file that is one whole. It may be repeated from its beginning, and is
   * rolled back when the work throws. Its locks are held until the end, so it must lock no date.
   *
   * @throws as `read` does; what the work throws.
   */
  async transact<T>(work: (sql: Sql) => Promise<T>, timeoutMs: number): Promise<T> {
    const inTransaction = async (sql: Sql): Promise<T> =>
      (await sql.begin(async (own) => {
        // An index that is full of new words is put in order by whoever adds the next one.
        await own`set local statement_timeout = '60s'`;
        return work(own as unknown as Sql);
      })) as T;
    return this.#writes.run({ work: inTransaction, timeoutMs, lane: this.#longLane });
  }

  /** Starts afresh with new connections at once. What is under way is rejected. */
  replace(): void {
    this.#reads.replace();
    this.#writes.replace();
  }

  /** Lets what is under way end for a moment, then closes. */
  async end(): Promise<void> {
    await Promise.all([this.#reads.end(), this.#writes.end()]);
  }

  #laneOf(name: string): Turns {
    let lane = this.#lanes.get(name);
    if (!lane) this.#lanes.set(name, (lane = new Turns(laneWidth, laneWidthWhenStuck)));
    return lane;
  }
}
