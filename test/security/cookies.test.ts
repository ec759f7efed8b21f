import { expect } from "chai";
import { account, createAccount, password as goodPassword } from "../support/accounts.ts";
import { Clinic, socketUrl, someDay, startRealtime } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { eventually } from "../support/eventually.ts";
import { Rest, unique, type Answer } from "../support/rest.ts";
import { Socket } from "../support/socket.ts";
import { secret } from "../support/tokens.ts";
import { upgrade } from "../support/upgrade.ts";

const overTls = { "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.7" };

describe("the cookie of a page that signed in", () => {
  let clinic: System;
  /** Of a session that nobody ends. */
  let cookie: string;
  before(async () => {
    clinic = await System.openWithPages({ AUTH_SECRET: secret, TRUST_PROXY: "loopback" });
    await createAccount(clinic, "anna");
    cookie = await signedIn();
  });
  after(() => clinic?.close());

  const signIn = (headers: Record<string, string> = {}): Promise<Answer> =>
    clinic.rest.post("/api/v1/sessions", { name: "Anna", password: goodPassword }, headers);
  const signedIn = async (): Promise<string> => cookieOf(await signIn()).split(";", 1)[0] ?? "";
  const change = async (headers: Record<string, string>): Promise<Answer> =>
    new Rest(clinic.api.address, { cookie, ...headers }).post("/api/v1/patients", {
      name: "Somebody",
      phone: `+8${unique()}`,
    });

  it("is for no script, and for no other site", async () => {
    const answer = await signIn();

    expect(answer.status).to.equal(201);
    const [pair, ...attributes] = cookieOf(answer).split("; ");
    expect(pair).to.match(/^clinic_queue=/);
    expect(attributes).to.include.members(["HttpOnly", "SameSite=Strict", "Path=/"]);
    expect(attributes).to.not.include("Secure");
    expect(attributes.filter((attribute) => attribute.startsWith("Domain"))).to.deep.equal([]);
    expect(attributes).to.include("Max-Age=43200");
  });

  it("is good for as long as its session, also when the page slept for longer than a token lives", async () => {
    const brief = await System.openWithPages({ AUTH_SECRET: secret, TOKEN_LIFETIME_S: 1, SESSION_LIFETIME_S: 6 });
    try {
      await createAccount(brief.database, "anna");
      const answer = await brief.rest.post("/api/v1/sessions", { name: "anna", password: goodPassword });
      const endsAt = performance.now() + 6_000;
      const statusOf = async (rest: Rest) => (await rest.get("/api/v1/sessions")).status;
      const cookie = cookieOf(answer).split(";", 1)[0] ?? "";
      const page = new Rest(brief.api.address, { cookie, "sec-fetch-site": "same-origin" });
      await eventually(async () => expect(await statusOf(brief.restAs(answer.body.token))).to.equal(401));

      const renewed = await page.post("/api/v1/tokens", {});
      expect([renewed.status, await statusOf(brief.restAs(renewed.body.token))]).to.deep.equal([201, 200]);
      const socket = await Socket.open(brief.socketUrl, { headers: { cookie, origin: brief.api.address } });
      await socket.subscribe(someDay);

      expect(await socket.closed()).to.equal(1008);
      expect(performance.now()).to.be.greaterThan(endsAt - 1_500);
      expect(await statusOf(page)).to.equal(401);
    } finally {
      await brief.close();
    }
  }).timeout(30_000);

  it("is bound to TLS and to the host where a trusted proxy says that there is TLS", async () => {
    const [pair, ...attributes] = cookieOf(await signIn(overTls)).split("; ");

    expect(pair).to.match(/^__Host-clinic_queue=/);
    expect(attributes).to.include.members(["HttpOnly", "SameSite=Strict", "Path=/", "Secure"]);
    const withCookie = new Rest(clinic.api.address, { cookie: pair ?? "" });
    expect((await withCookie.get("/api/v1/sessions", overTls)).status).to.equal(200);
    expect((await withCookie.get("/api/v1/sessions")).status).to.equal(401);
  });

  it("is not taken for one over TLS on the word of anybody", async () => {
    // Where no proxy is trusted.
    const direct = await Clinic.openWithSignIn();
    try {
      await createAccount(direct, "anna");
      const body = { name: "anna", password: goodPassword };
      expect(cookieOf(await direct.rest.post("/api/v1/sessions", body, overTls))).to.match(/^clinic_queue\b/);
    } finally {
      await direct.close();
    }
  });

  it("is not set where the password is wrong", async () => {
    const wrong = await clinic.rest.post("/api/v1/sessions", { name: "anna", password: "a wrong password" });

    expect([wrong.status, wrong.headers.has("set-cookie")]).to.deep.equal([401, false]);
  });

  it("lets a page read, wherever the call seems to come from", async () => {
    const page = new Rest(clinic.api.address, { cookie });

    for (const headers of [{}, { "sec-fetch-site": "cross-site" }, { origin: "https://example.org" }]) {
      expect((await page.get("/api/v1/sessions", headers)).body).to.include({ role: "staff", name: "anna" });
    }
  });

  it("lets a page of this server change something, as the browser says", async () => {
    const { origin } = new URL(clinic.api.address);

    for (const headers of [{ "sec-fetch-site": "same-origin" }, { origin }]) {
      expect((await change(headers)).status, JSON.stringify(headers)).to.equal(201);
    }
  });

  const foreign: [string, Record<string, string>][] = [
    ["another site", { "sec-fetch-site": "cross-site" }],
    ["another site that names our origin", { "sec-fetch-site": "cross-site", origin: "(ours)" }],
    ["a neighbour of this site", { "sec-fetch-site": "same-site" }],
    ["an address that a person typed", { "sec-fetch-site": "none" }],
    ["another origin", { origin: "https://example.org" }],
    ["another port", { origin: "http://127.0.0.1:1" }],
    ["no origin in particular", { origin: "null" }],
    ["no page at all", {}],
  ];
  for (const [what, headers] of foreign) {
    it(`lets nothing be changed from ${what}`, async () => {
      const origin = headers["origin"] === "(ours)" ? { origin: new URL(clinic.api.address).origin } : {};
      const answer = await change({ ...headers, ...origin });

      expect([answer.status, answer.body.error]).to.deep.equal([403, "Forbidden"]);
    });
  }

  it("is of no account beside a token: a page that sends one needs no origin, and a bad one is refused", async () => {
    const { body } = await signIn();

    expect((await change({ authorization: `Bearer ${body.token}` })).status).to.equal(201);
    expect((await change({ authorization: "Bearer garbage", "sec-fetch-site": "same-origin" })).status).to.equal(401);
    expect((await change({ authorization: "Basic YTpi", "sec-fetch-site": "same-origin" })).status).to.equal(401);
  });

  it("is renewed with the token, and taken back when its page signs out", async () => {
    const headers = { "sec-fetch-site": "same-origin", "content-type": "application/json" };
    const cookie = await signedIn();
    const page = new Rest(clinic.api.address, { cookie, ...headers });

    const renewed = await page.post("/api/v1/tokens", {});
    const newer = cookieOf(renewed).split(";", 1)[0] ?? "";
    const left = await page.delete("/api/v1/sessions");

    expect([renewed.status, left.status]).to.deep.equal([201, 204]);
    expect(left.headers.getSetCookie().map((text) => text.split(";", 1)[0])).to.have.members([
      "clinic_queue=",
      "__Host-clinic_queue=",
    ]);
    for (const ended of [cookie, newer]) {
      const answer = await new Rest(clinic.api.address, { cookie: ended }).get("/api/v1/sessions");
      expect(answer.status).to.equal(401);
    }
  });

  it("opens a WebSocket to pages of the api alone, and a token opens it to every page", async () => {
    const ours = new URL(clinic.api.address).origin;
    const otherPorts = ["http://127.0.0.1", "http://127.0.0.1:1", `http://127.0.0.1:${clinic.api.port + 1}`];
    const opened = async (headers: Record<string, string>) => (await upgrade(clinic.socketUrl, headers)).status;

    expect(await opened({ cookie, origin: ours })).to.equal(101);
    for (const origin of [...otherPorts, "https://example.org", "http://127.0.0.1.example.org", "null", "file://"]) {
      expect(await opened({ cookie, origin }), origin).to.equal(403);
    }
    expect(await opened({ cookie })).to.equal(403);
    const { body } = await signIn();
    const authorization = `Bearer ${body.token}`;
    expect(await opened({ authorization })).to.equal(101);
    expect(await opened({ authorization, cookie, origin: "https://example.org" })).to.equal(101);
  });

  it("opens a WebSocket to the pages that are allowed, where they are named", async () => {
    const ALLOWED_ORIGINS = "https://desk.example.org, https://tv.example.org";
    const named = await startRealtime(clinic.databaseUrl, { AUTH_SECRET: secret, ALLOWED_ORIGINS });
    try {
      const opened = async (origin: string) => (await upgrade(socketUrl(named), { cookie, origin })).status;

      expect(await opened("https://desk.example.org")).to.equal(101);
      expect(await opened("https://tv.example.org")).to.equal(101);
      for (const origin of ["http://desk.example.org", "https://desk.example.org:444", "https://example.org", "null"]) {
        expect(await opened(origin), origin).to.equal(403);
      }
    } finally {
      await named.stop();
    }
  });

  for (const [action, args] of [
    ["disabled", ["disable"]],
    ["given another password", ["password"]],
  ] as const) {
    it(`is worth nothing within a second after its account was ${action}`, async () => {
      const name = `desk-${action.split(" ", 1)[0]}`;
      await createAccount(clinic, name);
      const answer = await clinic.rest.post("/api/v1/sessions", { name, password: goodPassword });
      const cookie = cookieOf(answer).split(";", 1)[0] ?? "";
      const page = new Rest(clinic.api.address, { cookie });
      const socket = await Socket.open(clinic.socketUrl, { headers: { cookie, origin: clinic.api.address } });
      await socket.subscribe(someDay);
      expect((await page.get("/api/v1/sessions")).status).to.equal(200);

      const ended = await account(clinic.database.url, [...args, name], "another good password");
      const endedAt = performance.now();
      const closeCode = socket.closed().then((code) => [code, performance.now() - endedAt < 1_000]);
      await eventually(async () => expect((await page.get("/api/v1/sessions")).status).to.equal(401), 1_000);

      expect(ended.code, ended.output).to.equal(0);
      expect(await closeCode).to.deep.equal([1008, true]);
      expect((await upgrade(clinic.socketUrl, { cookie, origin: clinic.api.address })).status).to.equal(401);
      const again = await clinic.rest.post("/api/v1/sessions", { name, password: goodPassword });
      expect(again.status).to.equal(401);
    });
  }
});

const cookieOf = ({ headers }: Answer): string => headers.getSetCookie()[0] ?? "";
