import { expect } from "chai";
import { SpokenSummary } from "../../../web/shared/live/spoken-summary.ts";

/** Time that a test moves. */
class Clock {
  #nowMs = 0;
  #timers: { atMs: number; act: () => void }[] = [];

  now = (): number => this.#nowMs;
  after = (ms: number, act: () => void): (() => void) => {
    const timer = { atMs: this.#nowMs + ms, act };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  };

  forward(ms: number): void {
    this.#nowMs += ms;
    const due = this.#timers.filter(({ atMs }) => atMs <= this.#nowMs);
    this.#timers = this.#timers.filter((timer) => !due.includes(timer));
    for (const { act } of due) act();
  }
}

describe("the summary for screen readers", () => {
  it("tells the first change at once, and all others of ten seconds together", () => {
    const clock = new Clock();
    const told: Record<string, number>[] = [];
    const summary = new SpokenSummary<string>((counts) => told.push(Object.fromEntries(counts)), clock);

    summary.add("arrived");
    clock.forward(0);
    for (let changes = 0; changes < 90; changes++) {
      summary.add(changes % 2 === 0 ? "called" : "arrived");
      clock.forward(100);
    }
    expect(told).to.deep.equal([{ arrived: 1 }]);
    clock.forward(1_000);

    expect(told).to.deep.equal([{ arrived: 1 }, { called: 45, arrived: 45 }]);
  });

  it("tells nothing of nothing, and nothing after its end", () => {
    const clock = new Clock();
    const told: unknown[] = [];
    const summary = new SpokenSummary<string>((counts) => told.push(counts), clock);

    summary.add("called", 0);
    clock.forward(20_000);
    summary.add("called");
    summary.close();
    clock.forward(20_000);

    expect(told).to.deep.equal([]);
  });
});
