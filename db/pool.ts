import { Connection, type ConnectionOptions, type Sql } from "./connection.ts";
import { DatabaseBusy, DatabaseTimeout, wasEnded, isTransactionConflict } from "./database-errors.ts";
import { Turns } from "./turns.ts";

export interface Task<T> {
  work: (sql: Sql) => Promise<T>;
  /** For how long the caller waits: for its turn, and for the answer. */
  timeoutMs: number;
  /** What else it takes turns with before it takes one here. */
  lane?: Pick<Turns, "take">;
}

const maxCalls = 1_000;
const attempts = 4;

/**
 * Connections, each of them used by one call at a time: a call never waits behind another one's lock while a connection
 * is free. They are opened when they are needed.
 *
 * A connection that was cut off without a word (a dropped route, a frozen host) never errors: queries on it wait
 * for as long as TCP likes, many minutes. So each call has a deadline. A connection that missed one is given up, and so is
 * each connection at rest that has not answered since.
 */
export class Pool {
  #options: ConnectionOptions;
  #turns: Turns;
  #connections = new Set<Connection>();
  #atRest: Connection[] = [];
  #calls = 0;
  #hasEnded = false;

  /** @param max how many connections there are at most; after one was given up, for some seconds more. */
  constructor(options: ConnectionOptions, max: number) {
    this.#options = options;
    this.#turns = new Turns(max);
  }

  /**
   * Runs work on one of the connections. A deadlock or a serialization failure is tried again, so the work must be one
   * that may be repeated.
   *
   * @throws DatabaseTimeout when no answer came in time; DatabaseBusy, at once, when too many wait already; any
   * error of the work; and the error of a lock that calls before it did not get.
   */
  async run<T>(task: Task<T>): Promise<T> {
    if (this.#calls >= maxCalls) throw new DatabaseBusy("Too many calls wait for the database");
    this.#calls += 1;
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.#runOnce(task);
        } catch (error) {
          if (!isTransactionConflict(error) || attempt === attempts) throw error;
        }
      }
    } finally {
      this.#calls -= 1;
    }
  }

  /** Starts afresh with new connections at once. What is under way is rejected. */
  replace(): void {
    for (const connection of this.#connections) this.#giveUp(connection);
  }

  /** Lets what is under way end for a moment, then closes. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    await Promise.all([...this.#connections].map((connection) => connection.end()));
  }

  async #runOnce<T>({ work, timeoutMs, lane }: Task<T>): Promise<T> {
    const calledAt = performance.now();
    let connection: Connection | undefined;
    let isLate = false;
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        isLate = true;
        if (connection) this.#giveUpSince(calledAt, connection);
        reject(new DatabaseTimeout("The database did not answer in time"));
      }, timeoutMs);
    });
    const inTurn = () =>
      this.#turns.take(async () => {
        // Nobody waits for the answer any more.
        if (isLate || this.#hasEnded) throw new DatabaseTimeout("The database did not answer in time");
        connection = this.#take();
        try {
          return await connection.use(work);
        } catch (error) {
          // The library would open the connection again for the next query, and give it the error with which Postgres
          // ended this one, or no answer. A server that goes down ends all connections.
          if (wasEnded(error)) this.#giveUpSince(performance.now(), connection);
          throw error;
        } finally {
          if (this.#connections.has(connection)) this.#atRest.push(connection);
          connection = undefined;
        }
      });
    try {
      return await Promise.race([lane ? lane.take(inTurn) : inTurn(), deadline]);
    } finally {
      clearTimeout(timer);
    }
  }

  #take(): Connection {
    const rested = this.#atRest.pop();
    if (rested) return rested;
    const connection = new Connection(this.#options);
    this.#connections.add(connection);
    return connection;
  }

  /** Gives up one connection, and each connection at rest that has not answered since a moment. */
  #giveUpSince(moment: number, connection: Connection): void {
    this.#giveUp(connection);
    for (const rested of this.#atRest) {
      if (rested.answeredAt < moment) this.#giveUp(rested);
    }
  }

  #giveUp(connection: Connection): void {
    this.#connections.delete(connection);
    this.#atRest = this.#atRest.filter((rested) => rested !== connection);
    connection.destroy();
  }
}
