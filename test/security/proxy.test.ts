import { expect } from "chai";
import { networkOf } from "../../platform/client-address.ts";
import { hashPassword } from "../../access/passwords.ts";
import { System } from "../support/system.ts";
import { eventually } from "../support/eventually.ts";
import { Rest } from "../support/rest.ts";
import { Socket } from "../support/socket.ts";
import { secret, tokenFor } from "../support/tokens.ts";
import { clinicId } from "../support/default-clinic.ts";

const password = "a long password";
/** What a proxy says of a request of this client that came to it by TLS. */
const from = (address: string, proto = "https"): Record<string, string> => ({
  "x-forwarded-for": address,
  "x-forwarded-proto": proto,
});

async function addDesk({ sql }: System): Promise<void> {
  await sql`select add_account(${clinicId}, 'desk', 'staff', null, '', ${await hashPassword(password)}, null)`;
}

async function upgradeStatus(url: string, headers: Record<string, string>): Promise<number> {
  try {
    const socket = await Socket.open(url, { headers });
    await socket.close();
    return 101;
  } catch (error) {
    return Number(/\d{3}/.exec((error as Error).message)?.[0]);
  }
}

describe("behind a proxy that is trusted", () => {
  let clinic: System;
  let token: string;
  let cookie: string;
  let host: string;
  before(async () => {
    clinic = await System.open({
      AUTH_SECRET: secret,
      TRUST_PROXY: "loopback",
      MAX_SIGN_INS_PER_MINUTE_PER_ADDRESS: 3,
      MAX_CONNECTIONS_PER_ADDRESS: 2,
    });
    await addDesk(clinic);
    const signedIn = await signIn("192.0.2.1");
    token = signedIn.body.token as string;
    cookie = String(signedIn.headers.get("set-cookie")).split(";", 1)[0] ?? "";
    host = new URL(clinic.api.address).host;
  });
  after(() => clinic.close());

  const signIn = (address: string, { name = "desk", proto = "https" } = {}) =>
    clinic.rest.post("/api/v1/sessions", { name, password }, from(address, proto));
  const addDoctor = (headers: Record<string, string>) =>
    clinic.rest.post("/api/v1/doctors", { name: "Dr. Smith", code: `D${Math.random()}` }, headers);

  it("binds the cookie to TLS where the client came by TLS", async () => {
    const overTls = await signIn("192.0.2.2");
    const without = await signIn("192.0.2.2", { proto: "http" });

    expect(overTls.headers.get("set-cookie")).to.match(/^__Host-clinic_queue=.*; HttpOnly; Secure; SameSite=Strict$/);
    expect(without.headers.get("set-cookie")).to.match(/^clinic_queue=.*; HttpOnly; SameSite=Strict$/);
  });

  it("takes over TLS no cookie that could have been set without", async () => {
    const unbound = cookie.replace("__Host-", "");
    const origin = `https://${new URL(clinic.socketUrl).host}`;

    expect((await clinic.rest.get("/api/v1/doctors", { cookie, ...from("192.0.2.3") })).status).to.equal(200);
    expect((await clinic.rest.get("/api/v1/doctors", { cookie: unbound, ...from("192.0.2.3") })).status).to.equal(401);
    const socket = await Socket.open(clinic.socketUrl, { headers: { cookie: unbound, origin, ...from("192.0.2.3") } });
    socket.send({ action: "subscribe", date: "2030-01-01" });
    expect((await socket.nextError()).code).to.equal("unauthenticated");
    await socket.close();
  });

  it("lets only a page of the same host that came by TLS change things with the cookie", async () => {
    const overTls = { cookie, ...from("192.0.2.4") };

    const statuses = [
      await addDoctor({ ...overTls, "sec-fetch-site": "same-origin" }),
      await addDoctor({ ...overTls, origin: `https://${host}` }),
      await addDoctor({ ...overTls, origin: `http://${host}` }),
      await addDoctor({ ...overTls, origin: "https://evil.example" }),
      await addDoctor({ ...overTls, "sec-fetch-site": "same-site", origin: `https://${host}` }),
      await addDoctor({ ...overTls, "sec-fetch-site": "cross-site", origin: `https://${host}` }),
      await addDoctor({ ...overTls, "sec-fetch-site": "none" }),
      await addDoctor({ ...overTls, origin: "null" }),
      await addDoctor(overTls),
    ].map(({ status }) => status);

    expect(statuses).to.deep.equal([201, 201, 403, 403, 403, 403, 403, 403, 403]);
  });

  it("lets a page of the same host that came by TLS open a WebSocket with the cookie, and no other", async () => {
    const { host: address } = new URL(clinic.socketUrl);
    const open = (origin: string, scheme = "https") =>
      upgradeStatus(clinic.socketUrl, { cookie, origin, ...from("192.0.2.5", scheme) });

    expect(await open(`https://${address}`)).to.equal(101);
    expect(await open(`https://${address}`, "wss")).to.equal(101);
    expect(await open(`http://${address}`)).to.equal(403);
    expect(await open("https://evil.example")).to.equal(403);
    expect(await open("null")).to.equal(403);
    expect(await upgradeStatus(clinic.socketUrl, { cookie, ...from("192.0.2.5") })).to.equal(403);
  });

  it("knows clients by the address that the proxy saw, whatever they say themselves", async () => {
    await signIn("203.0.113.99, 198.51.100.7", { name: "nobody" });
    const bad = { authorization: "Bearer x.y.z", ...from("203.0.113.98, 198.51.100.8") };
    expect(await upgradeStatus(clinic.socketUrl, bad)).to.equal(401);

    await eventually(async () => {
      const events = await clinic.sql<{ action: string; address: string }[]>`
        select action, address from audit_events where address like '198.51.100.%' or address like '203.0.113.%'
        order by address
      `;
      expect([...events]).to.deep.equal([
        { action: "sign_in_refused", address: "198.51.100.7" },
        { action: "refuse", address: "198.51.100.8" },
      ]);
    });
  });

  it("counts calls by client, an IPv6 customer's network as one, and not by proxy", async () => {
    const addresses = ["192.0.2.20", "2001:db8:0:1100::1", "2001:db8:0:11ff:ffff::2", "2001:db8:0:1101::3"];
    const statuses: number[] = [];
    for (const address of [...addresses, "2001:db8:0:1122::4", "2001:db8:0:1200::5"]) {
      statuses.push((await signIn(address, { name: "nobody" })).status);
    }

    expect(statuses).to.deep.equal([401, 401, 401, 401, 429, 401]);
  });

  it("counts connections by client, an IPv6 customer's network as one, and not by proxy", async () => {
    const open = (address: string) => upgradeStatus(clinic.socketUrl, from(address));
    const held = await Promise.all(
      ["192.0.2.30", "192.0.2.30", "2001:db8::1", "2001:db8::2"].map((address) =>
        Socket.open(clinic.socketUrl, { headers: from(address) }),
      ),
    );

    expect(await open("192.0.2.30")).to.equal(503);
    expect(await open("198.51.100.30, 192.0.2.30")).to.equal(503);
    expect(await open("192.0.2.31")).to.equal(101);
    expect(await open("2001:db8:0:ff::3")).to.equal(503);
    expect(await open("2001:db8:0:100::3")).to.equal(101);

    await Promise.all(held.map((socket) => socket.close()));
    await eventually(async () => expect(await open("192.0.2.30")).to.equal(101));
  });

  it("sends screens that pair to the page by TLS", async () => {
    const { body } = await clinic.rest.post("/api/v1/screens/device_authorization", {}, from("192.0.2.40"));

    expect(body.verification_uri).to.equal(`https://${host}/screens`);
  });

  it("takes a token of the proxied client as any other", async () => {
    const rest = new Rest(clinic.api.address, { authorization: `Bearer ${token}`, ...from("192.0.2.41") });

    expect((await rest.get("/api/v1/sessions")).body).to.include({ role: "staff", name: "desk" });
    const headers = { authorization: `Bearer ${token}`, ...from("192.0.2.41") };
    expect(await upgradeStatus(clinic.socketUrl, headers)).to.equal(101);
  });
});

describe("without a proxy that is trusted", () => {
  let clinic: System;
  before(async () => {
    clinic = await System.open({
      AUTH_SECRET: secret,
      MAX_SIGN_INS_PER_MINUTE_PER_ADDRESS: 3,
      MAX_CONNECTIONS_PER_ADDRESS: 1,
    });
    await addDesk(clinic);
  });
  after(() => clinic.close());

  it("believes no forwarded header", async () => {
    const statuses: number[] = [];
    let cookie = "";
    for (const address of ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"]) {
      const { status, headers } = await clinic.rest.post(
        "/api/v1/sessions",
        { name: "desk", password },
        { ...from(address), forwarded: `for=${address};proto=https` },
      );
      statuses.push(status);
      if (status === 201) cookie = headers.get("set-cookie")?.split(";", 1)[0] ?? "";
      expect(cookie).to.match(/^clinic_queue=/);
    }
    const token = await tokenFor({ role: "staff" });
    const socket = await clinic.connectAs(token);

    expect(statuses).to.deep.equal([201, 201, 201, 429]);
    expect(await upgradeStatus(clinic.socketUrl, from("192.0.2.9"))).to.equal(503);
    const addresses = await clinic.sql<{ address: string }[]>`
      select distinct address from audit_events where action = 'sign_in'
    `;
    expect([...addresses]).to.deep.equal([{ address: "127.0.0.1" }]);
    await socket.close();
    // Believed, the header would make this cookie one that could have been set without TLS.
    const origin = `http://${new URL(clinic.socketUrl).host}`;
    const headers = { cookie, origin, ...from("192.0.2.9") };
    const page = await eventually(() => Socket.open(clinic.socketUrl, { headers }));
    await page.subscribe("2030-01-01");
    await page.close();
  });
});

describe("networkOf", () => {
  it("is an IPv4 address itself, and the first 56 bits of an IPv6 one", () => {
    const cases = {
      "192.0.2.1": "192.0.2.1",
      "": "",
      "::": "::/56",
      "::1": "::/56",
      "fe80::1%eth0": "fe80::/56",
      "2001:db8::1": "2001:db8::/56",
      "2001:DB8:0:0:0:0:0:1": "2001:db8::/56",
      "2001:db8:1:2345:6:7:8:9": "2001:db8:1:2300::/56",
      "2001:db8:1:23ff::": "2001:db8:1:2300::/56",
      "64:ff9b::192.0.2.1": "64:ff9b::/56",
    };

    for (const [address, network] of Object.entries(cases)) expect(networkOf(address), address).to.equal(network);
  });
});
