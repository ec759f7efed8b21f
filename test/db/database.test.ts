import { queryObjects } from "node:v8";
import { expect } from "chai";
import { Database, type Sql } from "../../db/database.ts";
import { Turns } from "../../db/turns.ts";
import { countWaiting } from "../support/count-waiting.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { rejection } from "../support/rejection.ts";

describe("Database", () => {
  let test: TestDatabase;
  let database: Database;
  before(async () => {
    test = await createDatabase();
    database = new Database({ url: test.url, name: "database.test" });
    await test.sql`create table counters (id integer primary key, count integer not null)`;
    await test.sql`
      create function raise_in_turn(ids integer[]) returns void language plpgsql as $$
      declare
        counter integer;
      begin
        foreach counter in array ids loop
          update counters set count = count + 1 where id = counter;
        end loop;
      end
      $$
    `;
  });
  after(async () => {
    await database?.end();
    await test?.drop();
  });

  it("repeats a write that lost a deadlock, so that it happens once", async () => {
    await test.sql`insert into counters values (1, 0), (2, 0)`;
    let sent = 0;
    const raiseInTurn = (sql: Sql) => {
      sent += 1;
      return sql<[object]>`select raise_in_turn('{1, 2}')`;
    };

    // Postgres rolls back whoever finds the deadlock: the one who has waited for deadlock_timeout, and that is not us.
    let writing: Promise<object> | undefined;
    await test.sql.begin(async (rival) => {
      await rival`set local deadlock_timeout = '1h'`;
      await rival`update counters set count = count + 10 where id = 2`;
      writing = database.write(raiseInTurn);
      await eventually(async () => expect(await countWaiting(test.sql, "database.test")).to.equal(1));
      await rival`update counters set count = count + 10 where id = 1`;
    });
    await writing;

    expect(sent).to.be.greaterThan(1);
    expect(await test.sql`select id, count from counters order by id`).to.deep.equal([
      { id: 1, count: 11 },
      { id: 2, count: 11 },
    ]);
  });

  it("writes elsewhere while somebody holds more locks than there are connections for writes", async () => {
    const ids = Array.from({ length: 30 }, (_, n) => 100 + n);
    await test.sql`insert into counters select n, 0 from generate_series(100, 130) n`;
    const raise = (id: number) =>
      database.write((sql) => sql<[object]>`update counters set count = count + 1 where id = ${id}`, { lane: `${id}` });

    await test.sql.begin(async (holder) => {
      await holder`select from counters where id < 130 for update`;
      let isHeld = true;
      const callers = ids.map(async (id) => {
        while (isHeld) await rejection(raise(id));
      });
      // Not at first, while the lanes do not know yet that their locks are held.
      await eventually(() => raise(130));
      await raise(130);
      await raise(130);
      isHeld = false;
      await Promise.all(callers);
    });

    await Promise.all(ids.map(raise));
    expect(await test.sql`select distinct count from counters where id between 100 and 129`).to.deep.equal([
      { count: 1 },
    ]);
  });

  it("reads, where it was asked to read, and does not write", async () => {
    await test.sql`insert into counters values (200, 0)`;

    const failure = await rejection(database.read((sql) => sql`update counters set count = 1 where id = 200`));

    expect(failure).to.include({ code: "25006" });
    expect(await test.sql`select count from counters where id = 200`).to.deep.equal([{ count: 0 }]);
  });

  it("forgets the lane of a date once nobody writes there", async () => {
    for (let n = 0; n < 200; n++) await database.write((sql) => sql<[object]>`select 1`, { lane: `${n}` });

    // Those of all databases in this process, because only a count of the whole heap, which takes seconds, can tell.
    expect(queryObjects(Turns)).to.be.below(100);
  });

  it("takes no write of more than one statement, of which the first would be repeated", () => {
    const statements = async (sql: Sql) => {
      await sql`select 1`;
      return sql<[object]>`select 2`;
    };

    // @ts-expect-error: a closure that awaits gives a result, not a statement that can be sent again.
    const write = () => database.write(statements);

    expect(write).to.be.a("function");
  });
});
