import { setImmediate as immediate } from "node:timers/promises";
import { expect } from "chai";
import { DatabaseTimeout, isUnreachable } from "../../db/database-errors.ts";
import { Pool } from "../../db/pool.ts";
import type { Sql } from "../../db/connection.ts";
import { Proxy } from "../faults/proxy.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { rejection } from "../support/rejection.ts";

const timeoutMs = 10_000;

describe("a pool", () => {
  let database: TestDatabase;
  let proxy: Proxy;
  const pools: Pool[] = [];
  before(async () => {
    database = await createDatabase();
    proxy = await Proxy.open(Number(new URL(database.url).port));
  });
  afterEach(async () => {
    for (const pool of pools.splice(0)) await pool.end();
  });
  after(async () => {
    await proxy.close();
    await database.drop();
  });

  /** A pool that is connected by way of the proxy, unless told otherwise. */
  function open(max: number, url = database.url.replace(/:\d+\//, `:${proxy.port}/`)): Pool {
    const pool = new Pool({ url, name: "pool.test" }, max);
    pools.push(pool);
    return pool;
  }

  const ask = async (sql: Sql): Promise<number> => (await sql<[{ one: number }]>`select 1 as one`)[0].one;
  const pidOf = async (sql: Sql): Promise<number> =>
    (await sql<[{ pid: number }]>`select pg_backend_pid() as pid`)[0].pid;

  it("serves any number of calls, one after the other", async () => {
    const pool = open(1);

    for (let n = 0; n < 1_100; n++) expect(await pool.run({ work: ask, timeoutMs })).to.equal(1);
  });

  it("gives up work that loses one deadlock after the other", async () => {
    let tries = 0;
    const loseAgain = async (): Promise<never> => {
      tries += 1;
      throw Object.assign(new Error("deadlock detected"), { code: "40P01" });
    };

    const failure = await open(1)
      .run({ work: loseAgain, timeoutMs })
      .catch((error: unknown) => error);

    expect(failure).to.include({ code: "40P01" });
    expect(tries).to.equal(4);
  });

  it("does not begin work whose caller has gone", async () => {
    const pool = open(1);
    let end: (() => void) | undefined;
    let hasBegun = false;
    const first = pool.run({ work: async () => new Promise<void>((resolve) => (end = resolve)), timeoutMs });
    await eventually(() => expect(end).to.be.a("function"));
    const begin = async (): Promise<void> => void (hasBegun = true);

    const failure = await pool.run({ work: begin, timeoutMs: 50 }).catch((error: unknown) => error);
    end?.();
    await first;
    await pool.run({ work: ask, timeoutMs });

    expect(failure).to.be.instanceOf(DatabaseTimeout);
    expect(hasBegun).to.equal(false);
  });

  it("opens a new connection after one that was cut off without a word, also when there may be one only", async () => {
    const pool = open(1);
    await pool.run({ work: ask, timeoutMs });

    proxy.swallow();
    const failure = await pool.run({ work: ask, timeoutMs: 200 }).catch((error: unknown) => error);

    expect(failure).to.be.instanceOf(DatabaseTimeout);
    expect(await pool.run({ work: ask, timeoutMs })).to.equal(1);
    expect(await pool.run({ work: ask, timeoutMs })).to.equal(1);
  });

  it("loses one call, and not one for each connection, when all were cut off without a word", async () => {
    const pool = open(3);
    const wait = async (sql: Sql) => sql`select pg_sleep(0.1)`;
    await Promise.all([1, 2, 3].map(() => pool.run({ work: wait, timeoutMs })));

    proxy.swallow();
    const outcomes: string[] = [];
    for (let n = 0; n < 4; n++) {
      outcomes.push(await pool.run({ work: ask, timeoutMs: 2_000 }).then(String, (error: Error) => error.name));
    }

    expect(outcomes).to.deep.equal(["Error", "1", "1", "1"]);
  });

  it("loses the call in whose middle Postgres ended the connection, and no other", async () => {
    const pool = open(1);
    const sleeping = rejection(pool.run({ work: async (sql) => sql`select pg_sleep(60)`, timeoutMs }));

    await eventually(async () => {
      const ended = await database.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'pool.test' and query like '%pg_sleep%'
      `;
      expect(ended).to.have.length(1);
    });

    expect(isUnreachable(await sleeping)).to.equal(true);
    expect(await pool.run({ work: ask, timeoutMs })).to.equal(1);
    expect(await pool.run({ work: ask, timeoutMs })).to.equal(1);
  });

  it("loses one call at most when Postgres ends a connection that has just sent one", async () => {
    const pool = open(1, database.url);
    const pid = await pool.run({ work: pidOf, timeoutMs });

    // Postgres ends with the statement unread, so the connection is reset.
    process.kill(pid, "SIGSTOP");
    const lost = rejection(pool.run({ work: ask, timeoutMs }));
    for (let n = 0; n < 10; n++) await immediate();
    process.kill(pid, "SIGTERM");
    process.kill(pid, "SIGCONT");

    expect(isUnreachable(await lost)).to.equal(true);
    expect(await pool.run({ work: ask, timeoutMs })).to.equal(1);
  });

  it("uses connections again, and has no more than it may", async () => {
    const pool = open(2);

    const pids = await Promise.all(Array.from({ length: 20 }, () => pool.run({ work: pidOf, timeoutMs })));

    expect(new Set(pids)).to.have.property("size").within(1, 2);
  });
});
