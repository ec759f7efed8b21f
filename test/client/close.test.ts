import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { WebSocketServer } from "ws";
import type { QueueClient, QueueClientOptions } from "../../client/queue-client.ts";
import { someDay } from "../support/clinic.ts";
import { eventually } from "../support/eventually.ts";
import { Heard } from "../support/heard.ts";

const snapshot = { type: "snapshot", data: { date: someDay, epoch: "e", revision: 1, doctors: [] } };
const pong = { type: "pong", timestamp: new Date().toISOString(), live: true };

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
const error = (code: string) => ({ type: "error", error: code, code });

const cases: Case[] = [
  {
    name: "onQueue",
    answers: [snapshot, pong],
    arm: (client, close) => {
      client.onQueue = close;
    },
  },
  { name: "onState, live", answers: [snapshot, pong], arm: onState("live") },
  { name: "onState, stale", answers: [snapshot, { ...pong, live: false }], arm: onState("stale") },
  { name: "onState, offline", options: { url: "ws://127.0.0.1:1" }, answers: [], arm: onState("offline") },
  {
    name: "onState, offline for want of an address",
    options: { url: "no address" },
    answers: [],
    arm: onState("offline"),
  },
  { name: "onState, unauthorized", answers: [error("unauthenticated")], arm: onState("unauthorized") },
  { name: "onError, unauthenticated", answers: [error("unauthenticated")], arm: onError },
  { name: "onError, rate_limited", answers: [error("rate_limited")], arm: onError },
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
  let http: Server;
  let sockets: WebSocketServer;
  let answers: object[];
  let url: string;
  before(async () => {
    http = createServer().listen(0, "127.0.0.1");
    await once(http, "listening");
    url = `ws://127.0.0.1:${(http.address() as { port: number }).port}`;
    sockets = new WebSocketServer({ server: http });
    sockets.on("connection", (socket) => {
      socket.on("message", (data) => {
        if (!(data as Buffer).toString().includes("subscribe")) return;
        for (const answer of answers) socket.send(JSON.stringify(answer));
      });
    });
  });
  after(async () => {
    sockets.close();
    await new Promise((done) => http.close(done));
  });

  for (const one of cases) {
    it(`leaves nothing running, and is told no more: ${one.name}`, async () => {
      ({ answers } = one);
      const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
      await setTimeout(1);
      const before = timers();
      const heard = new Heard({ url, pingIntervalMs: 60_000, ...one.options });
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

      await eventually(() => expect(sockets.clients.size).to.equal(0));
      await eventually(() => expect(timers()).to.be.at.most(before));
      expect(after).to.equal(0);
    });
  }
});
