import { expect } from "chai";
import { Clinic, daysFromNow, someDay } from "../support/clinic.ts";
import { eventually } from "../support/eventually.ts";
import { probe, probed } from "../support/probe.ts";

describe("the realtime process' memory", function () {
  this.timeout(60_000);

  it("does not grow with connections that came and went, nor with dates that were watched", async () => {
    const clinic = await Clinic.open({ ...probed, LOG_LEVEL: "error" });
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
});
