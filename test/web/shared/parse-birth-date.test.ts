import { expect } from "chai";
import { parseBirthDate, parseDay } from "../../../web/shared/times/parse-birth-date.ts";

const today = "2026-11-23";

describe("a birth date as people type it", () => {
  const read: Record<string, string> = {
    "3.5.1980": "1980-05-03",
    "03/05/1980": "1980-05-03",
    " 3 5 80 ": "1980-05-03",
    "03051980": "1980-05-03",
    "030580": "1980-05-03",
    "1980-05-03": "1980-05-03",
    "29.2.2024": "2024-02-29",
    "23.11.26": "2026-11-23",
    "24.11.26": "1926-11-24",
  };
  for (const [typed, date] of Object.entries(read)) {
    it(`${typed} is ${date}`, () => {
      expect(parseBirthDate(typed, today)).to.equal(date);
    });
  }

  it("is none where the calendar has no such day, or it is still to come", () => {
    for (const typed of ["31.4.1980", "29.2.2023", "5/13/1980", "24.11.2026", "1980", "3.5", "", "May 3", "0.0.00"]) {
      expect(parseBirthDate(typed, today), typed).to.equal(undefined);
    }
  });
});

describe("a day as people type it", () => {
  it("may be still to come, and is of this century where the year has two digits", () => {
    expect(parseDay("24.11.26", today)).to.equal("2026-11-24");
    expect(parseDay("2027-01-02", today)).to.equal("2027-01-02");
    expect(parseDay("31.4.2027", today)).to.equal(undefined);
  });
});
