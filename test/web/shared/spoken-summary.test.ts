import { expect } from "chai";
import { SpokenSummary, type FindNews } from "../../../web/shared/live/spoken-summary.ts";

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

/** Counts who came to where, of people whose places are known. */
const find: FindNews<Record<string, string>, string> = (before, after) => {
  const counts = new Map<string, number>();
  for (const [who, where] of Object.entries(after)) {
    if (before[who] !== where) counts.set(where, (counts.get(where) ?? 0) + 1);
  }
  return counts;
};

describe("the summary for screen readers", () => {
  const made = () => {
    const clock = new Clock();
    const told: Record<string, number>[] = [];
    const summary = new SpokenSummary(find, (counts) => told.push(Object.fromEntries(counts)), clock);
    return { clock, told, summary };
  };

  it("tells the first change at once, and all others of ten seconds together", () => {
    const { clock, told, summary } = made();

    summary.hear({});
    summary.hear({ anna: "waiting" });
    clock.forward(0);
    const people: Record<string, string> = { anna: "waiting" };
    for (let changes = 0; changes < 90; changes++) {
      people[`person ${changes}`] = changes % 2 === 0 ? "called" : "waiting";
      summary.hear({ ...people });
      clock.forward(100);
    }
    expect(told).to.deep.equal([{ waiting: 1 }]);
    clock.forward(1_000);

    expect(told).to.deep.equal([{ waiting: 1 }, { called: 45, waiting: 45 }]);
  });

  it("tells nothing of what was taken back before it was told", () => {
    const { clock, told, summary } = made();
    summary.hear({ anna: "waiting", ben: "waiting" });
    summary.hear({ anna: "called", ben: "waiting" });
    clock.forward(0);

    summary.hear({ anna: "called", ben: "called" });
    clock.forward(2_000);
    summary.hear({ anna: "called", ben: "waiting" });
    clock.forward(20_000);

    expect(told).to.deep.equal([{ called: 1 }]);
  });

  it("tells nothing of nothing, and nothing after its end", () => {
    const { clock, told, summary } = made();

    summary.hear({ anna: "waiting" });
    summary.hear({ anna: "waiting" });
    clock.forward(20_000);
    summary.hear({ anna: "called" });
    summary.close();
    clock.forward(20_000);

    expect(told).to.deep.equal([]);
  });
});
