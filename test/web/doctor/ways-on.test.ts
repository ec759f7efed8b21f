import { expect } from "chai";
import { AlreadyCalledError, PlaceOccupiedError, StaleError } from "../../../client/errors.ts";
import type { Deeds } from "../../../web/doctor/deeds/deeds.ts";
import { waysOn } from "../../../web/doctor/deeds/ways-on.ts";
import { workAt } from "../../../web/doctor/work/work.ts";
import { appointment, section, words } from "./made-queue.ts";

type Leaving = Parameters<Deeds["leaveAndCall"]>;

describe("the ways on from a refused call", () => {
  const failure = { status: 409, code: "x", message: "", requestId: null };
  const occupied = (id: string) => new PlaceOccupiedError({ ...failure, details: { appointment_id: id, ticket: id } });
  let calls: string[][];
  let isRoomAsked: boolean;
  beforeEach(() => {
    calls = [];
    isRoomAsked = false;
  });

  function press(error: unknown, stage: "called" | "in_consultation" | undefined, which = 0): string[] {
    const there = appointment("A3", { queue: { stage: stage ?? "served", rank: null, place_id: "room 3" } });
    const work = workAt(
      { doctors: [section("smith", [there, appointment("A5")])] },
      { doctorIds: ["smith"], roomId: undefined },
    );
    const leaveAndCall = ({ row, how }: Leaving[0], next: Leaving[1]): Promise<boolean> => {
      calls.push([next?.appointment.ticket ?? "", row.appointment.ticket, how]);
      return Promise.resolve(true);
    };
    const callNext: Deeds["callNext"] = (_section, expected) => {
      calls.push([expected?.appointment.ticket ?? ""]);
      return Promise.resolve();
    };
    const deeds = { callNext, leaveAndCall } as Partial<Deeds> as Deeds;
    const ways = waysOn(error, { work, deeds, words, chooseRoom: () => (isRoomAsked = true) });
    ways[which]?.act();
    return ways.map(({ label }) => label.replace(/[\u2068\u2069]/g, ""));
  }

  it("end the visit of whoever is still here, or say that they did not come, and call the next", () => {
    expect(press(occupied("A3"), "in_consultation")).to.deep.equal(["Done with A3, call the next"]);
    expect(press(occupied("A3"), "called", 1)).to.deep.equal([
      "Done with A3, call the next",
      "A3 did not come, call the next",
    ]);

    expect(calls).to.deep.equal([
      ["A5", "A3", "finish"],
      ["A5", "A3", "skip"],
    ]);
  });

  it("lead to another room where somebody else's patient is in this one", () => {
    expect(press(occupied("B2"), undefined)).to.deep.equal(["Choose another room"]);

    expect(isRoomAsked).to.equal(true);
  });

  it("call the next where a colleague was quicker, and are none where the page shows what is the case", () => {
    const elsewhere = new AlreadyCalledError({ ...failure, details: null });

    expect(press(elsewhere, undefined)).to.deep.equal(["Call A5"]);
    expect(calls).to.deep.equal([["A5"]]);
    expect(press(elsewhere, "called")).to.deep.equal([]);
    expect(press(new StaleError({ ...failure, details: null }), undefined)).to.deep.equal([]);
  });
});
