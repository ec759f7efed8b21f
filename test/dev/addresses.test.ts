import { networkInterfaces } from "node:os";
import { rm } from "node:fs/promises";
import { expect } from "chai";
import { Rest } from "../support/rest.ts";
import { Service } from "../support/service.ts";
import { folderWithData, startSettings } from "../support/start.ts";
import { secret } from "../support/tokens.ts";

describe("the addresses that npm start prints", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(async () => {
    folder = await folderWithData();
  });
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

  for (const HOST of ["0.0.0.0", "::"]) {
    it(`can be opened where HOST is ${HOST}: of this machine, and of each of its interfaces`, async () => {
      const service = await Service.start("dev/start", { ...startSettings(folder), HOST, AUTH_SECRET: secret });
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

  it("are of loopback alone without sign-in, and it is said that others cannot open them", async () => {
    const service = await Service.start("dev/start", startSettings(folder));
    await service.stop();

    expect(service.output).to.match(/desk +http:\/\/127\.0\.0\.1:\d+\//);
    expect(service.output).to.match(/elsewhere +this machine only/);
  });
});
