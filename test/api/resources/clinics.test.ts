import { connect } from "node:net";
import { text as readAll } from "node:stream/consumers";
import { expect } from "chai";
import { account, password } from "../../support/accounts.ts";
import { someDay, startApi } from "../../support/clinic.ts";
import { System } from "../../support/system.ts";
import { eventually } from "../../support/eventually.ts";
import { Rest } from "../../support/rest.ts";
import type { Service } from "../../support/service.ts";
import { Socket } from "../../support/socket.ts";
import { secret, tokenFor } from "../../support/tokens.ts";
import { upgrade } from "../../support/upgrade.ts";

const path = "/api/v1/clinics";
/** What is decided in one process is known in every other within a second; a busy machine gets more time. */
const soonMs = 3_000;

describe("the clinics of a deployment", () => {
  let system: System;
  let other: Service;
  let operator: Rest;
  before(async () => {
    system = await System.open({ AUTH_SECRET: secret });
    other = await startApi(system.database.url, { AUTH_SECRET: secret });
    operator = system.restAs(await tokenFor({ role: "operator", name: "otto" }));
  });
  after(async () => {
    await other?.stop();
    await system?.close();
  });

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const addressOf = (code: string): string => `${system.api.address}/c/${code}`;
  const socketUrlOf = (code: string): string => system.socketUrl.replace("/api/v1", `/c/${code}/api/v1`);
  const add = async (code: string) => operator.post(path, { code, name: "East", timezone: "Asia/Tokyo" });
  const tokenOf = (link: string): string => new URLSearchParams(new URL(link).hash.slice(1)).get("invite") ?? "";
  const accept = (code: string, token: string, typed: string = password) =>
    new Rest(addressOf(code)).post("/api/v1/sessions/invitation", { token, password: typed });

  it("are added by an operator, and are there at once, in every process", async () => {
    const { status, body } = await add("east");

    expect([status, body.code, body.name, body.timezone, body.suspended]).to.deep.equal([
      201,
      "east",
      "East",
      "Asia/Tokyo",
      false,
    ]);
    expect((await new Rest(`${other.address}/c/east`).get("/api/v1/clinic")).body).to.include({ code: "east" });
    const { body: all } = await operator.get(path);
    expect((all as { code: string }[]).map(({ code }) => code)).to.deep.equal(["default", "east"]);
  });

  it("have a manager, whose link is good once, at that clinic, for a password", async () => {
    const { body } = await add("north");
    const { url, name, expires_at } = body.invitation;
    const token = tokenOf(url);

    expect(url).to.match(/^http:\/\/127\.0\.0\.1:\d+\/c\/north\/#invite=[\w-]{43}&name=manager$/);
    expect(Date.parse(expires_at) - Date.parse(body.created_at)).to.equal(7 * 86_400_000);
    expect((await accept("default", token)).status).to.equal(404);
    expect((await accept("north", token, "short")).body.details[0].field).to.equal("password");
    const accepted = await Promise.all([accept("north", token), accept("north", token)]);
    expect(accepted.map(({ status }) => status)).to.have.members([201, 404]);

    const signedIn = accepted.find(({ status }) => status === 201);
    const manager = new Rest(addressOf("north"), bearer(signedIn?.body.token));
    expect((await manager.get("/api/v1/sessions")).body).to.include({ role: "manager", name });
    expect((await manager.patch("/api/v1/clinic", { daily_capacity: 3 })).status).to.equal(200);
    const again = await new Rest(addressOf("north")).post("/api/v1/sessions", { name: "manager", password });
    expect(again.status).to.equal(201);
  });

  it("let nobody in with a link that has ended, or before it was used", async () => {
    const { body } = await add("late");
    await system.sql`update invitations set expires_at = now() - interval '1 second'`;

    expect((await accept("late", tokenOf(body.invitation.url))).status).to.equal(404);
    const guessed = await new Rest(addressOf("late")).post("/api/v1/sessions", { name: "manager", password });
    expect(guessed.status).to.equal(401);
  });

  it("let nobody in with the link of an operator who was disabled", async () => {
    await account(system.database.url, ["add", "olga", "--role", "operator"]);
    const { body: signedIn } = await system.rest.post("/api/v1/sessions", { name: "olga", password });
    const olga = system.restAs(signedIn.token);
    const { body } = await olga.post(path, { code: "olgas", name: "Olga's", timezone: "UTC" });
    const { body: others } = await add("ottos");

    expect((await account(system.database.url, ["disable", "olga"])).code).to.equal(0);

    expect((await accept("olgas", tokenOf(body.invitation.url))).status).to.equal(404);
    expect((await accept("ottos", tokenOf(others.invitation.url))).status).to.equal(201);
  });

  it("are not added by a call without a Host, because the link would lead nowhere", async () => {
    const token = await tokenFor({ role: "operator" });
    const body = JSON.stringify({ code: "hostless", name: "No Host", timezone: "UTC" });
    const head = `POST ${path} HTTP/1.0\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json`;
    const socket = connect(system.api.port, "127.0.0.1");
    socket.write(`${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);

    expect(await readAll(socket)).to.match(/^HTTP\/1\.1 400 /);
    expect((await operator.get("/c/hostless/api/v1/clinic")).status).to.equal(404);
  });

  it("keep the link's token nowhere, not in the audit trail either", async () => {
    const { body } = await add("secretive");
    const token = tokenOf(body.invitation.url);

    const [{ rows }] = await system.sql<[{ rows: string }]>`
      select concat((select json_agg(i) from invitations i), (select json_agg(e) from audit_events e)) as rows
    `;
    expect(rows).to.include("secretive").and.not.include(token);
  });

  it("are refused where the code is another's, and where something is wrong", async () => {
    const taken = await add("default");
    expect([taken.status, taken.body.error]).to.deep.equal([409, "AlreadyExists"]);

    const right = { code: "west", name: "West", timezone: "UTC" };
    const wrong: [object, string][] = [
      [{ code: "West" }, "code"],
      [{ code: "-west" }, "code"],
      [{ code: "w".repeat(41) }, "code"],
      [{ name: "" }, "name"],
      [{ timezone: "Mars/Olympus" }, "timezone"],
      [{ is_default: true }, "is_default"],
    ];
    for (const [fields, field] of wrong) {
      const { status, body } = await operator.post(path, { ...right, ...fields });
      expect([status, body.details?.[0]?.field], JSON.stringify(fields)).to.deep.equal([400, field]);
    }
    expect((await operator.patch(`${path}/nowhere`, { name: "No" })).status).to.equal(404);
    expect((await operator.patch(`${path}/east`, { suspended: "yes" })).body.details[0].field).to.equal("suspended");
    const closing = await operator.patch(`${path}/default`, { suspended: true });
    expect([closing.status, closing.body.message]).to.deep.equal([
      400,
      "suspended: the default clinic cannot be suspended",
    ]);
  });

  it("are managed at the address of the default clinic alone", async () => {
    const token = await tokenFor({ role: "operator" });

    expect((await new Rest(addressOf("default"), bearer(token)).get(path)).status).to.equal(200);
    expect((await new Rest(addressOf("east"), bearer(token)).get(path)).status).to.equal(404);
    expect((await new Rest(addressOf("east")).post(path, {})).status).to.equal(404);
  });

  it("are closed by an operator in every process, and opened again", async () => {
    await add("south");
    const [{ id }] = await system.sql<[{ id: string }]>`select id from clinics where code = 'south'`;
    const token = await tokenFor({ role: "staff", clinic: id });
    const connect = async (headers: Record<string, string>) => Socket.open(socketUrlOf("south"), { headers });
    const sockets = [await connect(bearer(token)), await connect({})] as const;
    await sockets[0].subscribe(someDay);
    const here = await system.restAs(await tokenFor({ role: "staff" })).get("/api/v1/doctors");
    const calls = () =>
      Promise.all(
        [system.api.address, other.address].flatMap((address) => [
          new Rest(`${address}/c/south`, bearer(token)).get("/api/v1/doctors"),
          new Rest(`${address}/c/south`).get("/api/v1/clinic"),
        ]),
      );

    expect((await operator.patch(`${path}/south`, { suspended: true })).body).to.include({ suspended: true });
    const closed = await Promise.all(sockets.map((socket) => socket.closed()));
    const atOnce = await new Rest(addressOf("south"), bearer(token)).get("/api/v1/doctors");
    await eventually(
      async () => expect((await calls()).map(({ status }) => status)).to.deep.equal([403, 403, 403, 403]),
      soonMs,
    );
    const upgraded = await upgrade(socketUrlOf("south"), bearer(token));

    expect(closed).to.deep.equal([1008, 1008]);
    expect([atOnce.status, atOnce.body.error]).to.deep.equal([403, "ClinicSuspended"]);
    expect([upgraded.status, upgraded.body?.error]).to.deep.equal([403, "ClinicSuspended"]);
    expect([here.status, (await operator.get(path)).status]).to.deep.equal([200, 200]);

    await operator.patch(`${path}/south`, { suspended: false, name: "South again" });
    await eventually(
      async () => expect((await calls()).map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]),
      soonMs,
    );
    await eventually(async () => expect((await upgrade(socketUrlOf("south"), bearer(token))).status).to.equal(101));
  });
});
