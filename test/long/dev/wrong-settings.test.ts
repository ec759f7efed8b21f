import { expect } from "chai";
import { createDatabase, type TestDatabase } from "../../support/database.ts";
import { Service, type Settings } from "../../support/service.ts";

// The settings that test/dev/start.test.ts leaves out.
describe("a wrong setting, otherwise", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createDatabase();
  });
  after(() => database.drop());

  const cases: [string, string, () => Settings, RegExp][] = [
    ["no database", "api/main", () => ({}), /^api: DATABASE_URL is required/],
    [
      "a URL that is none",
      "realtime/main",
      () => ({ DATABASE_URL: "localhost" }),
      /^realtime: DATABASE_URL must be a URL/,
    ],
    [
      "a database that is not there",
      "api/main",
      () => ({ DATABASE_URL: `${database.url}_not` }),
      /^api: DATABASE_URL: .*3D000/,
    ],
    [
      "nothing listening",
      "db/main",
      () => ({ DATABASE_URL: "postgres://a:b@127.0.0.1:1/c" }),
      /^migrate: DATABASE_URL: .*ECONNREFUSED/,
    ],
    [
      "an offset as time zone",
      "api/main",
      () => ({ DATABASE_URL: database.url, CLINIC_TIMEZONE: "+02:00" }),
      /^api: CLINIC_TIMEZONE is not a time zone/,
    ],
    [
      "a number in words",
      "realtime/main",
      () => ({ DATABASE_URL: database.url, MAX_CONNECTIONS: "many" }),
      /^realtime: MAX_CONNECTIONS must be a whole number/,
    ],
  ];
  for (const [what, program, settings, line] of cases) {
    it(`ends ${program} with one line: ${what}`, async () => {
      const service = new Service(program, { LOG_LEVEL: "error", ...settings() });

      expect(await service.exit()).to.equal(1);
      expect(service.output).to.match(line);
      expect(service.output.trim().split("\n")).to.have.length(1);
    });
  }
});
