import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { expect } from "chai";
import { countWaiting } from "../support/count-waiting.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { Rest } from "../support/rest.ts";
import { Service, type Settings } from "../support/service.ts";
import {
  expectCleanEnd,
  expectGone,
  folderWithData,
  pidOfChild,
  pidsOf,
  processesOn,
  startSettings,
} from "../support/start.ts";

describe("npm start", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(async () => {
    folder = await folderWithData();
  });
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

  const settings = () => startSettings(folder);
  const start = () => Service.start("dev/start", settings());
  /** Lets the next start be the first. */
  const forget = async () => {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
  };

  it("runs everything, leaves nothing behind when it is stopped, and has its data at the next start", async () => {
    await forget();
    const first = await start();
    const doctor = await new Rest(first.address).addDoctor();
    const pids = Object.values(await pidsOf(first, folder));

    expect(await first.stop("SIGINT")).to.equal(0);
    await expectGone(pids);
    const second = await start();

    expect((await new Rest(second.address).get(`/api/v1/doctors/${doctor.id}`)).body).to.deep.include(doctor);
    expect(second.output).to.match(/screen +http:\/\/127\.0\.0\.1:\d+\//);
    expect(await second.stop("SIGTERM")).to.equal(0);
  });

  it("takes everything with it when it is killed, and recovers at the next start", async () => {
    const first = await start();
    const doctor = await new Rest(first.address).addDoctor();
    const pids = Object.values(await pidsOf(first, folder));

    first.signal("SIGKILL");
    await expectGone(pids);
    await first.exit();
    const second = await start();

    expect((await new Rest(second.address).get(`/api/v1/doctors/${doctor.id}`)).body).to.deep.include(doctor);
    await second.stop();
  });

  it("recovers when everything was killed at once", async () => {
    const first = await start();
    const doctor = await new Rest(first.address).addDoctor();
    const pids = Object.values(await pidsOf(first, folder));

    first.signal("SIGKILL");
    for (const pid of pids) process.kill(pid, "SIGKILL");
    await first.exit();
    await expectGone(pids);
    const second = await start();

    expect((await new Rest(second.address).get(`/api/v1/doctors/${doctor.id}`)).body).to.deep.include(doctor);
    await second.stop();
  });

  it("leaves nothing running when it is killed during its very first start, and starts the next time", async () => {
    await forget();
    const first = new Service("dev/start", settings());
    await eventually(async () => expect((await readdir(folder)).join()).to.include("postgres.new-"));

    first.signal("SIGKILL");
    await first.exit();
    await eventually(async () => expect(await processesOn(folder)).to.deep.equal([]));
    const second = await start();

    expect((await new Rest(second.address).get("/health")).status).to.equal(200);
    await second.stop();
  });

  it("ends cleanly when it is told to while the cluster is made, and starts the next time", async () => {
    await forget();
    await expectCleanEnd(folder, async () => expect((await readdir(folder)).join()).to.include("postgres.new-"));
  });

  it("ends cleanly when it is told to while the api comes up, and starts the next time", async () => {
    await expectCleanEnd(folder, async ({ child }) =>
      expect(await pidOfChild(child.pid ?? 0, "api/main.js")).to.be.a("number"),
    );
  });

  it("starts over what an interrupted first start left, and past a keeper's file whose number is another's now", async () => {
    await forget();
    await mkdir(join(folder, "postgres.new-x"));
    await writeFile(join(folder, "postgres.new-x", "PG_VERSION"), "18\n");
    await writeFile(join(folder, "keeper-7.pid"), `${process.pid} 1\n`);

    const service = await start();

    expect((await new Rest(service.address).get("/health")).status).to.equal(200);
    expect((await readdir(folder)).join()).not.to.include("postgres.new-");
    await service.stop();
  });

  it("starts a process again that died", async () => {
    const service = await start();
    const { api } = await pidsOf(service, folder);

    process.kill(api, "SIGKILL");
    await eventually(() => expect(service.output.match(/"name":"api".*"listening"/g)).to.have.length(2));

    expect(await service.stop()).to.equal(0);
  });

  it("refuses to run twice on the same data", async () => {
    const first = await start();

    const second = new Service("dev/start", settings());

    expect(await second.exit()).to.equal(1);
    expect(second.output).to.match(/^start: .*another start uses .*\n$/);
    expect((await new Rest(first.address).get("/health")).status).to.equal(200);
    await first.stop();
  });

  it("says in one line that a port is in use", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;

    const service = new Service("dev/start", { ...settings(), API_PORT: port, LOG_LEVEL: "error" });

    expect(await service.exit()).to.equal(1);
    expect(service.output).to.equal(`api: API_PORT: port ${port} on 127.0.0.1 is in use\n`);
    server.close();
  });
});

describe("a wrong setting", () => {
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
    ["a URL that is none", "dev/start", () => ({ DATABASE_URL: "mysql://x/y" }), /^start: DATABASE_URL must be a URL/],
    [
      "a database that is not there",
      "api/main",
      () => ({ DATABASE_URL: `${database.url}_not` }),
      /^api: DATABASE_URL: .*3D000/,
    ],
    [
      "a wrong password",
      "realtime/main",
      () => ({ DATABASE_URL: database.url.replace(/:[^:@]+@/, ":x@") }),
      /^realtime: DATABASE_URL: .*28P01/,
    ],
    [
      "nothing listening",
      "db/main",
      () => ({ DATABASE_URL: "postgres://a:b@127.0.0.1:1/c" }),
      /^migrate: DATABASE_URL: .*ECONNREFUSED/,
    ],
    [
      "an unknown time zone",
      "api/main",
      () => ({ DATABASE_URL: database.url, CLINIC_TIMEZONE: "Mars/Olympus" }),
      /^api: CLINIC_TIMEZONE is not a time zone/,
    ],
    [
      "an offset as time zone",
      "api/main",
      () => ({ DATABASE_URL: database.url, CLINIC_TIMEZONE: "+02:00" }),
      /^api: CLINIC_TIMEZONE is not a time zone/,
    ],
    ["a port too high", "api/main", () => ({ DATABASE_URL: database.url, API_PORT: 65_536 }), /^api: API_PORT .*65535/],
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
