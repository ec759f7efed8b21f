import { mock } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { expect } from "chai";
import { TokenKeeper } from "../../client/token-keeper.ts";

describe("the keeper of a client's tokens", () => {
  let part: number;
  let asked: number;
  let answer: () => string | undefined | Promise<string | undefined>;
  let told: string[];
  let keeper: TokenKeeper;
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
    mock.method(Math, "random", () => part);
    part = 0;
    asked = 0;
    answer = () => `token ${asked}`;
    told = [];
    keeper = new TokenKeeper(() => {
      asked += 1;
      return answer();
    });
  });
  afterEach(() => {
    keeper.stop();
    mock.timers.reset();
    mock.restoreAll();
  });

  const onToken = (token: string | undefined): void => void told.push(`${token}`);
  const onFailure = (error: unknown): void => void told.push(String(error));
  async function pass(ms: number): Promise<void> {
    mock.timers.tick(ms);
    await turn();
  }

  it("asks for the next token when 70 to 80 % of this one's life are over", async () => {
    for (const [random, afterMs] of [
      [0, 7_000],
      [1, 8_000],
    ] as const) {
      part = random;
      const before = asked;
      keeper.renew(10_000, onToken, onFailure);

      await pass(afterMs - 1);
      expect(asked).to.equal(before);
      await pass(1);

      expect(asked).to.equal(before + 1);
    }
    expect(told).to.deep.equal(["token 1", "token 2"]);
  });

  for (const lifeMs of [1_100, 10, 0, -5_000]) {
    it(`asks no sooner than after a second, where the token's life is ${lifeMs} ms`, async () => {
      keeper.renew(lifeMs, onToken, onFailure);

      await pass(999);
      expect(asked).to.equal(0);
      await pass(1);

      expect(told).to.deep.equal(["token 1"]);
    });
  }

  it("asks after the longest time that a timer takes, where the token's life is longer", async () => {
    keeper.renew(1e12, onToken, onFailure);

    await pass(2 ** 31 - 2);
    expect(asked).to.equal(0);
    await pass(1);

    expect(told).to.deep.equal(["token 1"]);
  });

  it("asks again in what is left of the life when it gets the same token, none, or an error", async () => {
    answer = () => "the same";
    keeper.ask(onToken, onFailure);
    await turn();
    keeper.renew(100_000, onToken, onFailure);

    await pass(70_000);
    answer = () => undefined;
    await pass(21_000);
    answer = () => {
      throw new Error("thrown");
    };
    await pass(6_300);
    answer = () => "another";
    await pass(1_890);

    expect(asked).to.equal(5);
    expect(told).to.deep.equal(["the same", "Error: thrown", "another"]);
  });

  it("waits ten seconds for an answer, and hears none that comes later", async () => {
    let give = (_token: string): void => {};
    answer = () => new Promise((resolve) => (give = resolve));
    keeper.ask(onToken, onFailure);

    await pass(9_999);
    expect(told).to.deep.equal([]);
    await pass(1);
    give("late");
    await turn();

    expect(told).to.deep.equal(["Error: The token function does not answer"]);
  });

  it("hears no answer to a question that another one has replaced, and asks nothing once it is stopped", async () => {
    const gives: ((token: string) => void)[] = [];
    answer = () => new Promise((resolve) => void gives.push(resolve));
    keeper.ask(onToken, onFailure);
    keeper.ask(onToken, onFailure);
    await turn();
    gives[0]?.("first");
    gives[1]?.("second");
    await turn();
    expect(told).to.deep.equal(["second"]);

    keeper.renew(10_000, onToken, onFailure);
    keeper.stop();
    await pass(60_000);

    expect(asked).to.equal(2);
  });

  it("gives a fixed token, and never asks for another", async () => {
    const fixed = new TokenKeeper("fixed");
    fixed.ask(onToken, onFailure);
    await turn();
    fixed.renew(10_000, onToken, onFailure);
    await pass(60_000);

    expect(told).to.deep.equal(["fixed"]);
  });
});
