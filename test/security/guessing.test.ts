import { setTimeout as delay } from "node:timers/promises";
import { request } from "node:http";
import { expect } from "chai";
import { setPassword } from "../../db/accounts.ts";
import { beginSignIn, endSignIn } from "../../db/sessions.ts";
import { hashPassword } from "../../platform/passwords.ts";
import { createAccount, operator, password } from "../support/accounts.ts";
import { Clinic } from "../support/clinic.ts";
import { secret } from "../support/tokens.ts";

describe("guessing a password", () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open({ AUTH_SECRET: secret, MAX_SIGN_INS_PER_MINUTE_PER_ADDRESS: 100_000 });
    for (const name of ["ann", "ben", "eve"]) await createAccount(clinic.database, name);
  });
  after(() => clinic.close());

  /** Signs in from an address of loopback: the status, and after how long. */
  function signIn(
    name: string,
    typed: string,
    localAddress: string,
  ): Promise<{ status: number; retryAfter: number; ms: number }> {
    const startedAt = performance.now();
    return new Promise((resolve, reject) => {
      const url = `${clinic.api.address}/api/v1/sessions`;
      const call = request(url, { method: "POST", localAddress, headers: { "content-type": "application/json" } });
      call.on("response", (response) => {
        response.resume().on("end", () => {
          const { statusCode: status = 0, headers } = response;
          resolve({ status, retryAfter: Number(headers["retry-after"] ?? 0), ms: performance.now() - startedAt });
        });
      });
      call.on("error", reject);
      call.end(JSON.stringify({ name, password: typed }));
    });
  }

  it("is not what somebody does who knows it, and who signs in as often as they like", async () => {
    for (let n = 0; n < 10; n++) expect((await signIn("ben", password, "127.0.0.14")).status).to.equal(201);
  });

  it("does not outlive a change of it that came while it was checked", async () => {
    const [admitted] = await beginSignIn(clinic.sql, "eve", "127.0.0.13");
    const { account_id: accountId, password_hash: passwordHash } = admitted;
    await setPassword(clinic.sql, "eve", await hashPassword(password), { links: false, screens: false }, operator);

    const lifetimes = { sessionS: 60, tokenS: 60 };
    const end = { name: "eve", from: "127.0.0.13", accountId, passwordHash, lifetimes, actor: operator };
    const [session] = await endSignIn(clinic.sql, end);

    expect(accountId).to.be.a("string");
    expect(session).to.be.undefined;
  });

  it("100 times a second from one address is hashed a few times only, and others sign in meanwhile", async () => {
    const guesses: Promise<{ status: number }>[] = [];
    const others: { status: number }[] = [];
    for (let second = 0; second < 4; second++) {
      for (let tenth = 0; tenth < 10; tenth++) {
        for (let n = 0; n < 10; n++) guesses.push(signIn("ann", `guess ${guesses.length}`, "127.0.0.7"));
        await delay(100);
      }
      others.push(await signIn("ben", password, "127.0.0.8"));
    }
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);

    expect(others.map(({ status }) => status)).to.deep.equal([201, 201, 201, 201]);
    expect(new Set(statuses)).to.deep.equal(new Set([401, 429]));
    // Five, and one more after 1 s, 2 s, …; each try that is hashed is in the audit trail as refused.
    const [row] = await clinic.sql<[{ hashed: number }]>`
      select count(*)::int as hashed from audit_events where action = 'sign_in_refused' and entity_id = 'ann'
    `;
    expect(row.hashed).to.equal(statuses.filter((status) => status === 401).length);
    expect(row.hashed).to.be.within(5, 8);
  });

  it("of one account does not lock its owner out elsewhere, and says how long to wait", async () => {
    const guessed = await signIn("ann", password, "127.0.0.7");
    const owner = await signIn("ann", password, "127.0.0.9");

    expect(guessed.status).to.equal(429);
    expect(guessed.retryAfter).to.be.within(1, 900);
    expect(owner.status).to.equal(201);
  });

  it("all at once gets no more tries than one after the other", async () => {
    const statuses = await Promise.all(Array.from({ length: 40 }, () => signIn("eve", "wrong", "127.0.0.10")));

    expect(statuses.filter(({ status }) => status === 401)).to.have.length(5);
    expect(statuses.filter(({ status }) => status === 429)).to.have.length(35);
  });

  it("of a name that nobody has is refused and recorded like any other, without the name", async () => {
    const unknown = await signIn("correct horse, typed as the name", "wrong", "127.0.0.11");
    const known = await signIn("ben", "wrong", "127.0.0.11");

    expect([unknown.status, known.status]).to.deep.equal([401, 401]);
    const events = await clinic.sql`
      select entity, entity_id from audit_events
      where action = 'sign_in_refused' and address = '127.0.0.11'
      order by id
    `;
    expect([...events]).to.deep.equal([
      { entity: "accounts", entity_id: null },
      { entity: "accounts", entity_id: "ben" },
    ]);
    const [leak] = await clinic.sql`select from audit_events event where event::text like '%correct horse%'`;
    expect(leak).to.be.undefined;
  });

  it("of names in turn from one address ends too", async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 25; n++) statuses.push((await signIn(`name${n}`, "wrong", "127.0.0.12")).status);

    expect(statuses.filter((status) => status === 401)).to.have.length(20);
    expect(statuses.slice(20).every((status) => status === 429)).to.be.true;
  });
});
