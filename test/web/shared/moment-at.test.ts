import { expect } from "chai";
import { momentAt } from "../../../web/shared/times/moment-at.ts";

describe("a time at a clinic", () => {
  const moments: [date: string, time: string, zone: string, moment: string][] = [
    ["2026-11-23", "09:05", "UTC", "2026-11-23T09:05:00.000Z"],
    ["2026-11-23", "09:05", "Europe/Berlin", "2026-11-23T08:05:00.000Z"],
    ["2026-07-23", "00:30", "Europe/Berlin", "2026-07-22T22:30:00.000Z"],
    ["2026-11-23", "23:59", "Asia/Kolkata", "2026-11-23T18:29:00.000Z"],
    ["2026-11-23", "00:00", "America/New_York", "2026-11-23T05:00:00.000Z"],
    // The days on which clocks are changed.
    ["2026-03-29", "01:59", "Europe/Berlin", "2026-03-29T00:59:00.000Z"],
    ["2026-03-29", "03:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
    ["2026-10-25", "01:30", "Europe/Berlin", "2026-10-24T23:30:00.000Z"],
    ["2026-10-25", "03:00", "Europe/Berlin", "2026-10-25T02:00:00.000Z"],
  ];
  for (const [date, time, zone, moment] of moments) {
    it(`${time} of ${date} in ${zone} is ${moment}`, () => {
      expect(momentAt(date, time, zone).toISOString()).to.equal(moment);
    });
  }
});
