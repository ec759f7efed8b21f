import { expect } from "chai";
import { isComplete, nothingAfter, taskOf, type After } from "../../../web/doctor/deeds/after.ts";
import { germanWords, words } from "./made-queue.ts";

describe("what comes after a visit", () => {
  const after = (fields: Partial<After>): After => ({ ...nothingAfter, ...fields });

  it("is a task that bears the time and the note beside it, or either", () => {
    const tasks = [
      taskOf(after({ kind: "back", when: "twoWeeks", text: " with the X-ray " }), words),
      taskOf(after({ kind: "back", when: "twoWeeks" }), words),
      taskOf(after({ kind: "back", text: "when it hurts" }), words),
      taskOf(after({ kind: "desk", text: "call the lab" }), words),
      taskOf(after({ kind: "on", doctorId: "lab" }), words),
    ];

    expect(tasks).to.deep.equal([
      { kind: "follow_up", text: "Back in 2 weeks: with the X-ray" },
      { kind: "follow_up", text: "Back in 2 weeks" },
      { kind: "follow_up", text: "when it hurts" },
      { kind: "other", text: "call the lab" },
      undefined,
    ]);
  });

  it("has room in a task for the longest note in any language", () => {
    for (const language of [words, germanWords]) {
      const task = taskOf(after({ kind: "back", when: "threeMonths", text: "x".repeat(450) }), language);
      expect(task?.text).to.have.lengthOf.at.most(500);
    }
  });

  it("is complete with a time, a note or a destination, whichever it asks for", () => {
    const isDone = (fields: Partial<After>) => isComplete(after(fields));

    expect(
      [{}, { kind: "back", when: "oneWeek" } as const, { kind: "desk", text: "x" } as const].map(isDone),
    ).to.deep.equal([true, true, true]);
    expect(
      [{ kind: "back" } as const, { kind: "desk", when: "oneWeek" } as const, { kind: "on" } as const].map(isDone),
    ).to.deep.equal([false, false, false]);
  });
});
