import { expect } from "chai";
import { seed } from "../../support/seed.ts";
import { folderWithData } from "../../support/start.ts";
import { faults } from "../../faults/faults.ts";
import { runSchedule } from "../../faults/schedule.ts";

describe("under faults", function () {
  this.timeout(120_000);

  it(`every client ends with the database's last state, and none is sent back in time (seed ${seed})`, async () => {
    const report = await runSchedule({
      rounds: Object.keys(faults).length,
      seed,
      only: Object.keys(faults),
      folder: await folderWithData(),
    });

    const bad = report.rounds.filter(({ differing }) => differing.length > 0);
    expect(bad).to.deep.equal([]);
    expect([report.wentBack, report.unaskedEnds]).to.deep.equal([0, 0]);
    expect(report.writes).to.be.greaterThan(0);
    expect(report.actions).to.deep.include({ lost: [], doubled: 0 });
    expect(report.actions.done).to.be.greaterThan(0);
  });
});
