import { expect } from "chai";
import { daysFromNow, someDay } from "../../support/clinic.ts";
import { System } from "../../support/system.ts";
import { eventually } from "../../support/eventually.ts";
import { probe, probed } from "../../support/probe.ts";

describe("the realtime process' memory", function () {
  this.timeout(60_000);

  it("does not grow with connections that came and went, nor with dates that were watched", async () => {
    const clinic = await System.open({ ...probed, LOG_LEVEL: "error" });
    const comeAndGo = async (): Promise<void> => {
      for (let round = 0; round < 10; round++) {
        const sockets = await Promise.all(Array.from({ length: 50 }, () => clinic.connect()));
        await Promise.all(sockets.map((socket, n) => socket.subscribe(daysFromNow(50 + n))));
        await Promise.all(sockets.map((socket) => socket.subscribe(someDay)));
        await Promise.all(sockets.map((socket) => socket.close()));
      }
    };
    await comeAndGo();
    const before = await probe(clinic.realtime);

    await comeAndGo();
    await comeAndGo();

    // The last connections end with a handshake of their own, which takes a busy machine a moment.
    await eventually(async () => {
      const after = await probe(clinic.realtime);
      expect(after.heapMb - before.heapMb).to.be.lessThan(2);
      expect(after.timers - before.timers).to.be.at.most(2);
      expect(after.handles - before.handles).to.be.at.most(4);
    });
    await clinic.close();
  });

  it("does not grow with the changes of a date that somebody watches", async () => {
    const clinic = await System.open({ ...probed, DAILY_CAPACITY: 50, LOG_LEVEL: "error" });
    const doctor = await clinic.rest.addDoctor();
    const patient = await clinic.rest.addPatient({ name: "N".repeat(200) });
    for (let n = 0; n < 50; n++) await clinic.rest.book(patient.id, doctor.id, someDay);
    const socket = await clinic.watch(someDay);
    const changeOften = async (): Promise<void> => {
      for (let n = 0; n < 200; n++) {
        await clinic.sql`update patients set age = ${n % 90} where id = ${patient.id}`;
        const [day] = await clinic.sql<[{ revision: number }]>`
          select revision from clinic_days where date = ${someDay}
        `;
        await socket.queueWhere(({ revision }) => revision === day.revision);
      }
    };
    await changeOften();
    const before = await probe(clinic.realtime);

    await changeOften();

    // 200 states of 25 KB are 5 MB.
    await eventually(async () => {
      const after = await probe(clinic.realtime);
      expect(after.heapMb - before.heapMb).to.be.lessThan(2);
    });
    await socket.close();
    await clinic.close();
  });

  it("is given back of dates that nobody watches any more", async () => {
    const clinic = await System.open({ POLL_INTERVAL_MS: 500 });
    const dates = async (): Promise<number> => {
      const health = (await (await fetch(`${clinic.realtime.address}/health`)).json()) as { dates: number };
      return health.dates;
    };
    const [leaver, stayer] = [await clinic.connect(), await clinic.watch(someDay)];
    for (let n = 0; n < 5; n++) await leaver.subscribe(daysFromNow(50 + n));
    expect(await dates()).to.equal(6);

    await leaver.close();

    // A date is kept for 10 s, for who comes back.
    await eventually(async () => expect(await dates()).to.equal(1), 20_000);
    await stayer.close();
    await clinic.close();
  });
});
