import { randomBytes } from "node:crypto";
import { expect } from "chai";
import { connect, Connection, type Sql } from "../../db/connection.ts";
import { WrongSession } from "../../db/database-errors.ts";
import { refuseWrongSession } from "../../db/session-settings.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";

const good = {
  statement_timeout: "5s",
  lock_timeout: "1s",
  idle_in_transaction_session_timeout: "10s",
  DateStyle: "ISO, YMD",
  default_transaction_isolation: "read committed",
};

/** What a pooler leaves of a connection: the settings of the role that logs in, and none that we ask for. */
describe("a connection by way of a pooler", () => {
  const login = `pooled_${randomBytes(4).toString("hex")}`;
  let database: TestDatabase;
  let url: string;
  before(async () => {
    database = await createDatabase();
    await database.sql.unsafe(`create role ${login} login password 'pooled'`);
    url = database.url.replace(/\/\/.*@/, `//${login}:pooled@`);
  });
  beforeEach(async () => {
    for (const [name, value] of Object.entries(good)) await set(name, value);
  });
  after(async () => {
    await database.sql.unsafe(`drop role ${login}`);
    await database.drop();
  });

  const set = (name: string, value: string) => database.sql.unsafe(`alter role ${login} set ${name} = '${value}'`);

  it("is taken when the role has all that our calls rest on", async () => {
    expect(await refusal()).to.be.undefined;
  });

  it("is refused without our role", async () => {
    const failure = await refusal("clinic_api");

    expect(failure).to.be.instanceOf(WrongSession);
    expect(String(failure)).to.include(`alter role ${login} set role = 'clinic_api'`);
  });

  for (const [name, value] of [
    ["statement_timeout", "0"],
    ["lock_timeout", "1min"],
    ["idle_in_transaction_session_timeout", "0"],
    ["DateStyle", "German"],
    ["default_transaction_isolation", "serializable"],
  ] as const) {
    it(`is refused with ${name} ${value}`, async () => {
      await set(name, value);

      const failure = await refusal();

      expect(failure).to.be.instanceOf(WrongSession);
      expect(String(failure)).to.include(`alter role ${login} set ${name}`);
    });
  }

  it("is checked again when it was opened again", async () => {
    const connection = new Connection({ url, name: "pooled", pooler: "session" });
    const ask = async (sql: Sql) => sql`select 1`;
    await connection.use(ask);
    await set("statement_timeout", "0");

    await database.sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pooled'`;
    const failure = await eventually(async () => {
      const error: unknown = await connection.use(ask).catch((error: unknown) => error);
      expect(error).to.be.instanceOf(WrongSession);
      return error;
    });

    expect(String(failure)).to.include("statement_timeout");
    await connection.end();
  });

  /** Why a new connection is refused; undefined when it is not. */
  async function refusal(role?: "clinic_api"): Promise<unknown> {
    const sql = connect({ url, name: "pooled", max: 1, pooler: "session" });
    const failure: unknown = await refuseWrongSession(sql, role).catch((error: unknown) => error);
    await sql.end();
    return failure;
  }
});
