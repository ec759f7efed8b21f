import { expect } from "chai";
import { findAttention } from "../../../web/desk/attention/find-attention.ts";
import { tellStage } from "../../../web/doctor/patient/facts.ts";
import { ClinicTime } from "../../../web/shared/times/clinic-time.ts";
import { entryStageOf } from "../../../web/shared/live/entry-stage.ts";
import { minutesSince, wholeMinute } from "../../../web/shared/times/minutes-since.ts";
import { appointment, section, words } from "../doctor/made-queue.ts";

describe("how long somebody waits", () => {
  const since = "2026-11-23T09:12:40.000Z";

  it("is the same on the Desk, which knows the minute, and on the Doctor page, which knows the second", () => {
    const one = appointment("A1", { queue: { checked_in_at: since } });
    const smith = section("smith", [one]);
    const row = { appointment: one, section: smith, stage: entryStageOf(one) };
    const queue = { date: "2026-11-23", epoch: "e", doctors: [smith] } as unknown as Parameters<
      typeof findAttention
    >[0];
    for (const at of ["10:20:10", "10:20:50"]) {
      const now = new Date(`2026-11-23T${at}Z`);

      const [told] = findAttention(queue, wholeMinute(now.getTime()));

      expect(told).to.include({ kind: "waits", minutes: 67 });
      expect(tellStage(row, { words, time: new ClinicTime("UTC"), now }), at).to.equal("waits 67 min");
    }
  });

  it("is never less than nothing", () => {
    expect(minutesSince(since, Date.parse(since) - 90_000)).to.equal(0);
    expect(minutesSince(null, Date.parse(since))).to.equal(0);
  });
});
