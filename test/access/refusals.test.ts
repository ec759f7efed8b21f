import { expect } from "chai";
import type { Actor } from "../../db/actor.ts";
import { Database } from "../../db/database.ts";
import { Refusals } from "../../access/refusals.ts";
import { createLog } from "../../platform/log.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { clinicId } from "../support/default-clinic.ts";

describe("refusals in the audit trail", () => {
  let database: TestDatabase;
  let pool: Database;
  let refusals: Refusals;
  beforeEach(async () => {
    database = await createDatabase();
    pool = new Database({ url: database.url, name: "test", role: "clinic_api" });
    refusals = new Refusals(pool, createLog("test", "silent"));
  });
  afterEach(async () => {
    await pool.end();
    await database.drop();
  });

  const actor = (sub: string | null, address: string): Actor => ({
    sub,
    role: sub === null ? "nobody" : "patient",
    name: null,
    session: null,
    address,
    request_id: null,
  });
  const anonymous = (n: number): Actor => actor(null, `192.0.${n >> 8}.${n & 255}`);

  interface Row {
    what: string;
    actor: string | null;
    address: string | null;
    times: number;
  }
  const written = async (): Promise<Row[]> => {
    await refusals.flush();
    return database.sql<Row[]>`
      select entity as what, actor, address, (after ->> 'times')::int as times from audit_events
      where action = 'refuse' order by at
    `;
  };

  it("of those who signed in find room beside any noise of those who did not", async () => {
    for (let n = 0; n < 5_000; n++) refusals.record(clinicId, `GET /${n}`, "Sign in first", anonymous(n));
    refusals.record(clinicId, "GET /api/v1/audit", "A patient may not do this", actor("anna", "192.0.2.1"));

    const rows = await written();

    expect(rows.at(-1)).to.deep.equal({ what: "GET /api/v1/audit", actor: "anna", address: "192.0.2.1", times: 1 });
    expect(rows).to.have.length.below(100);
    expect(rows.reduce((total, { times }) => total + times, 0)).to.equal(5_001);
  });

  it("of one address, or of one who signed in, leave room for those of others", async () => {
    for (let n = 0; n < 1_000; n++) refusals.record(clinicId, `GET /${n}`, "Sign in first", anonymous(1));
    refusals.record(clinicId, "GET /other", "Sign in first", anonymous(2));
    for (let n = 0; n < 1_000; n++) refusals.record(clinicId, `GET /${n}`, "Not yours", actor("bert", "192.0.2.1"));
    refusals.record(clinicId, "GET /other", "Not yours", actor("anna", "192.0.2.1"));

    const rows = await written();

    const others = rows.filter(({ what }) => what === "several" || what === "GET /other");
    expect(others).to.deep.equal([
      { what: "several", actor: null, address: "192.0.0.1", times: 990 },
      { what: "GET /other", actor: null, address: "192.0.0.2", times: 1 },
      { what: "several", actor: "bert", address: "192.0.2.1", times: 990 },
      { what: "GET /other", actor: "anna", address: "192.0.2.1", times: 1 },
    ]);
  });

  it("of one clinic find room beside any noise in another, and stay in their own", async () => {
    const [{ id: east }] = await database.sql<[{ id: string }]>`
      insert into clinics (code, name) values ('east', 'East') returning id
    `;
    for (let n = 0; n < 1_000; n++) refusals.record(east, `GET /${n}`, "Sign in first", anonymous(n));
    for (let n = 0; n < 6_000; n++) refusals.record(east, "GET /x", "Not yours", actor(`somebody ${n}`, "192.0.2.1"));
    refusals.record(clinicId, "GET /here", "Sign in first", anonymous(1));
    refusals.record(clinicId, "GET /here", "Not yours", actor("anna", "192.0.2.1"));

    const rows = await written();

    expect(rows.filter(({ what }) => what === "GET /here")).to.have.length(2);
    const [row] = await database.sql<[{ times: number }]>`
      select sum((after ->> 'times')::int)::int as times from audit_events where action = 'refuse' and clinic_id = ${east}
    `;
    expect(row.times).to.equal(7_000);
  });

  it("that are the same are one event, with a count", async () => {
    for (let n = 0; n < 3; n++) refusals.record(clinicId, "GET /x", "Not yours", actor("anna", "192.0.2.1"));

    expect(await written()).to.deep.equal([{ what: "GET /x", actor: "anna", address: "192.0.2.1", times: 3 }]);
  });
});
