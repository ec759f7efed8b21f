import { setImmediate as turn, setTimeout } from "node:timers/promises";
import { expect } from "chai";
import type { QueueClient, QueueClientOptions } from "../../client/queue-client.ts";
import { someDay } from "../support/clinic.ts";
import { eventually } from "../support/eventually.ts";
import { Heard } from "../support/heard.ts";
import { errorOf, pong, queueOf, ScriptedServer } from "../support/scripted-server.ts";

const snapshot = { type: "snapshot", data: queueOf(someDay, 1) };

interface Case {
  name: string;
  options?: Partial<QueueClientOptions>;
  date?: string;
  /** What the server says to each subscription. */
  answers: object[];
  /** Has the callback close the client. */
  arm: (client: QueueClient, close: () => void) => void;
}

const onState =
  (state: string): Case["arm"] =>
  (client, close) => {
    client.onState = ({ name }) => name === state && close();
  };
const onError: Case["arm"] = (client, close) => {
  client.onError = close;
};

const cases: Case[] = [
  {
    name: "onQueue",
    answers: [snapshot, pong()],
    arm: (client, close) => {
      client.onQueue = close;
    },
  },
  { name: "onState, live", answers: [snapshot, pong()], arm: onState("live") },
  { name: "onState, stale", answers: [snapshot, pong({ live: false })], arm: onState("stale") },
  { name: "onState, offline", options: { url: "ws://127.0.0.1:1" }, answers: [], arm: onState("offline") },
  {
    name: "onState, offline for want of an address",
    options: { url: "no address" },
    answers: [],
    arm: onState("offline"),
  },
  { name: "onState, unauthorized", answers: [errorOf("unauthenticated")], arm: onState("unauthorized") },
  { name: "onError, unauthenticated", answers: [errorOf("unauthenticated")], arm: onError },
  { name: "onError, rate_limited", answers: [errorOf("rate_limited")], arm: onError },
  { name: "onError, invalid_url", options: { url: "no address" }, answers: [], arm: onError },
  {
    name: "onError, token_unavailable",
    options: { token: () => Promise.reject(new Error("none")) },
    answers: [],
    arm: onError,
  },
  {
    name: "onError, clinic_unreachable",
    options: { api: "http://127.0.0.1:1" },
    date: "today",
    answers: [],
    arm: onError,
  },
];

describe("closing the client library inside a callback", () => {
  let server: ScriptedServer;
  before(async () => {
    server = await ScriptedServer.open();
  });
  after(() => server.close());

  for (const one of cases) {
    it(`leaves nothing running, and is told no more: ${one.name}`, async () => {
      server.answer = ({ action }) => (action === "subscribe" ? one.answers : []);
      const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
      await setTimeout(1);
      const before = timers();
      const heard = new Heard({ url: server.url, pingIntervalMs: 60_000, ...one.options });
      let after = 0;
      const told = new Promise<void>((done) => {
        one.arm(heard.client, () => {
          heard.close();
          for (const callback of ["onQueue", "onState", "onError"] as const)
            heard.client[callback] = () => (after += 1);
          done();
        });
      });

      heard.client.watch(one.date ?? someDay);
      await told;

      await eventually(() => expect(server.alive).to.equal(0));
      await eventually(() => expect(timers()).to.be.at.most(before));
      expect(after).to.equal(0);
    });
  }
});

describe("a client library that was closed", () => {
  it("takes no token that comes later", async () => {
    let give = (_token: string): void => {};
    const heard = new Heard({
      url: "ws://127.0.0.1:1",
      token: () => new Promise((resolve) => (give = resolve)),
    });
    heard.client.watch(someDay);

    heard.close();
    give("late");
    await turn();

    expect(heard.connections).to.deep.equal([]);
  });
});
