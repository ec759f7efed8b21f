import { expect } from "chai";
import { addMonths, daysInMonth, mondayOf } from "../../../web/shared/times/month.ts";

describe("a day and its month", () => {
  it("is months away at the same day of the month, or at its last where the month is shorter", () => {
    expect(addMonths("2026-11-23", 1)).to.equal("2026-12-23");
    expect(addMonths("2026-11-23", -11)).to.equal("2025-12-23");
    expect(addMonths("2026-12-31", 2)).to.equal("2027-02-28");
    expect(addMonths("2024-03-30", -1)).to.equal("2024-02-29");
    expect(addMonths("9999-12-01", 1)).to.equal("9999-12-01");
    expect(addMonths("0001-01-31", -1)).to.equal("0001-01-31");
  });

  it("is in a month of so many days", () => {
    expect(["2026-02-10", "2024-02-10", "2026-04-30", "9999-12-01"].map(daysInMonth)).to.deep.equal([28, 29, 30, 31]);
  });

  it("is in a week that begins with its Monday", () => {
    expect(["2026-11-23", "2026-11-29", "2026-11-30"].map(mondayOf)).to.deep.equal([
      "2026-11-23",
      "2026-11-23",
      "2026-11-30",
    ]);
  });
});
