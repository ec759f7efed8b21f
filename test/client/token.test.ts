import { expect } from "chai";
import type { QueueClientOptions } from "../../client/queue-client.ts";
import { createAccount, password } from "../support/accounts.ts";
import { someDay } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { eventually } from "../support/eventually.ts";
import { Heard } from "../support/heard.ts";
import type { Rest } from "../support/rest.ts";
import { secret, tokenFor } from "../support/tokens.ts";

describe("the client library with a token", () => {
  const lifetimeMs = 3_000;
  let clinic: System;
  let staff: Rest;
  let doctorId: string;
  let heard: Heard | undefined;
  before(async () => {
    clinic = await System.open({ AUTH_SECRET: secret, TOKEN_LIFETIME_S: lifetimeMs / 1_000, DAILY_CAPACITY: 1_000 });
    staff = clinic.restAs(await tokenFor({ role: "staff" }));
    doctorId = (await staff.addDoctor()).id;
    await staff.bookNew(doctorId, someDay);
  });
  afterEach(() => {
    heard?.close();
    heard = undefined;
  });
  after(() => clinic.close());

  function open(token: QueueClientOptions["token"]): Heard {
    heard = new Heard({ url: clinic.socketUrl, ...(token !== undefined && { token }) });
    return heard;
  }

  it("shows what a fixed token allows", async () => {
    const { client, states, errors } = open(await tokenFor({ role: "staff" }));
    client.watch(someDay);

    await eventually(() => expect(client.state.name).to.equal("live"));

    expect(heard?.last?.doctors[0]?.appointments[0]?.patient.name).to.equal("John Doe");
    expect(states).to.deep.equal(["live"]);
    expect(errors).to.deep.equal([]);
  });

  it("stays on one connection, without a gap, past the ends of its tokens", async () => {
    await createAccount(clinic.database, "desk");
    let session = clinic.restAs((await clinic.rest.post("/api/v1/sessions", { name: "desk", password })).body.token);
    let asked = 0;
    const { client, states, errors, connections } = open(async () => {
      asked += 1;
      const { token } = (await session.post("/api/v1/tokens", {})).body as { token: string };
      session = clinic.restAs(token);
      return token;
    });
    client.watch(someDay);
    await eventually(() => expect(client.state.name).to.equal("live"));

    const renewed = (): number => (connections[0]?.types ?? []).filter((type) => type === "authenticated").length;
    // When the fourth token is in force, the first two have ended.
    for (let tokens = 1; tokens <= 4; tokens++) {
      await eventually(() => expect(renewed()).to.equal(tokens));
      const { id } = await staff.bookNew(doctorId, someDay);
      await eventually(() => expect(JSON.stringify(heard?.last)).to.include(id));
    }

    expect(states).to.deep.equal(["live"]);
    expect(errors).to.deep.equal([]);
    expect(connections).to.have.length(1);
    expect(connections[0]?.types.filter((type) => type === "snapshot")).to.have.length(1);
    expect(asked).to.equal(4);
  });

  it("says that it is not let in once its session is revoked, and comes back with a good token", async () => {
    await createAccount(clinic.database, "other-desk");
    const signedIn = await clinic.rest.post("/api/v1/sessions", { name: "other-desk", password });
    let token: string | undefined = signedIn.body.token;
    const { client, states, errors } = open(() => token);
    client.watch(someDay);
    await eventually(() => expect(client.state.name).to.equal("live"));

    await clinic.restAs(signedIn.body.token).delete("/api/v1/sessions");
    await eventually(() => expect(client.state.name).to.equal("unauthorized"));
    expect(errors).to.include("unauthenticated");
    token = undefined;
    await eventually(() => expect(errors.length).to.be.greaterThan(2));
    token = await tokenFor({ role: "staff" });

    await eventually(() => expect(client.state.name).to.equal("live"));
    expect(states.slice(0, 2)).to.deep.equal(["live", "offline"]);
    expect(heard?.alive).to.equal(1);
  });

  it("does the same where the token has expired", async () => {
    let token = await tokenFor({ role: "staff" }, -1_000);
    const { client, states } = open(() => token);
    client.watch(someDay);
    await eventually(() => expect(states).to.include("unauthorized"));
    expect(heard?.queues).to.deep.equal([]);

    token = await tokenFor({ role: "staff" });

    await eventually(() => expect(client.state.name).to.equal("live"));
  });

  it("survives a token function that throws, rejects or never answers", async () => {
    const good = await tokenFor({ role: "staff" });
    const answers = [
      () => {
        throw new Error("thrown");
      },
      () => Promise.reject(new Error("rejected")),
      () => new Promise<string>(() => {}),
    ];
    const { client, errors } = open(() => (answers.shift() ?? (() => good))());
    client.watch(someDay);
    await eventually(() => expect(answers).to.deep.equal([]));
    expect(errors).to.deep.equal(["token_unavailable", "token_unavailable"]);

    await eventually(() => expect(client.state.name).to.equal("live"), 15_000);

    expect(errors).to.deep.equal(["token_unavailable", "token_unavailable", "token_unavailable"]);
  });

  it("gives a screen tickets and no names, and follows another view on a new connection", async () => {
    const { client, errors, connections } = open(await tokenFor({ role: "staff" }));
    client.watch(someDay, { view: "public" });
    await eventually(() => expect(client.state.name).to.equal("live"));
    const [shown] = heard?.last?.doctors[0]?.appointments ?? [];
    expect(shown?.patient).to.deep.equal({ id: null, name: shown?.ticket, phone: null, age: null, gender: null });

    client.watch(someDay);
    await eventually(() => expect(JSON.stringify(heard?.last)).to.include("John Doe"));
    client.watch(someDay, { view: "public" });
    await eventually(() => expect(JSON.stringify(heard?.last)).not.to.include("John Doe"));

    expect(errors).to.deep.equal([]);
    expect(connections.map(({ types }) => types.includes("delta"))).to.deep.equal([false, false, false]);
    expect(heard?.alive).to.equal(1);
  });

  it("says that a view is more than the token allows", async () => {
    const { client, errors } = open(await tokenFor({ role: "screen", screen_id: crypto.randomUUID() }));
    client.watch(someDay, { view: "staff" });
    await eventually(() => expect(client.state.name).to.equal("unauthorized"));
    expect(errors).to.include("forbidden");

    client.watch(someDay, { view: "public" });

    await eventually(() => expect(client.state.name).to.equal("live"));
  });
});
