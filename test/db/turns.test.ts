import { expect } from "chai";
import { Turns } from "../../db/turns.ts";

const noLock = Object.assign(new Error("canceling statement due to lock timeout"), { code: "55P03" });

describe("Turns", () => {
  it("lets as many run as there are, and the others in the order that they came", async () => {
    const turns = new Turns(2);
    const events: string[] = [];
    const work = (name: string) =>
      turns.take(async () => {
        events.push(`${name} begins`);
        await tick();
        events.push(`${name} ends`);
      });

    await Promise.all(["a", "b", "c", "d"].map(work));

    expect(events.filter((event) => event.endsWith("begins"))).to.deep.equal([
      "a begins",
      "b begins",
      "c begins",
      "d begins",
    ]);
    expect(events.indexOf("c begins")).to.be.greaterThan(events.indexOf("a ends"));
    expect(turns.isIdle).to.equal(true);
  });

  it("rejects what waits behind work that did not get its lock", async () => {
    const turns = new Turns(1);
    const [first, second] = await Promise.allSettled([
      turns.take(async () => fail(noLock)),
      turns.take(async () => "never"),
    ]);

    expect([first, second].map((settled) => settled.status === "rejected" && settled.reason.code)).to.deep.equal([
      "55P03",
      "55P03",
    ]);
    expect(await turns.take(async () => "again")).to.equal("again");
  });

  it("lets one find out whether the lock is still held, and all run once it is not", async () => {
    const turns = new Turns(2, 1);
    let running = 0;
    let most = 0;
    const work = (end: () => Promise<unknown>) => () =>
      turns.take(async () => {
        most = Math.max(most, ++running);
        await end().finally(() => (running -= 1));
      });
    const mostOf = async (works: (() => Promise<unknown>)[]): Promise<number> => {
      most = 0;
      await Promise.allSettled(works.map((begin) => begin()));
      return most;
    };

    const atFirst = await mostOf([work(() => fail(noLock)), work(() => fail(noLock))]);
    const whileHeld = await mostOf([work(() => fail(noLock)), work(() => fail(noLock))]);
    const isForgotten = turns.isIdle;
    const afterwards = await mostOf([work(tick), work(tick), work(tick)]);

    expect([atFirst, whileHeld, afterwards]).to.deep.equal([2, 1, 2]);
    expect([isForgotten, turns.isIdle]).to.deep.equal([false, true]);
  });

  it("is not stuck for work that was rejected behind the lock of other work", async () => {
    const [outer, inner] = [new Turns(1), new Turns(1)];

    await Promise.allSettled([inner.take(async () => fail(noLock)), outer.take(() => inner.take(tick))]);

    expect([inner.isStuck, outer.isStuck]).to.deep.equal([true, false]);
  });

  it("goes on while other work gets its lock", async () => {
    const turns = new Turns(2);
    let loseLock = (): void => {};
    const lost = new Promise<void>((resolve) => (loseLock = resolve));

    const [without, ...others] = await Promise.allSettled([
      turns.take(async () => lost.then(() => fail(noLock))),
      turns.take(tick),
      turns.take(async () => loseLock()),
      turns.take(tick),
      turns.take(tick),
    ]);

    expect(without.status).to.equal("rejected");
    expect(others.map(({ status }) => status)).to.deep.equal(others.map(() => "fulfilled"));
  });

  it("goes on after work that failed for another reason", async () => {
    const turns = new Turns(1);

    const [first, second] = await Promise.allSettled([
      turns.take(async () => fail(new Error("No available slots"))),
      turns.take(async () => "served"),
    ]);

    expect(first.status).to.equal("rejected");
    expect(second).to.deep.equal({ status: "fulfilled", value: "served" });
  });
});

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function fail(error: Error): Promise<never> {
  await tick();
  throw error;
}
