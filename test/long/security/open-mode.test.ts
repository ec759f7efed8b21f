import { expect } from "chai";
import { startApi, startRealtime } from "../../support/clinic.ts";
import { createDatabase, type TestDatabase } from "../../support/database.ts";
import { Service, type Settings } from "../../support/service.ts";

const programs = ["api", "realtime"] as const;

// Of these, test/security/open-mode.test.ts tries one.
describe("open mode, with each process", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createDatabase();
  });
  after(() => database?.drop());

  const refused = async (program: string, settings: Settings): Promise<string> => {
    const ports = { API_PORT: 0, REALTIME_PORT: 0, DATABASE_URL: database.url };
    const service = new Service(`${program}/main`, { ...ports, ...settings });
    const outcome = await Promise.race([
      service.exit(),
      service.ready().then(
        () => "started",
        () => service.exit(),
      ),
    ]);
    if (outcome === "started") await service.stop();
    expect(outcome, service.output).to.equal(1);
    expect(service.output.trimEnd().split("\n"), service.output).to.have.length(1);
    return service.output;
  };

  for (const program of programs) {
    it(`lets the ${program} process listen for this machine, and says what that means`, async () => {
      for (const HOST of ["127.0.0.2", "::1", "localhost"]) {
        const service = await (program === "api" ? startApi : startRealtime)(database.url, { HOST });
        await service.stop();

        expect(service.output, HOST).to.include("open mode");
      }
    });

    it(`does not start the ${program} process behind a proxy, which would make it public`, async () => {
      expect(await refused(program, { TRUST_PROXY: "loopback" })).to.match(/TRUST_PROXY: .*AUTH_SECRET/);
    });

    it(`does not start the ${program} process in production, not even for this machine`, async () => {
      expect(await refused(program, { NODE_ENV: "production", HOST: "127.0.0.1" })).to.include("AUTH_SECRET");
    });

    it(`does not come about in the ${program} process by a secret that is short or empty`, async () => {
      const short = "a-secret-of-31-bytes-abcdefghij";

      const output = await refused(program, { AUTH_SECRET: short });

      expect(output)
        .to.match(new RegExp(`^${program}: AUTH_SECRET `))
        .and.to.include("32");
      expect(output).to.not.include(short);
      // To whom deploys it, an empty one is one that is not set.
      expect(await refused(program, { AUTH_SECRET: "", HOST: "0.0.0.0" })).to.include("HOST");
    });

    it(`does not come about in the ${program} process by half a provider`, async () => {
      const whole = {
        AUTH_JWKS_URL: "https://example.org/keys",
        AUTH_ISSUER: "https://example.org",
        AUTH_AUDIENCE: "clinic",
      };
      expect(await refused(program, { ...whole, AUTH_AUDIENCE: "" })).to.include("AUTH_AUDIENCE");
      const unprotected = { ...whole, AUTH_JWKS_URL: "http://example.org/keys" };
      expect(await refused(program, unprotected)).to.include("AUTH_JWKS_URL must be an https:// URL");
    });

    it(`is over in the ${program} process with a secret: it listens where it is told`, async () => {
      const settings = { HOST: "0.0.0.0", NODE_ENV: "production", AUTH_SECRET: "x".repeat(32) };

      const service = await (program === "api" ? startApi : startRealtime)(database.url, settings);
      await service.stop();

      expect(service.output).to.not.include("open mode");
    });
  }
});
