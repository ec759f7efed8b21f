import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { expect } from "chai";
import { WebSocket } from "ws";
import type { ConnectionState } from "../../client/queue-client.ts";
import { nextDay, someDay } from "../support/clinic.ts";
import { eventually } from "../support/eventually.ts";
import { Heard } from "../support/heard.ts";
import { otherEpoch } from "../support/queue-changes.ts";
import { answerWell, errorOf, pong, queueOf, ScriptedServer } from "../support/scripted-server.ts";

describe("the client library and what a server may answer", () => {
  let server: ScriptedServer;
  let heard: Heard;
  beforeEach(async () => {
    server = await ScriptedServer.open();
    heard = new Heard({ url: server.url, pingIntervalMs: 60_000 });
  });
  afterEach(async () => {
    heard.close();
    await server.close();
  });

  const snapshot = (date: string | undefined, revision: number, fields?: object): object => ({
    type: "snapshot",
    data: queueOf(date, revision, fields),
  });
  const update = (date: string | undefined, revision: number): object => ({
    type: "update",
    data: queueOf(date, revision),
  });
  const delta = (date: string | undefined, from_revision: number, revision: number): object => ({
    type: "delta",
    data: queueOf(date, revision, { from_revision, removed_doctors: [] }),
  });
  const told = (): unknown[] => heard.queues.map(({ date, revision }) => [date, revision]);
  const datesAskedFor = (): unknown[] => server.subscriptions.map(({ date }) => date);

  /** What the client asked for by now has come to the server once a later question has. */
  async function watchLast(date: string): Promise<void> {
    heard.client.watch(date);
    await eventually(() => expect(heard.last?.date).to.equal(date));
  }

  it("shows nothing of the date before that was still on its way, and asks for no more of it", async () => {
    server.answer = (request) =>
      request.action === "subscribe" && request.date === nextDay
        ? [update(someDay, 2), delta(someDay, 2, 3), snapshot(nextDay, 1)]
        : answerWell(request);
    heard.client.watch(someDay);
    await eventually(() => expect(heard.last?.date).to.equal(someDay));

    heard.client.watch(nextDay);
    await eventually(() => expect(heard.last?.date).to.equal(nextDay));
    await watchLast(someDay);

    expect(told()).to.deep.equal([
      [someDay, 1],
      [nextDay, 1],
      [someDay, 1],
    ]);
    expect(datesAskedFor()).to.deep.equal([someDay, nextDay, someDay]);
    expect(JSON.stringify(server.subscriptions)).not.to.include("since");
  });

  it("asks for all of the date when a delta does not continue what it holds", async () => {
    server.answer = (request) => {
      if (request.action !== "subscribe") return answerWell(request);
      return server.subscriptions.length === 1 ? [snapshot(someDay, 1), delta(someDay, 5, 6)] : [snapshot(someDay, 6)];
    };
    heard.client.watch(someDay);

    await eventually(() => expect(heard.last?.revision).to.equal(6));

    expect(server.subscriptions[1]).not.to.have.property("since");
    expect(told()).to.deep.equal([
      [someDay, 1],
      [someDay, 6],
    ]);
  });

  it("tells a state once, however often and in whatever form it comes, unless it is of another history", async () => {
    const repeated = [snapshot(someDay, 1), snapshot(someDay, 1), update(someDay, 1), delta(someDay, 1, 1)];
    const restored = snapshot(someDay, 2, { epoch: otherEpoch });
    server.answer = (request) =>
      request.action === "subscribe" ? [...repeated, snapshot(someDay, 2), restored] : answerWell(request);
    heard.client.watch(someDay);

    await eventually(() => expect(heard.last?.epoch).to.equal(otherEpoch));

    expect(told()).to.deep.equal([
      [someDay, 1],
      [someDay, 2],
      [someDay, 2],
    ]);
  });

  it("is not live before it has a queue, nor after an error while it has none", async () => {
    server.answer = ({ action }) => (action === "ping" ? [pong(), errorOf("unavailable")] : []);
    heard.client.watch(someDay);
    await eventually(() => expect(heard.errors).to.deep.equal(["unavailable"]));
    expect(heard.states).to.deep.equal([]);
    server.say(snapshot(someDay, 1));
    await eventually(() => expect(heard.states).to.deep.equal(["live"]));

    heard.client.watch(nextDay);

    await eventually(() => expect(heard.states).to.deep.equal(["live", "connecting"]));
  });

  it("stays stale whatever else arrives, and asks again soon, until the server can vouch for itself", async () => {
    let live = false;
    server.answer = (request) =>
      request.action === "ping" ? [pong({ live }), update(someDay, server.pings + 1)] : answerWell(request);
    heard.client.watch(someDay);

    await eventually(() => expect(heard.last?.revision).to.be.greaterThan(3));
    expect(heard.states).to.deep.equal(["live", "stale"]);
    live = true;

    await eventually(() => expect(heard.states).to.deep.equal(["live", "stale", "live"]));
  });

  it("is not live by a queue that comes after an error, while the server cannot vouch for itself", async () => {
    server.answer = (request) => {
      if (request.action === "ping") return [pong({ live: false })];
      return request.date === nextDay ? [errorOf("unavailable"), snapshot(nextDay, 1)] : answerWell(request);
    };
    heard.client.watch(someDay);
    await eventually(() => expect(heard.states).to.deep.equal(["live", "stale"]));

    heard.client.watch(nextDay);
    await eventually(() => expect(heard.last?.date).to.equal(nextDay));
    await eventually(() => expect(heard.client.state.name).to.equal("stale"));

    expect(heard.states).to.deep.equal(["live", "stale", "connecting", "stale"]);
  });

  it("asks again, once, when it was told to ask less often, and is not live until it is answered", async () => {
    heard.client.watch(someDay);
    await eventually(() => expect(heard.client.state.name).to.equal("live"));
    server.answer = (request) => {
      if (request.action !== "subscribe" || server.subscriptions.length > 2) return answerWell(request);
      return [errorOf("rate_limited"), errorOf("rate_limited")];
    };

    heard.client.watch(nextDay);
    await eventually(() => expect(heard.last?.date).to.equal(nextDay));
    await watchLast(someDay);

    expect(heard.states).to.deep.equal(["live", "connecting", "live"]);
    expect(datesAskedFor()).to.deep.equal([someDay, nextDay, nextDay, someDay]);
    expect(heard.connections).to.have.length(1);
  });

  it("keeps nothing of what it may not see any more", async () => {
    heard.client.watch(someDay);
    await eventually(() => expect(heard.client.state.name).to.equal("live"));

    server.say(errorOf("forbidden"));
    await eventually(() => expect(heard.states).to.deep.equal(["live", "unauthorized", "live"]));

    expect(server.subscriptions[1]).not.to.have.property("since");
    expect(told()).to.deep.equal([
      [someDay, 1],
      [someDay, 1],
    ]);
  });

  it("comes back from a server that does not speak JSON, and says so", async () => {
    heard.close();
    heard = new Heard({ url: server.url, WebSocket });
    const states = statesOf(heard);
    server.answer = (request) => (server.requests.length <= 2 ? ["<html>"] : answerWell(request));
    heard.client.watch(someDay);

    await eventually(() => expect(heard.client.state.name).to.equal("live"));

    expect(states.map(({ name, reason }) => [name, reason?.code])).to.deep.equal([
      ["offline", "not_json"],
      ["live", undefined],
    ]);
  });

  it("leaves a server that takes the connection and never opens it", async () => {
    const taken = new Set<Socket>();
    const deaf = createServer((socket) => taken.add(socket)).listen(0, "127.0.0.1");
    await once(deaf, "listening");
    heard.close();
    const deafUrl = `ws://127.0.0.1:${(deaf.address() as AddressInfo).port}/`;
    heard = new Heard({ url: [deafUrl, server.url], pingIntervalMs: 200 });
    const states = statesOf(heard);
    heard.client.watch(someDay);

    await eventually(() => expect(heard.client.state.name).to.equal("live"));

    expect(states[0]?.reason).to.include({ url: deafUrl, code: "silence" });
    for (const socket of taken) socket.destroy();
    deaf.close();
  });

  it("tells each address that it tried and why that failed, and since when it is offline", async () => {
    heard.close();
    const urls = ["ws://127.0.0.1:1/", "ws://127.0.0.1:2/"];
    heard = new Heard({ url: urls });
    const states = statesOf(heard);
    heard.client.watch(someDay);

    await eventually(() => expect(states).to.have.length.greaterThan(2));

    expect(states.slice(0, 3).map(({ name, reason }) => [name, reason?.url])).to.deep.equal([
      ["offline", urls[0]],
      ["offline", urls[1]],
      ["offline", urls[0]],
    ]);
    expect(new Set(states.map(({ since }) => since)).size).to.equal(1);
  });

  it("asks once for what is watched anew before the connection is open, or watched already", async () => {
    heard.client.watch(someDay);
    heard.client.watch(nextDay);
    await eventually(() => expect(heard.last?.date).to.equal(nextDay));
    heard.client.watch(nextDay);
    await watchLast(someDay);

    expect(datesAskedFor()).to.deep.equal([nextDay, someDay]);
    expect(heard.connections).to.have.length(1);
  });

  for (const pingIntervalMs of [100, 60_000]) {
    it(`renews its token by the server's clock, where it pings after ${pingIntervalMs} ms`, async () => {
      heard.close();
      let asked = 0;
      heard = new Heard({ url: server.url, pingIntervalMs, token: () => `token ${++asked}` });
      // The server's clock is far ahead of ours. A second is the least that the client waits before it asks again.
      const timestamp = "2100-01-01T00:00:00.000Z";
      const expires_at = "2100-01-01T00:00:01.200Z";
      server.answer = (request) => {
        if (request.action === "authenticate") return [{ type: "authenticated", role: "staff", expires_at }];
        return request.action === "ping" ? [pong({ timestamp })] : answerWell(request);
      };
      heard.client.watch(someDay);

      const tokens = (): unknown[] => server.requests.flatMap(({ token }) => token ?? []);
      await eventually(() => expect(tokens()).to.deep.equal(["token 1", "token 2", "token 3"]));

      expect(heard.connections).to.have.length(1);
    });
  }
});

/** Each state that is told from now on. */
function statesOf({ client }: Heard): ConnectionState[] {
  const states: ConnectionState[] = [];
  client.onState = (state) => states.push(state);
  return states;
}
