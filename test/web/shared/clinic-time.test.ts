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

  it("writes each moment in its own way, also again and after many others", () => {
    const time = new ClinicTime("Asia/Tokyo");
    const minutes = Array.from({ length: 1_500 }, (_, minute) => new Date(Date.UTC(2026, 10, 22, 15, minute)));
    const written = minutes.map((moment) => time.clock(moment));

    expect(written.slice(0, 2)).to.deep.equal(["00:00", "00:01"]);
    expect(new Set(written).size).to.equal(24 * 60);
    expect(minutes.map((moment) => time.clock(moment))).to.deep.equal(written);
  });
});
