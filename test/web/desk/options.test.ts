import { expect } from "chai";
import { keepOptions, listOptions, type Option } from "../../../web/desk/box/options.ts";
import type { StaffSection } from "../../../web/desk/found.ts";
import { appointment, section } from "../doctor/made-queue.ts";

const doctors = [{ id: "smith", name: "Dr. Patience", code: "D1", specialty: null }] as unknown as Parameters<
  typeof listOptions
>[1];
const search = { typed: "", patients: [], isUnderWay: false };

describe("the options of the box", () => {
  it("are the same objects where they say the same, while the queue changes", () => {
    const [first, second] = [appointment("A1"), appointment("A2")];
    const list = (...sections: StaffSection[]): Option[] => listOptions(sections, doctors, "pati", search);
    const before = list(section("smith", [first, second]));
    const changed = section("smith", [first, appointment("A2", { queue: { stage: "called" } })]);

    const after = keepOptions(before, list(changed));

    const isKept = (options: readonly Option[]) => options.map((one) => before.includes(one));
    expect(after.map(({ name }) => name)).to.deep.equal(["today", "today", "doctor", "new"]);
    expect(isKept(after)).to.deep.equal([true, false, true, true]);
    expect(after[1]).to.deep.include({ found: { section: changed, row: changed.appointments[1] } });
    expect(isKept(keepOptions(before, listOptions([changed], doctors, "patie", search)))[3]).to.equal(false);
  });

  it("tell of the doctor's new name", () => {
    const rows = [appointment("A1")];
    const renamed = section("smith", rows);
    const before = listOptions([section("smith", rows)], doctors, "a1", search);

    const after = keepOptions(
      before,
      listOptions([{ ...renamed, doctor: { ...renamed.doctor, name: "Dr. Ng" } }], doctors, "a1", search),
    );

    expect(after[0]).not.to.equal(before[0]);
  });
});
