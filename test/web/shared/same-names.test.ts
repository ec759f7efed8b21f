import { expect } from "chai";
import type { StaffAppointment } from "../../../client/queue-client.ts";
import { findSameNames, hasSamePatients } from "../../../web/shared/names/same-names.ts";
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

  it("stay who they are through the steps of a queue, and not where somebody comes, goes or is renamed", () => {
    const [ada, li] = [appointment("A1"), appointment("A2")];
    const [quiet, smith] = [section("ng", [appointment("B1")]), section("smith", [ada, li])];
    const isSame = (...rows: StaffAppointment[]) =>
      hasSamePatients({ doctors: [quiet, smith] }, { doctors: [quiet, section("smith", rows)] });

    expect(isSame(appointment("A1", { queue: { stage: "called" } }), li)).to.equal(true);
    expect(isSame(ada)).to.equal(false);
    expect(isSame(ada, li, appointment("A3"))).to.equal(false);
    expect(isSame(ada, appointment("A3"))).to.equal(false);
    expect(isSame(ada, appointment("A2", { patient: { name: "Ada" } }))).to.equal(false);
    expect(hasSamePatients({ doctors: [quiet, smith] }, { doctors: [quiet] })).to.equal(false);
  });
});
