import { expect } from "chai";
import { eventually } from "../../../support/eventually.ts";
import { SlotReader } from "../../../../web/desk/calendar/slot-reader.ts";
import type { Slot } from "../../../../web/desk/calendar/slots.ts";

describe("SlotReader", () => {
  it("reads few doctors at once, and one of them again only after its answer", async () => {
    const asked: string[] = [];
    const answers: (() => void)[] = [];
    let shown: ReadonlyMap<string, readonly Slot[]> = new Map();
    const reader = new SlotReader(
      (id) =>
        new Promise((resolve) => {
          asked.push(id);
          answers.push(() => resolve([]));
        }),
      (slots) => (shown = slots),
    );

    reader.want(["a", "b", "c", "d", "e"]);
    reader.want(["a", "a", "a"]);
    expect(asked).to.deep.equal(["a", "b", "c", "d"]);
    answers.shift()?.();
    await eventually(() => expect(asked).to.deep.equal(["a", "b", "c", "d", "e"]));
    expect([...shown.keys()]).to.deep.equal(["a"]);
    for (const answer of answers.splice(0)) answer();
    // What was wanted meanwhile is read once more, not three times.
    await eventually(() => expect(asked).to.deep.equal(["a", "b", "c", "d", "e", "a"]));
    for (const answer of answers.splice(0)) answer();
    reader.close();
  });

  it("keeps what it knows while the server is gone", async () => {
    let isGone = false;
    let shown: ReadonlyMap<string, readonly Slot[]> = new Map();
    let asked = 0;
    const reader = new SlotReader(
      async () => {
        asked++;
        if (isGone) throw new Error("gone");
        return [];
      },
      (slots) => (shown = slots),
    );
    reader.want(["a"]);
    await eventually(() => expect(shown.size).to.equal(1));
    isGone = true;

    reader.want(["a"]);

    await eventually(() => expect(asked).to.equal(2));
    expect([...shown.keys()]).to.deep.equal(["a"]);
    reader.close();
  });
});
