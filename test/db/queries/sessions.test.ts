import { expect } from "chai";
import type { Sql } from "../../../db/database.ts";
import { renewSession } from "../../../db/queries/sessions.ts";
import { createDatabase, type TestDatabase } from "../../support/database.ts";
import { clinicId } from "../../support/default-clinic.ts";

describe("a session", () => {
  let database: TestDatabase;
  let sql: Sql;
  let patient: string;
  before(async () => {
    database = await createDatabase();
    ({ sql } = database);
    const [{ id }] = await sql<[{ id: string }]>`
      insert into patients (name, phone) values ('Pat', '1234567890') returning id
    `;
    patient = id;
  });
  after(() => database.drop());

  /** @param by the session of whoever hands its token out. */
  async function begin(scope: string | null = null, by?: string): Promise<{ id: string; scope: string | null }> {
    const actor = by === undefined ? null : sql.json({ session: by });
    const [session] = await sql<[{ id: string; scope: string | null }]>`
      select id, scope from begin_session(${clinicId}, null, null, ${patient}, ${scope}, 60, 60, ${actor})
    `;
    return session;
  }

  it("is not renewed once it was revoked, or has ended", async () => {
    const [{ id: revoked }, { id: ended }] = [await begin(), await begin()];
    await sql`select revoke_session(${clinicId}, ${revoked})`;
    await sql`update sessions set token_expires_at = now(), expires_at = now() where id = ${ended}`;

    for (const id of [revoked, ended]) {
      const [renewed] = await renewSession(sql, clinicId, id, 60);
      expect(renewed).to.be.undefined;
    }
  });

  it("may no more than the session that handed its token out, and none comes of one that has ended", async () => {
    const issuer = await begin("book");

    expect((await begin("book read", issuer.id)).scope).to.equal("book");
    await sql`select revoke_session(${clinicId}, ${issuer.id})`;
    const failure = await begin("book", issuer.id).catch((error: unknown) => error);
    expect(failure).to.include({ code: "CQ012" });
  });

  it("gives no token that ends after it", async () => {
    const [renewed] = await renewSession(sql, clinicId, (await begin()).id, 3_600);

    expect(renewed?.token_lifetime_s).to.be.within(1, 60);
  });
});

describe("a screen that asks to be paired", () => {
  let database: TestDatabase;
  let sql: Sql;
  before(async () => {
    database = await createDatabase();
    ({ sql } = database);
  });
  after(() => database.drop());

  const ask = (n: number, from: string) => sql<[{ asked: boolean }]>`
    select asked from ask_for_screen(${clinicId}, ${`hash ${n}`}, ${`C${n}`}, ${from}, 600, 5)
  `;

  it("must poll less often when it polls too often", async () => {
    await ask(0, "192.0.2.1");
    const polls = [];

    for (let n = 0; n < 3; n++)
      polls.push((await sql`select outcome, interval_s from poll_screen(${clinicId}, 'hash 0', 60)`)[0]);

    expect(polls.map((poll) => [poll?.["outcome"], poll?.["interval_s"]])).to.deep.equal([
      ["authorization_pending", 5],
      ["slow_down", 10],
      ["slow_down", 15],
    ]);
  });

  it("is not kept out by one address that asks and asks", async () => {
    const outcomes = [];
    for (let n = 1; n <= 201; n++) outcomes.push((await ask(n, "192.0.2.2"))[0].asked);

    expect(outcomes).to.deep.equal([...Array<boolean>(200).fill(true), false]);
    expect((await ask(202, "192.0.2.3"))[0].asked).to.equal(true);
  });
});
