import { expect } from "chai";
import { nextDay, someDay } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { openSql } from "../support/database.ts";
import { clinicId } from "../support/default-clinic.ts";
import { eventually } from "../support/eventually.ts";

interface Health {
  reads: number;
  oldest_transaction_s: number;
}

describe("the safety poll", () => {
  let clinic: System;
  before(async () => {
    clinic = await System.open({ POLL_INTERVAL_MS: 200 });
  });
  after(() => clinic.close());

  const health = async (): Promise<Health> =>
    (await (await fetch(`${clinic.realtime.address}/health`)).json()) as Health;
  /** Changes a date as a trigger does, but for the notification. */
  const changeQuietly = (date: string, sql = clinic.sql) => sql`
    insert into clinic_days (clinic_id, date, revision, changed_in, changed_at)
    values (${clinicId}, ${date}, 1, pg_current_xact_id(), now())
    on conflict (clinic_id, date) do update
      set revision = clinic_days.revision + 1, changed_in = excluded.changed_in, changed_at = now()
  `;

  it("finds a change that nobody was notified of, also of a transaction that was open for long", async () => {
    const [one, other] = [await clinic.watch(someDay), await clinic.watch(nextDay)];
    await using slow = await openSql(clinic.database.url, 1);
    await slow`begin`;
    await changeQuietly(someDay, slow);
    await changeQuietly(nextDay);
    const first = await other.nextQueue("update");
    await eventually(async () => expect((await health()).oldest_transaction_s).to.be.at.least(1));
    await slow`commit`;

    expect((await one.nextQueue("update")).revision).to.equal(1);
    expect(first.revision).to.equal(1);
    await eventually(async () => expect((await health()).oldest_transaction_s).to.equal(0));
    await Promise.all([one.close(), other.close()]);
  });

  it("reads no date again that did not change", async () => {
    const [quiet, busy] = [await clinic.watch(someDay), await clinic.watch(nextDay)];
    await changeQuietly(someDay);
    await quiet.nextQueue("update");
    const { reads } = await health();

    for (let n = 0; n < 10; n++) {
      await changeQuietly(nextDay);
      await busy.nextQueue("update");
    }

    expect((await health()).reads).to.equal(reads + 10);
    await Promise.all([quiet.close(), busy.close()]);
  });
});
