import { expect } from "chai";
import { ClinicTime } from "../../../web/shared/times/clinic-time.ts";

const dayMs = 86_400_000;

describe("the clock of a page", () => {
  it("is the server's, so that today is the clinic's where the machine's clock is a day off", () => {
    const time = new ClinicTime("UTC");
    time.aheadMs = dayMs;
    const [now, machines] = [time.now(), new Date()];

    expect(time.dayAndClock(now)).to.equal(time.clock(now));
    expect(time.dayAndClock(machines)).to.match(/^\d+ \w+, \d\d:\d\d$/);
  });
});
