import { expect } from "chai";
import { someDay } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { eventually } from "../support/eventually.ts";
import { Service } from "../support/service.ts";

describe("the watcher of the command line", () => {
  it("prints the queue, and names the address and the cause once the connection is lost", async () => {
    const clinic = await System.open();
    const doctor = await clinic.rest.addDoctor();
    const watcher = new Service("dev/watch", {}, { args: [someDay, clinic.socketUrl] });
    await eventually(() => expect(watcher.output).to.include('"total_appointments":0'));

    const { id } = await clinic.rest.bookNew(doctor.id, someDay);
    await eventually(() => expect(watcher.output).to.include(id));
    await clinic.realtime.stop();

    await eventually(() => expect(watcher.output).to.include(`offline: ${clinic.socketUrl}: Server restarts (1012)\n`));
    await eventually(() => expect(watcher.output).to.match(/offline: ws:\S+: connect ECONNREFUSED \S+ \(1006\)\n/));
    await watcher.stop();
    await clinic.close();
  });

  for (const host of ["127.0.0.1", "localhost"]) {
    it(`names the address and the cause where nobody listens on ${host}`, async () => {
      const url = `ws://${host}:1/api/v1/ws/queue`;
      const watcher = new Service("dev/watch", {}, { args: [someDay, url] });

      await eventually(() => expect(watcher.output).to.include(`offline: ${url}: `));

      expect(watcher.output).to.include("ECONNREFUSED");
      await watcher.stop();
    });
  }
});
