import { randomBytes } from "node:crypto";
import { expect } from "chai";
import { createAccount, password } from "../support/accounts.ts";
import { startApi, startRealtime } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import type { Settings } from "../support/service.ts";
import { secret } from "../support/tokens.ts";
import { upgrade } from "../support/upgrade.ts";

describe("a new AUTH_SECRET", function () {
  this.timeout(60_000);
  const newSecret = randomBytes(32).toString("hex");
  let clinic: System;
  before(async () => {
    // Before a new secret signs, every process takes what it signs.
    clinic = await System.open({ AUTH_SECRET: secret, AUTH_SECRET_PREVIOUS: newSecret });
    await createAccount(clinic.database, "desk");
  });
  after(() => clinic.close());

  async function restart(settings: Settings): Promise<void> {
    await Promise.all([clinic.api.stop(), clinic.realtime.stop()]);
    [clinic.api, clinic.realtime] = await Promise.all([
      startApi(clinic.database.url, settings),
      startRealtime(clinic.database.url, settings),
    ]);
  }
  const signIn = async (): Promise<string> =>
    (await clinic.rest.post("/api/v1/sessions", { name: "desk", password })).body.token;
  const statuses = async (token: string) => [
    (await clinic.restAs(token).get("/api/v1/sessions")).status,
    (await upgrade(clinic.socketUrl, { authorization: `Bearer ${token}` })).status,
  ];

  it("takes the old one's place without ending a token, and then alone ends what it did not sign", async () => {
    const old = await signIn();
    expect(await statuses(old)).to.deep.equal([200, 101]);
    await restart({ AUTH_SECRET: newSecret, AUTH_SECRET_PREVIOUS: secret });
    expect(await statuses(old)).to.deep.equal([200, 101]);
    const renewed = (await clinic.restAs(old).post("/api/v1/tokens", {})).body.token as string;
    const fresh = await signIn();
    await restart({ AUTH_SECRET: newSecret });

    expect(await statuses(old)).to.deep.equal([401, 401]);
    expect(await statuses(renewed)).to.deep.equal([200, 101]);
    expect(await statuses(fresh)).to.deep.equal([200, 101]);
  });
});
