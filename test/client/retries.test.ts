import { mock } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { expect } from "chai";
import { errorOf } from "../../client/errors.ts";
import { withRetries, type Outcome } from "../../client/retries.ts";

const limits = { firstRetryMs: 200, slowestRetryMs: 1_000, attempts: 6, patienceMs: 30_000 };
const inVain = { error: errorOf(503, null, "") };

describe("the retries of a call", () => {
  let part: number;
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout", "Date"] });
    mock.method(Math, "random", () => part);
  });
  afterEach(() => {
    mock.timers.reset();
    mock.restoreAll();
  });

  /** When each attempt was made, in ms, and what became of all of them. */
  async function course(
    outcomes: Outcome<string>[],
    changed: Partial<typeof limits> = {},
  ): Promise<{ attemptsMs: number[]; end: unknown }> {
    const attemptsMs: number[] = [];
    const began = Date.now();
    let end: unknown;
    const attempt = async (before: number): Promise<Outcome<string>> => {
      attemptsMs.push(Date.now() - began);
      return outcomes[Math.min(before, outcomes.length - 1)] ?? inVain;
    };
    void withRetries(attempt, { ...limits, ...changed }, undefined).then(
      (value) => (end = value),
      (error: unknown) => (end = error),
    );
    for (let ms = 0; end === undefined && ms <= 100_000; ms += 10) {
      await turn();
      if (end === undefined) mock.timers.tick(10);
    }
    return { attemptsMs, end };
  }

  it("come after a random part of waits that double, up to the slowest", async () => {
    part = 0.5;
    const half = await course([inVain]);
    part = 0;
    const none = await course([inVain]);

    expect(half.attemptsMs).to.deep.equal([0, 100, 300, 700, 1_200, 1_700]);
    expect(half.end).to.equal(inVain.error);
    // Time goes on by 10 ms here.
    expect(none.attemptsMs).to.deep.equal([0, 10, 20, 30, 40, 50]);
  });

  it("come no sooner than the server asks for", async () => {
    part = 0.5;

    const { attemptsMs, end } = await course([{ ...inVain, retryAfterMs: 5_000 }, inVain, { value: "done" }]);

    expect(attemptsMs).to.deep.equal([0, 5_000, 5_200]);
    expect(end).to.equal("done");
  });

  it("end with the patience", async () => {
    part = 0.5;

    const slow = await course([inVain], { patienceMs: 650 });
    const never = await course([{ ...inVain, retryAfterMs: 900_000 }]);

    expect(slow.attemptsMs).to.have.length(3);
    expect(never.attemptsMs).to.have.length(1);
    expect(never.end).to.equal(inVain.error);
  });
});
