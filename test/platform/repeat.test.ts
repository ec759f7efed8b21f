import { mock } from "node:test";
import { expect } from "chai";
import { Backoff, repeat } from "../../platform/repeat.ts";
import { rejection } from "../support/rejection.ts";

const hourMs = 3_600_000;

describe("repeat", () => {
  let stop: AbortController;
  beforeEach(() => {
    stop = new AbortController();
  });

  it("does something again until it is done", async () => {
    let turns = 0;

    await repeat(async () => (++turns === 3 ? "done" : undefined), { signal: stop.signal, intervalMs: 0 });

    expect(turns).to.equal(3);
  });

  it("ends a pause at once when it is stopped", async () => {
    let turns = 0;
    const turn = async () => {
      turns += 1;
      setImmediate(() => stop.abort());
      return undefined;
    };

    await repeat(turn, { signal: stop.signal, intervalMs: hourMs });

    expect(turns).to.equal(1);
  });

  it("does nothing any more once it is stopped, not even after a pause before the first turn", async () => {
    const turn = async () => expect.fail("it was stopped before");
    setImmediate(() => stop.abort());
    await repeat(turn, { signal: stop.signal, intervalMs: hourMs, pausesFirst: true });

    await repeat(turn, { signal: stop.signal, intervalMs: hourMs });
  });

  it("pauses for as long as a turn asks for, in place of the interval", async () => {
    let turns = 0;

    await repeat(async () => (++turns === 3 ? "done" : 0), { signal: stop.signal, intervalMs: hourMs });

    expect(turns).to.equal(3);
  });

  it("ends with what a turn throws", async () => {
    const turn = async () => {
      throw new Error("a bug");
    };

    const error = await rejection(repeat(turn, { signal: stop.signal, intervalMs: 0 }));

    expect(error.message).to.equal("a bug");
  });
});

describe("a back-off", () => {
  afterEach(() => mock.restoreAll());

  const three = (backoff: Backoff): number[] => [backoff.next(), backoff.next(), backoff.next()];

  it("doubles each pause up to the slowest, and begins anew", () => {
    const backoff = new Backoff({ firstMs: 100, slowestMs: 300 });

    expect(three(backoff)).to.deep.equal([100, 200, 300]);
    expect(backoff.next()).to.equal(300);
    backoff.reset();
    expect(backoff.next()).to.equal(100);
  });

  it("lets chance take a share of each pause, and no more", () => {
    const random = mock.method(Math, "random", () => 0);
    const backoff = new Backoff({ firstMs: 100, slowestMs: 400, jitter: 0.25 });

    expect(three(backoff)).to.deep.equal([100, 200, 400]);
    random.mock.mockImplementation(() => 1);
    backoff.reset();
    expect(three(backoff)).to.deep.equal([75, 150, 300]);
  });
});
