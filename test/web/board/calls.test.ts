import { expect } from "chai";
import { hearCalls, partCalls, type ShownCall } from "../../../web/board/calls.ts";
import { appointment, called, past, queueOf, section } from "./public-queue.ts";

describe("the calls of a board", () => {
  const tickets = (calls: ShownCall[]) => calls.map(({ ticket }) => ticket);
  /** What is shown large and what below, when the board hears these states one second after the other. */
  function shown(...states: ReturnType<typeof queueOf>[]): { now: string[]; before: string[]; calls: ShownCall[] } {
    let calls: ShownCall[] | undefined;
    states.forEach((state, second) => (calls = hearCalls(calls, state, second * 1_000)));
    const { now, before } = partCalls(calls ?? [], (states.length - 1) * 1_000);
    return { now: tickets(now), before: tickets(before), calls: calls ?? [] };
  }

  it("are those of all doctors, the newest first, four of them large", () => {
    const { now, before } = shown(
      queueOf(
        section("Smith", { appointments: [called("A1", "1", 5), called("A2", "9", 1)] }),
        section("Ng", { appointments: [called("B1", "2", 3), called("B2", "3", 4), called("B3", "4", 2)] }),
      ),
    );

    expect(now).to.deep.equal(["A1", "B2", "B1", "B3"]);
    expect(before).to.deep.equal(["A2"]);
  });

  it("say what the clinic shows of a name, and lead to the doctor where there is no room", () => {
    const { calls } = shown(
      queueOf(
        section("Dr. Smith", {
          appointments: [
            {
              ...appointment({ ticket: "A1", name: "John D.", stage: "called", calledAt: "2026-11-22T08:02:00.000Z" }),
            },
            appointment({ ticket: "A2", name: "Anna M.", stage: null }),
          ],
          calls: [past("A2", "3", 1)],
        }),
      ),
    );

    expect(calls.map(({ name, place, isOpen }) => [name, place, isOpen])).to.deep.equal([
      ["John D.", "Dr. Smith", true],
      ["Anna M.", "3", false],
    ]);
  });

  it("come first again when they are repeated, though the time of the call stays", () => {
    const both = (count: number) =>
      queueOf(section("Smith", { appointments: [called("A1", "1", 1, count), called("A2", "2", 2)] }));

    const { now, calls } = shown(both(1), both(2));

    expect(now).to.deep.equal(["A1", "A2"]);
    expect(calls.map(({ heardAtMs }) => heardAtMs)).to.deep.equal([1_000, undefined]);
  });

  it("go when they are undone, at once", () => {
    const { now, before } = shown(
      queueOf(section("Smith", { appointments: [] })),
      queueOf(section("Smith", { appointments: [called("A1", "1", 1)], calls: [past("A1", "1", 1)] })),
      queueOf(section("Smith", { appointments: [appointment({ ticket: "A1" })] })),
    );

    expect([now, before]).to.deep.equal([[], []]);
  });

  it("stay large for ten seconds after they were heard, even if the doctor begins at once, and then stand below", () => {
    const open = queueOf(section("Smith", { appointments: [called("A1", "1", 1)], calls: [past("A1", "1", 1)] }));
    const begun = queueOf(
      section("Smith", { appointments: [appointment({ ticket: "A1", stage: null })], calls: [past("A1", "1", 1)] }),
    );
    const calls = hearCalls(hearCalls([], open, 0), begun, 1_000);

    expect(tickets(partCalls(calls, 9_999).now)).to.deep.equal(["A1"]);
    expect(tickets(partCalls(calls, 10_000).now)).to.deep.equal([]);
    expect(tickets(partCalls(calls, 10_000).before)).to.deep.equal(["A1"]);
  });

  it("stay large without end while the patient is expected", () => {
    const calls = hearCalls([], queueOf(section("Smith", { appointments: [called("A1", "1", 1)] })), 0);

    expect(tickets(partCalls(calls, 3_600_000).now)).to.deep.equal(["A1"]);
  });

  it("below are first those who are still expected, all of them, then the last ones", () => {
    const many = Array.from({ length: 13 }, (_, i) => called(`A${i + 1}`, "1", i + 20));
    const closed = queueOf(section("Ng", { calls: [past("B1", "1", 50)] }), section("Smith", { appointments: many }));
    const few = queueOf(
      section("Ng", { calls: [past("B1", "1", 50)] }),
      section("Smith", { appointments: many.slice(0, 5) }),
    );

    expect(shown(closed).before).to.deep.equal([9, 8, 7, 6, 5, 4, 3, 2, 1].map((number) => `A${number}`));
    expect(shown(few).before).to.deep.equal(["A1", "B1"]);
  });
});
