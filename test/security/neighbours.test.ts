import { expect } from "chai";
import { addAccount } from "../../db/queries/accounts.ts";
import { hashPassword } from "../../access/passwords.ts";
import { operator, password } from "../support/accounts.ts";
import { socketUrl } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { countWaiting } from "../support/count-waiting.ts";
import { clinicId } from "../support/default-clinic.ts";
import { eventually } from "../support/eventually.ts";
import { Provider } from "../support/provider.ts";
import { Rest } from "../support/rest.ts";
import { secret, tokenFor } from "../support/tokens.ts";
import { upgrade } from "../support/upgrade.ts";

const readsPerMinute = 3;

/** What holds one clinic up, or who speaks for it, is no other clinic's. */
describe("a clinic beside another", () => {
  let provider: Provider;
  let system: System;
  let east: string;
  before(async () => {
    provider = await Provider.open();
    system = await System.open({
      AUTH_SECRET: secret,
      ...provider.settings,
      MAX_READS_PER_MINUTE: readsPerMinute,
      MAX_SIGN_INS_PER_MINUTE_PER_ADDRESS: 1_000,
    });
    [{ id: east }] = await system.sql<[{ id: string }]>`
      insert into clinics (code, name) values ('east', 'East') returning id
    `;
    const passwordHash = await hashPassword(password);
    const desk = { name: "desk", role: "staff", doctorCode: null, scope: "", passwordHash };
    for (const clinic of [clinicId, east]) await addAccount(system.sql, clinic, desk, operator);
  });
  after(async () => {
    await Promise.all([system?.close(), provider?.goDown()]);
  });

  const eastAddress = () => `${system.api.address}/c/east`;
  const restOf = (address: string, token: string) => new Rest(address, { authorization: `Bearer ${token}` });

  it("lets everybody call as often as they may, whatever somebody of the same name did in the other", async () => {
    const sub = "anna";
    const there = restOf(eastAddress(), await tokenFor({ role: "staff", sub, clinic: east }));
    const here = restOf(system.api.address, await tokenFor({ role: "staff", sub }));
    const statuses: number[] = [];
    for (let n = 0; n <= readsPerMinute; n++) statuses.push((await there.get("/api/v1/doctors")).status);

    expect(statuses.at(-1)).to.equal(429);
    expect((await here.get("/api/v1/doctors")).status).to.equal(200);
  });

  it("lets people sign in while somebody holds the counts of the other's tries", async () => {
    const signIn = (address: string) => new Rest(address).post("/api/v1/sessions", { name: "desk", password });
    expect((await signIn(eastAddress())).status).to.equal(201);
    await using held = await system.sql
      .reserve()
      .then((sql) => ({ sql, [Symbol.asyncDispose]: async () => sql.release() }));
    await held.sql`begin`;
    await held.sql`select from sign_in_tries where (clinic_id, kind) = (${east}, 'account') for update`;
    const waiting = Array.from({ length: 20 }, () => signIn(eastAddress()));
    await eventually(async () => expect(await countWaiting(system.sql, "clinic-queue api")).to.be.at.least(1));

    const { status } = await signIn(system.api.address);
    const stillWaiting = await countWaiting(system.sql, "clinic-queue api");
    await held.sql`rollback`;
    await Promise.all(waiting);

    expect(status).to.equal(201);
    expect(stillWaiting).to.be.at.least(1);
  });

  it("pairs screens while as many as can wait for the desk of the other", async () => {
    await system.sql`
      insert into device_authorizations (clinic_id, device_code_hash, user_code, asked_from, expires_at, interval_s)
      select ${east}, n::text, n::text, n::text, now() + interval '10 minutes', 5 from generate_series(1, 10000) n
    `;
    const ask = (address: string) => new Rest(address).post("/api/v1/screens/device_authorization", {});

    expect((await ask(eastAddress())).status).to.equal(429);
    expect((await ask(system.api.address)).status).to.equal(200);
  });

  it("is not spoken for by the provider of the default clinic, whatever its token claims", async () => {
    const claims = [{}, { clinic: clinicId }, { clinic: east }];

    for (const claim of claims) {
      const token = await provider.token(claim);
      const answer = await restOf(eastAddress(), token).get("/api/v1/sessions");
      expect(answer).to.deep.include({ status: 401 });
      expect(answer.body.message).to.equal("The token is not valid");
      const url = socketUrl(system.realtime).replace("/api/v1", "/c/east/api/v1");
      expect((await upgrade(url, { authorization: `Bearer ${token}` })).status).to.equal(401);
    }
    const here = async (claim: Record<string, unknown>) =>
      (await restOf(system.api.address, await provider.token(claim)).get("/api/v1/sessions")).status;
    expect(await Promise.all(claims.map(here))).to.deep.equal([200, 200, 401]);
  });
});
