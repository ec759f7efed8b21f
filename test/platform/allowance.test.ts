import { mock } from "node:test";
import { expect } from "chai";
import { Allowance } from "../../platform/allowance.ts";

describe("an allowance", () => {
  let clockMs: number;
  beforeEach(() => {
    clockMs = 1_000_000;
    mock.method(performance, "now", () => clockMs);
  });
  afterEach(() => mock.restoreAll());

  const takeAll = (allowance: Allowance): number => {
    let taken = 0;
    while (allowance.take()) taken += 1;
    return taken;
  };

  it("gives at once what its burst allows, and no more", () => {
    expect(takeAll(new Allowance(20, 5))).to.equal(100);
    expect(takeAll(new Allowance(1, 1))).to.equal(1);
  });

  it("comes back at its rate, up to the burst", () => {
    const allowance = new Allowance(10, 2);
    takeAll(allowance);

    clockMs += 99;
    expect(takeAll(allowance)).to.equal(0);
    clockMs += 1;
    expect(takeAll(allowance)).to.equal(1);
    clockMs += 1_000;
    expect(takeAll(allowance)).to.equal(10);
    clockMs += 3_600_000;

    expect(takeAll(allowance)).to.equal(20);
  });

  it("is not used up by what it refused", () => {
    const allowance = new Allowance(10, 1);
    takeAll(allowance);
    for (let n = 0; n < 1_000; n++) allowance.take();

    clockMs += 100;

    expect(allowance.take()).to.equal(true);
  });

  it("gives no more in any second than its rate and burst, whenever it is asked", () => {
    const allowance = new Allowance(10, 1);
    const takenAt: number[] = [];
    for (let n = 0; n < 10_000; n++) {
      // Steps that do not divide the interval, and pauses now and then.
      clockMs += n % 1_000 === 0 ? 1_500 : 7;
      if (allowance.take()) takenAt.push(clockMs);
    }

    const inSecondFrom = (from: number): number => takenAt.filter((at) => at >= from && at < from + 1_000).length;
    expect(takenAt.length).to.be.greaterThan(700);
    expect(Math.max(...takenAt.map(inSecondFrom))).to.be.at.most(20);
  });
});
