import { expect } from "chai";
import { findSameNames } from "../../../web/shared/names/same-names.ts";
import { appointment, section } from "../doctor/made-queue.ts";

describe("patients of one name", () => {
  it("are found however the name is spelled, and nobody shares a name with themselves", () => {
    const named = (ticket: string, name: string, id = ticket) => appointment(ticket, { patient: { id, name } });
    const found = findSameNames({
      doctors: [
        section("smith", [named("A1", "Ramón y Cajal"), named("A2", "Li Wei"), named("A3", "Ada", "ada")]),
        section("ng", [named("B1", "ramon Y cajal"), named("B2", "Wei, Li"), named("B3", "Ada", "ada")]),
      ],
    });

    expect([...found]).to.have.deep.members([
      ["A1", "B1"],
      ["B1", "A1"],
      ["A2", "B2"],
      ["B2", "A2"],
    ]);
  });
});
