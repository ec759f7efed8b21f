import { expect } from "chai";
import { readDayChanges, type DayChanges, type PollPosition } from "../../../db/queries/queue-changes.ts";
import { nextDay, someDay } from "../../support/clinic.ts";
import { createDatabase, openSql, type TestDatabase } from "../../support/database.ts";
import { clinicId } from "../../support/default-clinic.ts";

describe("a poll of what changed", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createDatabase();
    await database.sql`select confirm_epoch()`;
  });
  after(() => database.drop());

  const poll = (since?: PollPosition): Promise<DayChanges> => readDayChanges(database.sql, since);
  const touch = (sql = database.sql, date = someDay) =>
    sql`select touch(array[${clinicId}]::uuid[], array[null]::uuid[], array[${date}]::date[])`;
  const daysOf = ({ changes }: DayChanges) => changes?.days.map(({ date }) => date);

  it("knows nothing the first time, and then only what is new", async () => {
    const first = await poll();
    await touch();
    const second = await poll(first);
    const third = await poll(second);

    expect(first.changes).to.equal(null);
    expect(second.changes).to.deep.equal({ days: [{ clinicId, date: someDay, revision: 1 }], clinics: [] });
    expect(third.changes).to.deep.equal({ days: [], clinics: [] });
  });

  it("tells of a transaction that began before another one and committed after it, once", async () => {
    await using slow = await openSql(database.url, 1);
    const before = await poll();
    await slow`begin`;
    await touch(slow, nextDay);
    await touch();
    const meanwhile = await poll(before);
    await slow`commit`;
    const after = await poll(meanwhile);

    expect(daysOf(meanwhile)).to.deep.equal([someDay]);
    expect(daysOf(after)).to.deep.equal([nextDay]);
    expect(daysOf(await poll(after))).to.deep.equal([]);
  });

  it("tells which clinics began a new epoch", async () => {
    const before = await poll();

    await database.sql`update clinics set public_names = 'initials'`;
    const { changes } = await poll(before);

    const [{ epoch }] = await database.sql<[{ epoch: string }]>`select epoch from clinics`;
    expect(changes).to.deep.equal({ days: [], clinics: [{ clinicId, epoch }] });
  });

  it("knows nothing of what another history had seen", async () => {
    const { snapshot, history } = await poll();

    expect((await poll({ snapshot, history })).changes).not.to.equal(null);
    expect((await poll({ snapshot, history: `${history}0` })).changes).to.equal(null);
    expect((await poll({ snapshot, history: null })).changes).to.equal(null);
  });
});
