import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { serverLimits } from "../../../platform/http-server.ts";
import { System } from "../../support/system.ts";
import type { Answer } from "../../support/rest.ts";
import type { Service } from "../../support/service.ts";
import { secret, tokenFor } from "../../support/tokens.ts";

const limits = {
  MAX_READS_PER_MINUTE: 4,
  MAX_WRITES_PER_MINUTE: 2,
  MAX_CALLS_PER_MINUTE_PER_ADDRESS: 8,
  MAX_SIGN_INS_PER_MINUTE_PER_ADDRESS: 3,
  MAX_PAIRINGS_PER_MINUTE_PER_ADDRESS: 2,
};

describe("limits of calls", () => {
  let clinic: System;
  before(async () => {
    clinic = await System.open({ AUTH_SECRET: secret, TRUST_PROXY: "loopback", ...limits });
  });
  after(() => clinic.close());

  let used = 0;
  /** Headers of a client at an address that no other test has. */
  const newAddress = (): Record<string, string> => ({ "x-forwarded-for": `192.0.2.${++used}` });
  const staff = async (): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await tokenFor({ role: "staff" })}`,
  });
  const read = (headers: Record<string, string>) => clinic.rest.get("/api/v1/doctors", headers);
  const write = (headers: Record<string, string>) => clinic.rest.post("/api/v1/doctors", {}, headers);

  function expectRefusal(answer: Answer): void {
    expect(answer.status).to.equal(429);
    expect(answer.body).to.deep.equal({
      error: "RateLimited",
      message: "Too many calls; Retry-After says how many seconds to wait",
      details: null,
    });
    expect(Number(answer.headers.get("retry-after"))).to.be.within(1, 60);
  }

  it("are told with each answer, by caller and by address", async () => {
    const { headers } = await read({ ...(await staff()), ...newAddress() });

    expect(headers.get("ratelimit-policy")).to.match(
      /^"read-by-address"; q=8; w=60; pk=:\S+:, "read-by-caller"; q=4; w=60; pk=:\S+:$/,
    );
    expect(headers.get("ratelimit")).to.match(/^"read-by-address"; r=7; t=(59|60), "read-by-caller"; r=3; t=(59|60)$/);
  });

  it("hold for all tokens of one caller together", async () => {
    const sub = randomUUID();
    const another = async () =>
      read({ authorization: `Bearer ${await tokenFor({ role: "staff", sub })}`, ...newAddress() });
    for (let call = 0; call < limits.MAX_READS_PER_MINUTE; call++) expect((await another()).status).to.equal(200);

    expectRefusal(await another());
  });

  it("hold for a token, wherever it is used, and not for others", async () => {
    const token = await staff();
    for (let call = 0; call < limits.MAX_READS_PER_MINUTE; call++) {
      expect((await read({ ...token, ...newAddress() })).status).to.equal(200);
    }

    expectRefusal(await read({ ...token, ...newAddress() }));
    expect((await read({ ...(await staff()), ...newAddress() })).status).to.equal(200);
  });

  it("hold for an address, whatever the token, also when it is none or a bad one", async () => {
    const address = newAddress();
    for (let call = 0; call < limits.MAX_CALLS_PER_MINUTE_PER_ADDRESS; call++) {
      const headers = [{}, { authorization: "Bearer x.y.z" }, await staff(), await staff()][call % 4];
      expect((await read({ ...headers, ...address })).status).to.equal([401, 401, 200, 200][call % 4]);
    }

    expectRefusal(await read({ ...(await staff()), ...address }));
    expectRefusal(await read(address));
    expect((await read({ ...(await staff()), ...newAddress() })).status).to.equal(200);
  });

  it("count reads, writes, sign-ins and pairings apart", async () => {
    const headers = { ...(await staff()), ...newAddress() };
    const signIn = () => clinic.rest.post("/api/v1/sessions", {}, headers);
    const pair = () => clinic.rest.post("/api/v1/screens/device_authorization", {}, headers);
    for (const [call, limit, status] of [
      [() => write(headers), limits.MAX_WRITES_PER_MINUTE, 400],
      [signIn, limits.MAX_SIGN_INS_PER_MINUTE_PER_ADDRESS, 400],
      [pair, limits.MAX_PAIRINGS_PER_MINUTE_PER_ADDRESS, 200],
      [() => read(headers), limits.MAX_READS_PER_MINUTE, 200],
    ] as const) {
      for (let made = 0; made < limit; made++) expect((await call()).status).to.equal(status);
      expectRefusal(await call());
    }
  });

  it("leave health checks alone", async () => {
    const address = newAddress();

    for (let call = 0; call < 20; call++) {
      expect((await clinic.rest.get("/health", address)).status).to.equal(200);
    }
  });

  it("are none in open mode", async () => {
    const open = await System.open(limits);

    for (let call = 0; call < 20; call++) {
      const { status, headers } = await open.rest.get("/api/v1/doctors");
      expect([status, headers.get("ratelimit"), headers.get("ratelimit-policy")]).to.deep.equal([200, null, null]);
    }
    await open.close();
  });
});

describe("limits of a request", function () {
  this.timeout(40_000);
  let clinic: System;
  let token: string;
  before(async () => {
    clinic = await System.open({ AUTH_SECRET: secret });
    token = await tokenFor({ role: "staff" });
  });
  after(() => clinic.close());

  const both = (): [string, Service][] => [
    ["api", clinic.api],
    ["realtime", clinic.realtime],
  ];
  const maxEndMs = serverLimits.requestTimeout + serverLimits.connectionsCheckingInterval + 1_500;

  /** Sends a beginning, then a byte each second, and nothing that ends the request. */
  async function drip(port: number, beginning: string): Promise<{ ms: number; answer: string }> {
    const begunAt = performance.now();
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => (answer += String(chunk)));
    socket.on("error", () => {});
    socket.write(beginning);
    const next = setInterval(() => socket.writable && socket.write("x"), 1_000);
    await Promise.race([once(socket, "close"), delay(maxEndMs + 5_000, undefined, { ref: false })]);
    clearInterval(next);
    const ms = performance.now() - begunAt;
    socket.destroy();
    return { ms, answer };
  }

  it("end headers and bodies that come by the drop, on both processes", async () => {
    const post = `POST /api/v1/doctors HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n`;
    const upgrade = "GET /api/v1/ws/queue HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Slow: ";

    const ends = await Promise.all(
      both().flatMap(([name, { port }]) =>
        ["GET /health HTTP/1.1\r\nX-Slow: ", upgrade, post].map(async (beginning) => ({
          what: `${name}: ${beginning.slice(0, 20)}`,
          ...(await drip(port, beginning)),
        })),
      ),
    );

    for (const { what, ms, answer } of ends) {
      expect(ms, what).to.be.below(maxEndMs);
      // The realtime process has no use for a body, so it answers at once and does not wait for the rest.
      const status = what.startsWith("realtime: POST") ? "404" : "408";
      expect(answer, what).to.match(new RegExp(`^HTTP/1\\.1 ${status}`));
    }
    for (const [name, { address }] of both()) {
      expect((await fetch(`${address}/health`)).status, name).to.equal(200);
    }
  });

  it("answer a URL that is too long with 414", async () => {
    const { status, body } = await clinic.rest.get(`/api/v1/doctors?date=${"x".repeat(2_048)}`);

    expect([status, body.error]).to.deep.equal([414, "UriTooLong"]);
  });

  it("answer headers that are too large with 431, on both processes", async () => {
    for (const [name, { address }] of both()) {
      const { status } = await fetch(`${address}/health`, { headers: { "x-large": "x".repeat(20_000) } });

      expect(status, name).to.equal(431);
    }
  });

  it("answer a body of over 64 KB with 413, and do not read it of who may not send it", async () => {
    const body = JSON.stringify({ name: "x".repeat(65_536) });
    const json = { "content-type": "application/json" };

    const stranger = await clinic.rest.raw("/api/v1/doctors", body, json);
    const staff = await clinic.restAs(token).raw("/api/v1/doctors", body, json);
    const signIn = await clinic.rest.raw("/api/v1/sessions", body, json);

    expect([stranger.status, stranger.body.error]).to.deep.equal([401, "Unauthorized"]);
    expect([staff.status, staff.body.error]).to.deep.equal([413, "PayloadTooLarge"]);
    expect([signIn.status, signIn.body.error]).to.deep.equal([413, "PayloadTooLarge"]);
  });
});
