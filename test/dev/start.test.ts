import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { expect } from "chai";
import { countWaiting } from "../support/count-waiting.ts";
import { createDatabase, temporaryFolder, type TestDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { Rest } from "../support/rest.ts";
import { Service, type Settings } from "../support/service.ts";
import { expectGone, pidsOf, startSettings, type Pids } from "../support/start.ts";

// The moments and the ways in which a start can end otherwise are in test/long/dev/start.test.ts.
describe("npm start, again and again on the same data", function () {
  this.timeout(60_000);
  let folder: string;
  let service: Service;
  let doctor: { id: string };
  let pids: Pids;
  const start = () => Service.start("dev/start", startSettings(folder));
  before(async () => {
    folder = await temporaryFolder();
    await mkdir(join(folder, "postgres.new-x"));
    await writeFile(join(folder, "postgres.new-x", "PG_VERSION"), "18\n");
    await writeFile(join(folder, "keeper-7.pid"), `${process.pid} 1\n`);
    service = await start();
    doctor = await new Rest(service.address).addDoctor();
    pids = await pidsOf(service, folder);
  });
  after(async () => {
    await service?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  it("starts over what an interrupted first start left, and past a keeper's file whose number is another's now", async () => {
    expect((await new Rest(service.address).get("/health")).status).to.equal(200);
    expect((await readdir(folder)).join()).not.to.include("postgres.new-");
  });

  it("refuses to run twice", async () => {
    const second = new Service("dev/start", startSettings(folder));

    expect(await second.exit()).to.equal(1);
    expect(second.output).to.match(/^start: .*another start uses .*\n$/);
    expect((await new Rest(service.address).get("/health")).status).to.equal(200);
  });

  it("starts a process again that died", async () => {
    process.kill(pids.api, "SIGKILL");

    await eventually(() => expect(service.output.match(/"name":"api".*"listening"/g)).to.have.length(2));
  });

  it("takes everything with it when it is killed, and has its data at the next start", async () => {
    pids = await pidsOf(service, folder);
    service.signal("SIGKILL");
    await service.exit();

    await expectGone(Object.values(pids));
    service = await start();
    pids = await pidsOf(service, folder);
    expect((await new Rest(service.address).get(`/api/v1/doctors/${doctor.id}`)).body).to.deep.include(doctor);
    expect(service.output).to.match(/desk +http:\/\/127\.0\.0\.1:\d+\/\n/);
    expect(service.output).to.match(/screen +http:\/\/127\.0\.0\.1:\d+\//);
    expect(service.output).to.match(/elsewhere +this machine only/);
  });

  it("leaves nothing behind when it is stopped", async () => {
    expect(await service.stop("SIGINT")).to.equal(0);

    await expectGone(Object.values(pids));
  });
});

// The other settings that can be wrong are in test/long/dev/wrong-settings.test.ts.
describe("a wrong setting", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createDatabase();
  });
  after(() => database.drop());

  const cases: [string, string, () => Settings, RegExp][] = [
    ["a URL that is none", "dev/start", () => ({ DATABASE_URL: "mysql://x/y" }), /^start: DATABASE_URL must be a URL/],
    [
      "a wrong password",
      "realtime/main",
      () => ({ DATABASE_URL: database.url.replace(/:[^:@]+@/, ":x@") }),
      /^realtime: DATABASE_URL: .*28P01/,
    ],
    [
      "a port too high, and an unknown time zone",
      "api/main",
      () => ({ DATABASE_URL: database.url, API_PORT: 65_536, CLINIC_TIMEZONE: "Mars/Olympus" }),
      /^api: API_PORT .*65535.*; CLINIC_TIMEZONE is not a time zone/,
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

  it("ends dev/start with one line: a port in use", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;

    const settings = { DATABASE_URL: database.url, API_PORT: port, REALTIME_PORT: 0, LOG_LEVEL: "error" };
    const service = new Service("dev/start", settings);

    expect(await service.exit()).to.equal(1);
    expect(service.output).to.equal(`api: API_PORT: port ${port} on 127.0.0.1 is in use\n`);
    server.close();
  });

  it("lets the api wait for a database that is not migrated yet", async () => {
    const empty = await createDatabase({ empty: true });
    const service = new Service("api/main", { DATABASE_URL: empty.url, API_PORT: 0 });
    await eventually(() => expect(service.output).to.include("npm run migrate"));
    const address = /"address":"([^"]+)"/.exec(service.output)?.[1] ?? "";
    expect((await new Rest(address).get("/api/v1/doctors")).status).to.equal(503);
    expect((await new Rest(address).get("/health")).status).to.equal(503);

    const migration = new Service("db/main", { DATABASE_URL: empty.url });
    expect(await migration.exit()).to.equal(0);

    await eventually(async () => expect((await new Rest(address).get("/api/v1/doctors")).status).to.equal(200));
    await service.stop();
    await empty.drop();
  });

  it("lets no call of the api decide by older settings than its own", async () => {
    const { service, ready } = await database.sql.begin(async (sql) => {
      await sql`select from clinics for update`;
      const service = new Service("api/main", { DATABASE_URL: database.url, API_PORT: 0 });
      await eventually(async () => expect(await countWaiting(database.sql, "clinic-queue api")).to.equal(1));
      const rest = new Rest(/"address":"([^"]+)"/.exec(service.output)?.[1] ?? "");
      expect((await rest.get("/api/v1/doctors")).status).to.equal(503);
      expect((await rest.get("/health")).status).to.equal(503);
      return { service, ready: service.ready() };
    });

    await ready;
    expect((await new Rest(service.address).get("/api/v1/doctors")).status).to.equal(200);
    await service.stop();
  });
});
