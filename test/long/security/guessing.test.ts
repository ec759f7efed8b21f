import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { request } from "node:http";
import { expect } from "chai";
import { setPassword } from "../../../db/queries/accounts.ts";
import { beginSignIn, endSignIn, type SignInEnd, type SignInTry } from "../../../db/queries/sessions.ts";
import { hashAlike, hashPassword } from "../../../access/passwords.ts";
import { createAccount, operator, password } from "../../support/accounts.ts";
import { System } from "../../support/system.ts";
import { countWaiting } from "../../support/count-waiting.ts";
import { eventually } from "../../support/eventually.ts";
import { secret, tokenFor } from "../../support/tokens.ts";
import { clinicId } from "../../support/default-clinic.ts";

describe("guessing a password", () => {
  let clinic: System;
  before(async () => {
    clinic = await System.open({ AUTH_SECRET: secret, MAX_SIGN_INS_PER_MINUTE_PER_ADDRESS: 100_000 });
    for (const name of ["ann", "ben", "eve", "fay", "guy"]) await createAccount(clinic.database, name);
  });
  after(() => clinic.close());

  /** Signs in from an address of loopback: the status, and after how long. */
  function signIn(
    name: string,
    typed: string,
    localAddress: string,
    { cookie, ...more }: { cookie?: string; remember_device?: boolean } = {},
  ): Promise<{ status: number; retryAfter: number; ms: number; cookies: string[] }> {
    const startedAt = performance.now();
    return new Promise((resolve, reject) => {
      const url = `${clinic.api.address}/api/v1/sessions`;
      const call = request(url, {
        method: "POST",
        localAddress,
        headers: { "content-type": "application/json", ...(cookie && { cookie }) },
      });
      call.on("response", (response) => {
        response.resume().on("end", () => {
          const { statusCode: status = 0, headers } = response;
          resolve({
            status,
            retryAfter: Number(headers["retry-after"] ?? 0),
            ms: performance.now() - startedAt,
            cookies: headers["set-cookie"] ?? [],
          });
        });
      });
      call.on("error", reject);
      call.end(JSON.stringify({ name, password: typed, ...more }));
    });
  }

  it("is not what somebody does who knows it, and who signs in as often as they like", async () => {
    for (let n = 0; n < 10; n++) expect((await signIn("ben", password, "127.0.0.14")).status).to.equal(201);
  });

  it("does not outlive a change of it that came while it was checked", async () => {
    const [admitted] = await beginSignIn(clinic.sql, clinicId, { name: "eve", from: "127.0.0.13", devices: [] });
    const passwordHash = await hashAlike(admitted.password_salt, password);
    await setPassword(
      clinic.sql,
      clinicId,
      "eve",
      await hashPassword(password),
      { links: false, screens: false },
      operator,
    );

    const [session] = await endSignIn(clinic.sql, clinicId, ended(admitted, passwordHash));

    expect(admitted.password_salt).to.be.a("string");
    expect(session).to.be.undefined;
  });

  it("opens no account that was disabled while it was checked", async () => {
    await createAccount(clinic.database, "kim");
    const [admitted] = await beginSignIn(clinic.sql, clinicId, { name: "kim", from: "127.0.0.15", devices: [] });
    const passwordHash = await hashAlike(admitted.password_salt, password);
    await clinic.sql`update accounts set disabled_at = now() where name = 'kim'`;

    const [session] = await endSignIn(clinic.sql, clinicId, ended(admitted, passwordHash));

    expect(session).to.be.undefined;
  });

  it("makes nobody wait for longer when the database's clock was put back", async () => {
    await beginSignIn(clinic.sql, clinicId, { name: "nobody", from: "127.0.0.16", devices: [] });
    await clinic.sql`update sign_in_tries set tries = 100, tried_at = now() + interval '1 day' where key = 'nobody'`;

    const [{ wait_s }] = await beginSignIn(clinic.sql, clinicId, { name: "nobody", from: "127.0.0.16", devices: [] });

    // Not only now: a try in the future would make its owner wait for as long as the clock was put back.
    const inFuture = await clinic.sql`
      select from sign_in_tries where key = 'nobody' and tried_at > clock_timestamp() + interval '1 minute'`;
    expect(wait_s).to.be.within(1, 900);
    expect(inFuture).to.be.empty;
  });

  it("is tried once for each try that was admitted, and not without one", async () => {
    const [admitted] = await beginSignIn(clinic.sql, clinicId, { name: "ben", from: "127.0.0.14", devices: [] });
    const right = await hashAlike(admitted.password_salt, password);
    const end = async (tried: SignInTry, hash: string) =>
      (await endSignIn(clinic.sql, clinicId, ended(tried, hash)))[0];

    expect(await end({ ...admitted, try_id: randomUUID() }, right)).to.be.undefined;
    expect(await end(admitted, await hashAlike(admitted.password_salt, "wrong"))).to.be.undefined;
    expect(await end(admitted, right)).to.be.undefined;
  });

  it("in the name of the api, which was taken over, gets no hash, and no more tries by inventing addresses", async () => {
    const given: SignInTry[] = [];
    for (let n = 0; n < 60; n++) {
      const invented = { name: "fay", from: `198.51.100.${n}`, devices: [randomUUID()] };
      given.push((await beginSignIn(clinic.sql, clinicId, invented))[0]);
    }
    const [account] = await clinic.sql<[{ password_hash: string }]>`
      select password_hash from accounts where name = 'fay'
    `;

    expect(JSON.stringify(given)).to.not.include(account.password_hash.split("$").at(-1));
    expect(given[0]?.password_salt).to.equal(account.password_hash.replace(/\$[^$]*$/, ""));
    expect(given.filter(({ wait_s }) => wait_s === 0)).to.have.length(50);
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
      order by at
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

  it("stops nobody but those who sign in while somebody holds the counts of tries", async () => {
    const staff = clinic.restAs(await tokenFor({ role: "staff" }));
    const others: number[] = [];
    let tries: Promise<{ status: number }[]> = Promise.resolve([]);

    await clinic.sql.begin(async (holder) => {
      await holder`insert into sign_in_tries values (null, 'address', '127.0.0.30', 0, now())`;
      tries = Promise.all(Array.from({ length: 30 }, () => signIn("ben", "wrong", "127.0.0.30")));
      await eventually(async () => expect(await countWaiting(clinic.sql, "clinic-queue api")).to.be.at.least(6));
      const { id } = await staff.addPatient();
      others.push((await staff.delete(`/api/v1/patients/${id}/tokens`)).status);
      others.push((await clinic.rest.post("/api/v1/screens/device_authorization", {})).status);
      await tries;
    });

    expect(others).to.deep.equal([204, 200]);
    expect(new Set((await tries).map(({ status }) => status))).to.deep.equal(new Set([503]));
    expect((await signIn("ben", password, "127.0.0.30")).status).to.equal(201);
  });

  describe("from a device that signed in before", () => {
    const page = { remember_device: true };
    const deviceOf = ({ cookies }: { cookies: string[] }): string =>
      cookies.find((cookie) => cookie.startsWith("clinic_queue_device="))?.split(";", 1)[0] ?? "";
    let cookie: string;
    before(async () => {
      cookie = deviceOf(await signIn("guy", password, "127.0.0.20", page));
    });

    it("does not wait for the guesses of others at its address, whatever they guess", async () => {
      for (let n = 0; n < 25; n++) await signIn(`invented${n}`, "wrong", "127.0.0.20");
      for (let n = 0; n < 10; n++) await signIn("guy", "wrong", "127.0.0.20");

      const stranger = await signIn("guy", password, "127.0.0.20", page);
      const known = await signIn("guy", password, "127.0.0.20", { ...page, cookie });

      expect([stranger.status, known.status]).to.deep.equal([429, 201]);
      expect(cookie).to.match(/^clinic_queue_device=[\w-]{43}$/);
      expect(deviceOf(known)).to.not.equal(cookie);
      cookie = deviceOf(known);
    });

    it("does not wait when its account is tried from everywhere", async () => {
      await clinic.sql`
        insert into sign_in_tries values (${clinicId}, 'account', 'guy', 60, now())
        on conflict (clinic_id, kind, key) do update set tries = 60, tried_at = now()
      `;
      expect((await signIn("guy", password, "127.0.0.21", page)).status).to.equal(429);

      const known = await signIn("guy", password, "127.0.0.21", { ...page, cookie });

      expect(known.status).to.equal(201);
      cookie = deviceOf(known);
    });

    it("is throttled by itself, for this account alone", async () => {
      const statuses: number[] = [];
      for (let n = 0; n < 7; n++) {
        statuses.push((await signIn("guy", "wrong", "127.0.0.22", { ...page, cookie })).status);
      }
      const other = await signIn("ben", password, "127.0.0.22", { ...page, cookie });

      expect(statuses.slice(0, 6)).to.deep.equal([401, 401, 401, 401, 401, 429]);
      expect(other.status).to.equal(201);
    });

    it("does not wait for others' guesses when several people use it", async () => {
      const names = ["guy", "ben", "fay"];
      await clinic.sql`delete from sign_in_tries`;
      let shared = "";
      for (const name of names) {
        shared = deviceOf(await signIn(name, password, "127.0.0.24", { ...page, cookie: shared }));
      }
      for (const name of names) {
        for (let n = 0; n < 8; n++) await signIn(name, "wrong", "127.0.0.24");
      }

      const statuses: number[] = [];
      for (const name of [...names, ...names]) {
        expect((await signIn(name, password, "127.0.0.24", page)).status).to.equal(429);
        const known = await signIn(name, password, "127.0.0.24", { ...page, cookie: shared });
        statuses.push(known.status);
        shared = deviceOf(known);
      }

      expect(statuses).to.deep.equal([201, 201, 201, 201, 201, 201]);
      expect(shared).to.match(/^clinic_queue_device=[\w-]{43}(\.[\w-]{43}){2}$/);
    });

    it("is known to 8 accounts at most: the one that signed in longest ago forgets it", async () => {
      const names = Array.from({ length: 9 }, (_, n) => `shared${n}`);
      for (const name of names) await createAccount(clinic.database, name);
      let shared = "";
      for (const [n, name] of names.entries()) {
        shared = deviceOf(await signIn(name, password, `127.0.1.${n}`, { ...page, cookie: shared }));
      }

      expect(shared).to.match(/^clinic_queue_device=[\w-]{43}(\.[\w-]{43}){7}$/);
    });

    it("knows a device no more after a new password", async () => {
      await setPassword(
        clinic.sql,
        clinicId,
        "guy",
        await hashPassword(password),
        { links: false, screens: false },
        operator,
      );

      const [left] = await clinic.sql`
        select from known_devices join accounts on id = account_id where name = 'guy'
      `;
      expect(left).to.be.undefined;
    });

    it("is for those who ask: a program gets no such cookie", async () => {
      expect((await signIn("ben", password, "127.0.0.23")).cookies.join()).to.not.include("device");
    });
  });
});

describe("sign-ins that all come at once", () => {
  let clinic: System;
  before(async () => {
    // Hashes on one thread, so that they are slower than what asks for them on any machine.
    clinic = await System.open({ AUTH_SECRET: secret, TRUST_PROXY: "loopback", UV_THREADPOOL_SIZE: 1 });
    await createAccount(clinic.database, "ann");
  });
  after(() => clinic.close());

  it("are hashed as far as there is memory for; the others are told to come back, and may", async () => {
    const signIn = (name: string, typed: string, address: string) =>
      clinic.rest.post("/api/v1/sessions", { name, password: typed }, { "x-forwarded-for": address });
    const strangers = Array.from({ length: 200 }, (_, n) => signIn(`nobody${n}`, "wrong", `198.51.100.${n}`));
    const answers = await Promise.all(strangers);

    const rejected = answers.filter(({ body }) => body.message.startsWith("Too many sign in at once"));
    const how = new Set(rejected.map(({ status, headers }) => `${status}, ${headers.get("retry-after")} s`));
    expect(how).to.deep.equal(new Set(["503, 2 s"]));
    expect(answers.filter(({ status }) => status === 401)).to.have.length.at.least(64);
    expect((await signIn("ann", password, "192.0.2.1")).status).to.equal(201);
  });
});

const ended = ({ try_id: tryId }: SignInTry, passwordHash: string): SignInEnd => ({
  tryId,
  passwordHash,
  newDevice: null,
  lifetimes: { sessionS: 60, tokenS: 60 },
  actor: operator,
});
