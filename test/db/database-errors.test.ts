import { randomBytes } from "node:crypto";
import { expect } from "chai";
import { connect } from "../../db/connection.ts";
import { isUnreachable } from "../../db/database-errors.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { rejection } from "../support/rejection.ts";

describe("that the database cannot be reached", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createDatabase();
  });
  after(() => database.drop());

  it("is said by a Postgres that has too many connections", async () => {
    const login = `crowd_${randomBytes(4).toString("hex")}`;
    await database.sql.unsafe(`create role ${login} login password 'crowd' connection limit 0`);
    const sql = connect({ url: database.url.replace(/\/\/.*@/, `//${login}:crowd@`), name: "crowd", max: 1 });

    const failure = await rejection(sql`select 1`);

    expect(failure).to.include({ code: "53300" });
    expect(isUnreachable(failure)).to.equal(true);
    await sql.end();
    await database.sql.unsafe(`drop role ${login}`);
  });

  for (const code of ["08006", "08P01"]) {
    it(`is said by a pooler whose own connection broke, with ${code}`, async () => {
      expect(isUnreachable(await raised(code))).to.equal(true);
    });
  }

  for (const code of ["23505", "42601", "22008"]) {
    it(`is not said by ${code}, which is about the statement`, async () => {
      expect(isUnreachable(await raised(code))).to.equal(false);
    });
  }

  /** The error of a statement that fails with a SQLSTATE. */
  async function raised(code: string): Promise<Error> {
    const failure = await rejection(
      database.sql.unsafe(`do $$ begin raise exception using errcode = '${code}'; end $$`),
    );
    expect(failure).to.include({ code });
    return failure;
  }
});
