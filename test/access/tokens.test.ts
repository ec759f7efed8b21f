import { mock } from "node:test";
import { expect } from "chai";
import { CannotVerify } from "../../access/authentication-errors.ts";
import { Tokens } from "../../access/tokens.ts";
import { someDay } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { eventually } from "../support/eventually.ts";
import { Provider } from "../support/provider.ts";
import { rejection } from "../support/rejection.ts";
import { secret, tokenFor } from "../support/tokens.ts";
import { upgrade } from "../support/upgrade.ts";

const id = "00000000-0000-4000-8000-000000000000";
const nowS = (): number => Math.floor(Date.now() / 1000);

describe("tokens of a provider", () => {
  let provider: Provider;
  let clinic: System;
  const otherKeys: Provider["key"][] = [];
  before(async () => {
    provider = await Provider.open();
    for (const alg of ["PS384", "ES256", "ES512", "EdDSA"]) {
      await provider.rotate(alg);
      otherKeys.push(provider.key);
    }
    await provider.rotate("RS256");
    clinic = await System.open({ AUTH_SECRET: secret, ...provider.settings });
  });
  after(async () => {
    await Promise.all([clinic?.close(), provider?.goDown()]);
  });

  it("are taken by the api and by the realtime process, beside our own", async () => {
    for (const token of [await provider.token({ name: "Anna" }), await tokenFor({ role: "staff", name: "Anna" })]) {
      const { body } = await clinic.restAs(token).get("/api/v1/sessions");
      const socket = await clinic.connectAs(token);
      const { date } = await socket.subscribe(someDay);
      await socket.close();

      expect(body).to.include({ role: "staff", name: "Anna" });
      expect(date).to.equal(someDay);
    }
  });

  it("are taken whatever kind of key signs them", async () => {
    for (const key of otherKeys) {
      expect(await statuses(clinic, await provider.token({}, key)), key.alg).to.deep.equal([200, 101]);
    }
  });

  it("say who somebody is by their claims", async () => {
    const doctor = await provider.token({ role: "doctor", doctor_id: id.toUpperCase() });
    const service = await provider.token({ role: "service", scope: "openid read profile book" });

    expect(await who(doctor)).to.include({ role: "doctor", doctor_id: id });
    expect(await who(service)).to.deep.include({ role: "service", scopes: ["read", "book"] });
    // What is not of the role says nothing.
    const staff = await provider.token({ doctor_id: id, patient_id: id, scope: "read", sid: id });
    expect(await who(staff)).to.deep.include({ role: "staff", doctor_id: null, patient_id: null, scopes: [] });
    // A name is for people: whatever it is, it keeps nobody out.
    expect(await who(await provider.token({ name: 7 }))).to.include({ role: "staff", name: null });
  });

  const wrong: [string, () => Record<string, unknown>][] = [
    ["no exp", () => ({ exp: undefined })],
    ["an exp that no calendar has", () => ({ exp: 1e300 })],
    ["no sub", () => ({ sub: undefined })],
    ["an empty sub", () => ({ sub: "" })],
    ["no role", () => ({ role: undefined })],
    ["a role of no clinic", () => ({ role: "admin" })],
    ["several roles", () => ({ role: ["staff"] })],
    ["the role doctor without doctor_id", () => ({ role: "doctor" })],
    ["the role patient without patient_id", () => ({ role: "patient" })],
    ["the role screen without screen_id", () => ({ role: "screen" })],
    ["another's id in place of its own", () => ({ role: "doctor", patient_id: id })],
    ["a doctor_id that is none", () => ({ role: "doctor", doctor_id: "1 or 1=1" })],
    ["a scope that is no text", () => ({ role: "service", scope: ["read"] })],
    ["no issuer", () => ({ iss: undefined })],
    ["another issuer", () => ({ iss: "https://example.org" })],
    ["no audience", () => ({ aud: undefined })],
    ["another audience", () => ({ aud: ["somebody-else", "clinic2"] })],
    ["an end a second ago", () => ({ exp: nowS() - 1 })],
    ["a beginning in a minute", () => ({ nbf: nowS() + 60 })],
  ];
  for (const [what, claims] of wrong) {
    it(`are refused with ${what}`, async () => {
      expect(await statuses(clinic, await provider.token(claims()))).to.deep.equal([401, 401]);
    });
  }

  it("may begin by a clock that is seconds ahead of ours", async () => {
    expect(await statuses(clinic, await provider.token({ nbf: nowS() + 3 }))).to.deep.equal([200, 101]);
  });

  it("are refused when they are longer than a header should be", async () => {
    expect(await statuses(clinic, await provider.token({ groups: "x".repeat(9_000) }))).to.deep.equal([401, 401]);
  });

  it("are taken of a new key without a restart, and a stranger's key does not keep asking for it", async () => {
    await provider.rotate();
    const token = await provider.token();

    await eventually(async () => expect(await statuses(clinic, token)).to.deep.equal([200, 101]));

    const { asked } = provider;
    const stranger = await Provider.open();
    await stranger.goDown();
    const unknown = await provider.token({}, stranger.key);
    const answers = await Promise.all(Array.from({ length: 20 }, () => statuses(clinic, unknown)));
    expect(new Set(answers.flat())).to.deep.equal(new Set([401]));
    expect(provider.asked - asked).to.be.at.most(2);
  });

  const who = async (token: string) => (await clinic.restAs(token).get("/api/v1/sessions")).body as object;
});

describe("a provider that is asked again each second", () => {
  let provider: Provider;
  let clinic: System;
  before(async () => {
    provider = await Provider.open();
    // Away when the processes start: see the first test.
    await provider.goDown();
    clinic = await System.open({ AUTH_SECRET: secret, ...provider.settings, AUTH_JWKS_REFRESH_S: 1 });
  });
  afterEach(() => {
    provider.answers = "keys";
  });
  after(async () => {
    await Promise.all([clinic?.close(), provider?.goDown()]);
  });

  it("that is away keeps neither process from starting, and its tokens are good once it is there", async () => {
    const token = await provider.token();

    const away = await clinic.restAs(token).get("/api/v1/sessions");
    expect([away.status, away.body.error, away.headers.has("retry-after")]).to.deep.equal([503, "Unavailable", true]);
    expect(await statuses(clinic, token)).to.deep.equal([503, 503]);
    expect(await statuses(clinic, await tokenFor({ role: "staff" }))).to.deep.equal([200, 101]);
    // No token is good by its looks, while nobody can check it.
    expect(await statuses(clinic, "e30.e30.e30")).to.deep.equal([401, 401]);
    const socket = await clinic.connect();
    socket.send({ action: "authenticate", token });
    expect((await socket.nextError()).code).to.equal("unavailable");

    await provider.goUp();

    await eventually(async () => expect(await statuses(clinic, token)).to.deep.equal([200, 101]));
    socket.send({ action: "authenticate", token });
    expect((await socket.next()).type).to.equal("authenticated");
    await socket.close();
  });

  it("takes a key back within the refresh", async () => {
    const token = await provider.token();
    await provider.rotate();
    expect(await statuses(clinic, token)).to.deep.equal([200, 101]);

    provider.takeBackOldKeys();

    await eventually(async () => expect(await statuses(clinic, token)).to.deep.equal([401, 401]), 3_000);
  });

  it("that is away locks nobody out whose key is known, and everybody else is told to come back", async () => {
    const token = await provider.token();
    expect(await statuses(clinic, token)).to.deep.equal([200, 101]);
    await provider.goDown();
    await provider.rotate();

    expect(await statuses(clinic, token)).to.deep.equal([200, 101]);
    await eventually(async () => expect(await statuses(clinic, await provider.token())).to.deep.equal([503, 503]));
    expect(await statuses(clinic, await tokenFor({ role: "staff" }))).to.deep.equal([200, 101]);
    await provider.goUp();
    await eventually(async () => expect(await statuses(clinic, await provider.token())).to.deep.equal([200, 101]));
  });

  it("that is away locks nobody out whose key is known, however long", async () => {
    const provider = await Provider.open();
    const tokens = tokensOf(provider, 60_000);
    const token = await provider.token({ exp: nowS() + 7_200 });
    await tokens.verify(token);
    await provider.goDown();

    mock.timers.enable({ apis: ["Date"], now: Date.now() + 3_600_000 });
    try {
      expect((await tokens.verify(token)).role).to.equal("staff");
    } finally {
      mock.timers.reset();
      tokens.close();
    }
  });

  it("changes nothing for known keys when it answers with silence", async () => {
    const token = await provider.token();
    await eventually(async () => expect(await statuses(clinic, token)).to.deep.equal([200, 101]));
    provider.answers = "silence";
    await provider.rotate();
    const unknown = await provider.token();

    await eventually(async () => {
      const startedAt = performance.now();
      const [ofUnknown, ofKnown] = await Promise.all([
        statuses(clinic, unknown),
        statuses(clinic, token).then((answers) => [...answers, performance.now() - startedAt < 2_000]),
      ]);
      expect(ofKnown).to.deep.equal([200, 101, true]);
      expect(ofUnknown).to.deep.equal([503, 503]);
      // A provider that says nothing keeps a call that needs it for seconds, not for ever.
      expect(performance.now() - startedAt).to.be.below(7_000);
    });
  });

  for (const answer of ["html", "no keys", "an error"] as const) {
    it(`changes nothing for known keys when it answers with ${answer}`, async () => {
      const tokens = tokensOf(provider, 50);
      try {
        const token = await provider.token();
        await eventually(async () => expect((await tokens.verify(token)).role).to.equal("staff"));
        provider.answers = answer;
        await provider.rotate();
        const unknown = await provider.token();

        await eventually(async () => expect(await rejection(tokens.verify(unknown))).to.be.instanceOf(CannotVerify));
        expect((await tokens.verify(token)).role).to.equal("staff");
      } finally {
        tokens.close();
      }
    });
  }
});

/** What a process checks tokens with. */
function tokensOf({ settings }: Provider, refreshIntervalMs: number): Tokens {
  const { AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = settings;
  const options = { jwksUrl: String(jwksUrl), issuer: String(issuer), audience: String(audience) };
  return new Tokens({ provider: { ...options, refreshIntervalMs } });
}

/** What the api and the upgrade of a WebSocket answer to a token. */
async function statuses(clinic: System, token: string): Promise<number[]> {
  const answers = await Promise.all([
    clinic.restAs(token).get("/api/v1/sessions"),
    upgrade(clinic.socketUrl, { authorization: `Bearer ${token}` }),
  ]);
  return answers.map(({ status }) => status);
}
