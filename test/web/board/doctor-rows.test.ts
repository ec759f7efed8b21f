import { expect } from "chai";
import { doctorRows, noticesOf } from "../../../web/board/doctor-rows.ts";
import { appointment, called, section } from "./public-queue.ts";

describe("the doctors of a board", () => {
  const booked = appointment({ ticket: "A9", status: "booked" });
  const waiting = [appointment({ ticket: "A2", rank: 2 }), appointment({ ticket: "A5", rank: 1 })];

  it("have those who wait in the order in which they will be called, without whoever is called already", () => {
    const [row] = doctorRows([section("Smith", { appointments: [...waiting, called("A1", "1", 1), booked] })]);

    expect(row?.waiting.map(({ ticket }) => ticket)).to.deep.equal(["A5", "A2"]);
    expect(row?.absence).to.equal(undefined);
  });

  it("are left out while nobody waits for them, unless somebody is still to come who would look for them in vain", () => {
    const rows = doctorRows([
      section("present", { appointments: [booked] }),
      section("away", { appointments: [booked], state: "away", returns_at: "2026-11-22T09:00:00.000Z" }),
      section("absent", { appointments: waiting, state: "absent" }),
      section("finished", { appointments: [appointment({ ticket: "A1", stage: null })], state: "finished" }),
    ]);

    expect(rows.map(({ id, absence }) => [id, absence])).to.deep.equal([
      ["away", { state: "away", returnsAt: new Date("2026-11-22T09:00:00.000Z") }],
      ["absent", { state: "absent", returnsAt: undefined }],
    ]);
  });

  it("tell the waiting room what they want it to know", () => {
    const notices = noticesOf([section("Smith", {}), section("Ng", { notice: "Runs late" })]);

    expect(notices).to.deep.equal([{ doctor: "Ng", text: "Runs late" }]);
  });
});
