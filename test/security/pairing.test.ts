import { expect } from "chai";
import { System } from "../support/system.ts";
import { countWaiting } from "../support/count-waiting.ts";
import { eventually } from "../support/eventually.ts";
import type { Rest } from "../support/rest.ts";
import { secret, tokenFor } from "../support/tokens.ts";

const grant_type = "urn:ietf:params:oauth:grant-type:device_code";

describe("pairing a screen", function () {
  this.timeout(30_000);
  let clinic: System;
  let staff: Rest;
  before(async () => {
    const limits = { MAX_PAIRINGS_PER_MINUTE_PER_ADDRESS: 100_000 };
    clinic = await System.open({ AUTH_SECRET: secret, TRUST_PROXY: "loopback", ...limits });
    staff = clinic.restAs(await tokenFor({ role: "staff" }));
  });
  after(() => clinic.close());

  const ask = (address: string) =>
    clinic.rest.post("/api/v1/screens/device_authorization", {}, { "x-forwarded-for": address });
  const poll = (device_code: string) => clinic.rest.post("/api/v1/screens/token", { grant_type, device_code });
  /** Lets the time pass that a screen waits between two polls. */
  const pass = (seconds: number) => clinic.sql`
    update device_authorizations set polled_at = polled_at - ${seconds} * interval '1 second',
      redeemed_at = redeemed_at - ${seconds} * interval '1 second'
  `;

  it("gives one token for a code, and another only as long as the answer may have been lost", async () => {
    const { body: shown } = await ask("192.0.2.1");
    await staff.post("/api/v1/screens", { user_code: shown.user_code, name: "Hall" });

    const first = await poll(shown.device_code);
    await pass(6);
    const repeated = await poll(shown.device_code);
    await pass(30);
    const late = await poll(shown.device_code);

    expect([first.status, repeated.status]).to.deep.equal([200, 200]);
    expect([late.status, late.body.error]).to.deep.equal([400, "expired_token"]);
    const [row] = await clinic.sql<[{ sessions: number }]>`
      select count(*)::int as sessions from sessions where screen_id = ${first.body.screen_id as string}
    `;
    expect(row.sessions).to.equal(1);
  });

  it("is refused for a minute at most where many codes are asked for, says for how long, and goes on elsewhere", async () => {
    const flood = await Promise.all(Array.from({ length: 205 }, () => ask("192.0.2.2")));
    const refused = flood.filter(({ status }) => status === 429);

    expect(flood.filter(({ status }) => status === 200)).to.have.length.within(200, 204);
    expect(refused).to.not.be.empty;
    for (const { headers } of refused) expect(Number(headers.get("retry-after"))).to.be.within(30, 60);
    expect((await ask("192.0.2.3")).status).to.equal(200);

    await clinic.sql`update device_authorizations set asked_at = asked_at - interval '1 minute'`;
    expect((await ask("192.0.2.2")).status).to.equal(200);
  });

  it("stops nobody but other screens while somebody holds the codes", async () => {
    const others: number[] = [];
    let asked: Promise<{ status: number }[]> = Promise.resolve([]);
    await clinic.sql`
      insert into device_authorizations (device_code_hash, user_code, asked_from, expires_at, interval_s)
      values ('held', 'HELD', '192.0.2.6', now() - interval '1 second', 5)
    `;

    await clinic.sql.begin(async (holder) => {
      await holder`select from device_authorizations where user_code = 'HELD' for update`;
      asked = Promise.all(Array.from({ length: 30 }, () => ask("192.0.2.7")));
      await eventually(async () => expect(await countWaiting(clinic.sql, "clinic-queue api")).to.be.at.least(6));
      const { id } = await staff.addPatient();
      others.push((await staff.delete(`/api/v1/patients/${id}/tokens`)).status);
      await asked;
    });

    expect(others).to.deep.equal([204]);
    expect(new Set((await asked).map(({ status }) => status))).to.deep.equal(new Set([503]));
    expect((await ask("192.0.2.7")).status).to.equal(200);
  });

  it("makes room for those who come when codes pile up that no screen polls for", async () => {
    await clinic.sql`delete from device_authorizations`;
    await clinic.sql`
      insert into device_authorizations (device_code_hash, user_code, asked_from, asked_at, expires_at, interval_s, polled_at)
      select n, 'CODE' || n, '198.51.100.' || n % 50, now() - interval '2 minutes', now() + interval '8 minutes', 5,
        case when n = 1 then now() end
      from generate_series(1, 10000) n
    `;

    expect((await ask("192.0.2.4")).status).to.equal(200);

    const [left] = await clinic.sql<[{ codes: number; polled: number }]>`
      select count(*)::int as codes, count(*) filter (where polled_at is not null)::int as polled from device_authorizations
    `;
    expect(left).to.deep.equal({ codes: 2, polled: 1 });
  });

  it("says when there is room again, where every code is polled for", async () => {
    await clinic.sql`delete from device_authorizations`;
    await clinic.sql`
      insert into device_authorizations (device_code_hash, user_code, asked_from, expires_at, interval_s)
      select n, 'CODE' || n, '198.51.100.' || n % 200, now() + interval '1 second' * (100 + n), 5
      from generate_series(1, 10000) n
    `;

    const refused = await ask("192.0.2.5");

    expect(refused.status).to.equal(429);
    await eventually(() => expect(Number(refused.headers.get("retry-after"))).to.be.within(90, 101));
  });
});
