import { mock } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { expect } from "chai";
import { ClinicWatcher } from "../../client/clinic-watcher.ts";
import { QueueClient } from "../../client/queue-client.ts";
import { someDay } from "../support/clinic.ts";

/** The waits before the attempts, as a part of 1: the least, the middle and almost all of what is allowed. */
const parts = [0, 0.5, 0.999_999];
const ceilingsMs = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000];

describe("the waits of the client library", () => {
  let part: number;
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
    mock.method(Math, "random", () => part);
  });
  afterEach(() => {
    mock.timers.reset();
    mock.restoreAll();
  });

  /** Lets time pass until the next attempt: how long that took, in whole ms. */
  async function waitFor(attempts: () => number): Promise<number> {
    const before = attempts();
    await turn();
    for (let waitedMs = 1; waitedMs <= 40_000; waitedMs++) {
      mock.timers.tick(1);
      if (attempts() > before) return waitedMs;
    }
    throw new Error("no attempt came");
  }

  /** A server that is not there: each connection closes before it is open. */
  class NobodyThere {
    static made = 0;
    /** What the next connection is told in place of being closed. */
    static greet: ((socket: NobodyThere) => void) | undefined;
    readyState = 1;
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    onerror: (() => void) | null = null;
    onclose: ((event: { code: number; reason: string }) => void) | null = null;

    constructor() {
      NobodyThere.made += 1;
      const { greet } = NobodyThere;
      queueMicrotask(() => (greet ? greet(this) : this.onclose?.({ code: 1006, reason: "" })));
    }

    send(): void {}
    close(): void {}
  }

  const open = (): QueueClient => {
    NobodyThere.made = 0;
    NobodyThere.greet = undefined;
    return new QueueClient({ url: "ws://nobody", WebSocket: NobodyThere });
  };

  for (const one of parts) {
    it(`are ${one} of a ceiling that doubles from 1 s to 30 s, where the server is not there`, async () => {
      part = one;
      const client = open();
      client.watch(someDay);
      await turn();

      const waits: number[] = [];
      for (const _ of ceilingsMs) waits.push(await waitFor(() => NobodyThere.made));

      expect(waits).to.deep.equal(ceilingsMs.map((ceilingMs) => expectedMs(part, ceilingMs)));
      client.close();
    });
  }

  it("are short again once the server has sent a queue", async () => {
    part = 0.999_999;
    const client = open();
    client.watch(someDay);
    for (let n = 0; n < 4; n++) await waitFor(() => NobodyThere.made);
    NobodyThere.greet = (socket) => {
      NobodyThere.greet = undefined;
      const data = { date: someDay, epoch: "e", revision: 1, doctors: [] };
      socket.onopen?.();
      socket.onmessage?.({ data: JSON.stringify({ type: "snapshot", data }) });
      socket.onclose?.({ code: 1012, reason: "Server restarts" });
    };
    await waitFor(() => NobodyThere.made);

    expect(await waitFor(() => NobodyThere.made)).to.equal(expectedMs(part, 1_000));
    client.close();
  });

  for (const one of parts) {
    it(`are ${one} of a ceiling that doubles from 1 s to 30 s, where the api says nothing of the clinic`, async () => {
      part = one;
      let asked = 0;
      mock.method(globalThis, "fetch", async () => {
        asked += 1;
        throw new Error("nobody there");
      });
      const watcher = new ClinicWatcher("http://nobody", () => {});
      await turn();

      const waits: number[] = [];
      for (const _ of ceilingsMs) waits.push(await waitFor(() => asked));

      expect(waits).to.deep.equal(ceilingsMs.map((ceilingMs) => expectedMs(part, ceilingMs)));
      watcher.close();
    });
  }
});

/** A timer takes 1 ms at least, and counts in whole ones. */
function expectedMs(part: number, ceilingMs: number): number {
  return Math.max(1, Math.ceil(part * ceilingMs));
}
