import { networkInterfaces } from "node:os";
import { expect } from "chai";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { Rest } from "../support/rest.ts";
import { isWhole } from "../support/seed.ts";
import { Service } from "../support/service.ts";
import { secret } from "../support/tokens.ts";

describe("the addresses that npm start prints", function () {
  this.timeout(60_000);
  let database: TestDatabase;
  before(async () => {
    database = await createDatabase();
  });
  after(() => database.drop());

  for (const HOST of isWhole ? ["0.0.0.0", "::"] : ["0.0.0.0"]) {
    it(`can be opened where HOST is ${HOST}: of this machine, and of each of its interfaces`, async () => {
      const settings = { DATABASE_URL: database.url, API_PORT: 0, REALTIME_PORT: 0, HOST, AUTH_SECRET: secret };
      const service = await Service.start("dev/start", settings);
      try {
        const shown = service.output.slice(service.output.indexOf("clinic-queue is running"));
        expect(shown).to.not.include(`//${HOST}`).and.not.include("//[::]");
        const urls = [...shown.matchAll(/http:\/\/[^\s]+/g)].map(([url]) => new URL(url));
        const addresses = Object.values(networkInterfaces())
          .flat()
          .flatMap((address) => (address && !address.internal && address.family === "IPv4" ? [address.address] : []));
        expect(urls.map(({ hostname }) => hostname)).to.include.members(["127.0.0.1", ...addresses]);
        for (const { origin } of urls) {
          expect((await new Rest(origin).get("/health")).status, origin).to.equal(200);
        }
      } finally {
        await service.stop();
      }
    });
  }
});
