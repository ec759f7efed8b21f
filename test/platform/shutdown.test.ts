import { expect } from "chai";
import { startApi, startRealtime } from "../support/clinic.ts";
import { createDatabase } from "../support/database.ts";

describe("a process whose reader has gone", () => {
  for (const [name, start] of Object.entries({ api: startApi, realtime: startRealtime })) {
    it(`goes on, and ends when the ${name} is told to`, async () => {
      const { url, drop } = await createDatabase();
      const service = await start(url, { LOG_LEVEL: "trace" });

      service.child.stdout?.destroy();
      service.child.stderr?.destroy();
      const answer = await fetch(`${service.address}/health`);

      expect(answer.status).to.equal(200);
      expect(await service.stop()).to.equal(0);
      await drop();
    });
  }
});
