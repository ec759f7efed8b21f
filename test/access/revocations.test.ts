import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { confirmEpoch } from "../../db/queries/clinics.ts";
import { Database } from "../../db/database.ts";
import { Revocations } from "../../access/revocations.ts";
import { readSessionChanges } from "../../db/queries/sessions.ts";
import { anybody, type Identity } from "../../access/identity.ts";
import { CannotVerify, TokenError } from "../../access/authentication-errors.ts";
import { Proxy } from "../faults/proxy.ts";
import { createAccount } from "../support/accounts.ts";
import { createDatabase, openSql, type TestDatabase } from "../support/database.ts";
import { clinicId } from "../support/default-clinic.ts";
import { eventually } from "../support/eventually.ts";
import { rejection } from "../support/rejection.ts";
import { beginSession } from "../support/tokens.ts";

const clinic = { id: clinicId, code: "default", isDefault: true };

describe("the sessions that a process knows", () => {
  let database: TestDatabase;
  let own: Database;
  let account: string;
  before(async () => {
    database = await createDatabase();
    own = new Database({ url: database.url, name: "test", role: "clinic_realtime" });
    await createAccount(database, "desk");
    account = (await database.sql<[{ id: string }]>`select id from accounts`)[0].id;
    // What a process does first; a new database is a copy of the template.
    await own.write(confirmEpoch);
  });
  after(async () => {
    await own.end();
    await database.drop();
  });

  const begin = async (): Promise<Identity> => {
    const { clinic, sid, db } = await beginSession(database.sql, { account });
    return { ...anybody, clinicId: clinic, sessionId: sid, databaseId: db };
  };
  const revoke = ({ sessionId }: Identity) => database.sql`select revoke_session(${clinicId}, ${sessionId})`;
  const following = async (): Promise<Revocations> => {
    const revocations = new Revocations(own);
    await revocations.refresh();
    return revocations;
  };
  const isAdmitted = async (revocations: Revocations, identity: Identity): Promise<boolean> => {
    const error = await revocations.admit(identity, clinic).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error !== undefined && !(error instanceof TokenError)) throw error;
    return error === undefined;
  };

  it("are none before the first answer", async () => {
    expect(await rejection(new Revocations(own).admit(await begin(), clinic))).to.be.instanceOf(CannotVerify);
  });

  it("are those that the database has: a revoked one, an invented one and one of another database are refused", async () => {
    const revocations = await following();
    const [good, revoked] = [await begin(), await begin()];
    await revoke(revoked);

    expect(await isAdmitted(revocations, good)).to.equal(true);
    expect(await isAdmitted(revocations, revoked)).to.equal(false);
    expect(await isAdmitted(revocations, { ...good, sessionId: randomUUID() })).to.equal(false);
    expect(await isAdmitted(revocations, { ...good, databaseId: randomUUID() })).to.equal(false);
    expect(await isAdmitted(revocations, { ...good, databaseId: null })).to.equal(false);
    expect(await isAdmitted(revocations, anybody)).to.equal(true);
  });

  it("lose one that is revoked with the next answer, which tells whose it was", async () => {
    const revocations = await following();
    const [good, revoked] = [await begin(), await begin()];
    for (const identity of [good, revoked]) await revocations.admit(identity, clinic);
    const reduced: boolean[] = [];
    revocations.onReduced = (isReduced) => reduced.push(isReduced(good), isReduced(revoked), isReduced(anybody));

    await revocations.refresh();
    expect(reduced).to.deep.equal([]);
    await revoke(revoked);
    await revocations.refresh();

    expect(reduced).to.deep.equal([false, true, false]);
    expect([await isAdmitted(revocations, good), await isAdmitted(revocations, revoked)]).to.deep.equal([true, false]);
  });

  it("lose one whose revocation began before the last answer and was committed after it", async () => {
    const revocations = await following();
    const revoked = await begin();
    await revocations.admit(revoked, clinic);
    await using slow = await openSql(database.url, 1);
    await slow`begin`;
    await slow`select revoke_session(${clinicId}, ${revoked.sessionId})`;

    // Transactions that began later are committed, and known, before it.
    const other = await begin();
    await revoke(other);
    await revocations.refresh();
    expect(await isAdmitted(revocations, revoked)).to.equal(true);
    await slow`commit`;
    await revocations.refresh();

    expect(await isAdmitted(revocations, revoked)).to.equal(false);
  });

  it("are told of each change once, even while a long transaction runs", async () => {
    await using long = await openSql(database.url, 1);
    await long`begin`;
    await long`select pg_current_xact_id()`;
    const { snapshot } = await own.read((sql) => readSessionChanges(sql, null));
    const revoked = await begin();
    await revoke(revoked);

    const first = await own.read((sql) => readSessionChanges(sql, snapshot));
    const second = await own.read((sql) => readSessionChanges(sql, first.snapshot));

    expect([first.changed, second.changed]).to.deep.equal([`${clinicId} ${revoked.sessionId}`, null]);
    await long`rollback`;
  });

  it("are asked for in a few questions when thousands of tokens come at once", async () => {
    const revocations = await following();
    const { sessionId, databaseId } = await begin();
    const sessions = await database.sql<{ id: string }[]>`
      insert into sessions (account_id, token_expires_at)
      select account_id, token_expires_at from sessions, generate_series(1, 3000) where id = ${sessionId}
      returning id
    `;

    const admitted = await Promise.all(
      sessions.map(({ id }) => revocations.admit({ ...anybody, clinicId, sessionId: id, databaseId }, clinic)),
    );

    expect(admitted).to.have.length(3_000);
  });

  it("are void when the database turns out to be a restored one", async () => {
    const revocations = await following();
    const good = await begin();
    await revocations.admit(good, clinic);
    const reduced: boolean[] = [];
    revocations.onReduced = (isReduced) => reduced.push(isReduced(good));

    await database.sql`update installation set history = null`;
    await revocations.refresh();

    expect(reduced).to.deep.equal([true]);
    expect(await isAdmitted(revocations, good)).to.equal(false);
    expect(await isAdmitted(revocations, await begin())).to.equal(true);
  });

  it("are asked for anew in a restored database, in which one that was revoked may be good", async () => {
    const revocations = await following();
    const revoked = await begin();
    await revoke(revoked);
    await revocations.refresh();
    expect(await isAdmitted(revocations, revoked)).to.equal(false);

    // As a restore does, no trigger sees it.
    await database.sql.begin(async (transaction) => {
      await transaction`set local session_replication_role = replica`;
      await transaction`update sessions set revoked_at = null where id = ${revoked.sessionId}`;
      await transaction`update installation set history = null`;
    });
    await revocations.refresh();

    const [{ database_id }] = await database.sql<[{ database_id: string }]>`select id as database_id from installation`;
    expect(await isAdmitted(revocations, { ...revoked, databaseId: database_id })).to.equal(true);
  });

  it("are asked for again after the database could not be asked", async () => {
    const revocations = await following();
    const good = await begin();
    await using holder = await openSql(database.url, 1);
    await holder`begin`;
    await holder`lock table sessions in access exclusive mode`;

    expect(await rejection(revocations.admit(good, clinic))).to.be.instanceOf(CannotVerify);
    await holder`rollback`;

    expect(await isAdmitted(revocations, good)).to.equal(true);
  });

  describe("when an answer of the database comes late", () => {
    const name = "revocations.test";
    let proxy: Proxy;
    let distant: Database;
    beforeEach(async () => {
      const { port } = new URL(database.url);
      proxy = await Proxy.open(Number(port));
      distant = new Database({
        url: database.url.replace(`:${port}/`, `:${proxy.port}/`),
        name,
        role: "clinic_realtime",
      });
    });
    afterEach(async () => {
      await distant.end();
      await proxy.close();
    });

    /** Waits until Postgres has answered a statement. */
    const hasAnswered = (part: string) =>
      eventually(async () => {
        const answered = await database.sql`
          select from pg_stat_activity
          where datname = current_database() and application_name = ${name} and state = 'idle'
            and position(${part} in query) > 0
        `;
        expect(answered).to.have.length(1);
      });

    it("lose one that was revoked between the question and the answer", async () => {
      const revocations = new Revocations(distant);
      const [other, revoked] = [await begin(), await begin()];
      await revocations.refresh();
      await revocations.admit(other, clinic);
      await revocations.refresh();

      proxy.hold();
      const admission = rejection(revocations.admit(revoked, clinic));
      await hasAnswered("revoked_at is null");
      await revoke(revoked);
      await revocations.refresh();
      proxy.release();

      expect(await admission).to.be.instanceOf(TokenError);
    });

    it("stay void after a restore, though an answer from before it comes after it", async () => {
      const revocations = new Revocations(distant);
      const good = await begin();
      await revocations.refresh();
      await revocations.refresh();
      await revocations.admit(good, clinic);

      proxy.hold();
      const overtaken = revocations.refresh();
      await hasAnswered("is_confirmed");
      await database.sql`update installation set history = null`;
      await revocations.refresh();
      proxy.release();
      await overtaken;

      expect(await isAdmitted(revocations, good)).to.equal(false);
      expect(await isAdmitted(revocations, await begin())).to.equal(true);
    });
  });
});
