import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { connect } from "../../../db/connection.ts";
import { findEmbeddedPostgres } from "../../../embedded/embedded-postgres.ts";
import { temporaryFolder } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { Rest } from "../../support/rest.ts";
import { Service } from "../../support/service.ts";
import {
  expectCleanEnd,
  expectGone,
  folderWithData,
  isGone,
  pidOfChild,
  pidsOf,
  processesOn,
  startSettings,
} from "../../support/start.ts";

// The moments at which a start can be interrupted that test/dev/start.test.ts leaves out.
describe("npm start, interrupted", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(async () => {
    folder = await folderWithData();
  });
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

  const start = () => Service.start("dev/start", startSettings(folder));

  it("has its data at the next start when it was stopped", async () => {
    const first = await start();
    const doctor = await new Rest(first.address).addDoctor();
    const pids = await pidsOf(first, folder);

    expect(await first.stop("SIGINT")).to.equal(0);
    await expectGone(Object.values(pids));
    const second = await start();

    expect((await new Rest(second.address).get(`/api/v1/doctors/${doctor.id}`)).body).to.deep.include(doctor);
    await second.stop();
  });

  it("recovers when everything was killed at once, and ends when it is told to", async () => {
    const first = await start();
    const doctor = await new Rest(first.address).addDoctor();
    const pids = await pidsOf(first, folder);

    first.signal("SIGKILL");
    for (const pid of Object.values(pids)) process.kill(pid, "SIGKILL");
    await first.exit();
    await expectGone(Object.values(pids));
    const second = await start();

    expect((await new Rest(second.address).get(`/api/v1/doctors/${doctor.id}`)).body).to.deep.include(doctor);
    expect(await second.stop("SIGTERM")).to.equal(0);
  });

  it("recovers when the keeper was killed too and Postgres was left over", async () => {
    const first = await start();
    const doctor = await new Rest(first.address).addDoctor();
    const { keeper, postgres, api, realtime } = await pidsOf(first, folder);

    first.signal("SIGKILL");
    process.kill(keeper, "SIGKILL");
    await first.exit();
    await expectGone([keeper, api, realtime]);
    expect(await isGone(postgres)).to.equal(false);
    const second = await start();

    await expectGone([postgres]);
    expect((await new Rest(second.address).get(`/api/v1/doctors/${doctor.id}`)).body).to.deep.include(doctor);
    await second.stop();
  });

  it("ends cleanly when it is told to while Postgres comes up, and starts the next time", async () => {
    await expectCleanEnd(folder, async () =>
      expect((await readdir(folder, { recursive: true })).join()).to.include("postgres/postmaster.pid"),
    );
  });

  it("ends cleanly when it is told to while the database is migrated, and starts the next time", async () => {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
    await expectCleanEnd(folder, async () => {
      const sql = connect({ url: (await findEmbeddedPostgres(folder)) ?? "", name: "test", max: 1 });
      await sql`select 1`.finally(() => sql.end());
    });
  });

  it("ends cleanly when it is told to while the api comes up, and starts the next time", async () => {
    await expectCleanEnd(folder, async ({ child }) =>
      expect(await pidOfChild(child.pid ?? 0, "api/main.js")).to.be.a("number"),
    );
  });

  it("ends cleanly when it is told to while the realtime process comes up, and starts the next time", async () => {
    await expectCleanEnd(folder, async ({ child }) =>
      expect(await pidOfChild(child.pid ?? 0, "realtime/main.js")).to.be.a("number"),
    );
  });
});

describe("npm start, interrupted at the very first", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

  it("leaves nothing running when it is killed during its very first start, and starts the next time", async () => {
    const first = new Service("dev/start", startSettings(folder));
    await eventually(async () => expect((await readdir(folder)).join()).to.include("postgres.new-"));

    first.signal("SIGKILL");
    await first.exit();
    await eventually(async () => expect(await processesOn(folder)).to.deep.equal([]));
    const second = await Service.start("dev/start", startSettings(folder));

    expect((await new Rest(second.address).get("/health")).status).to.equal(200);
    await second.stop();
  });

  it("ends cleanly when it is told to while the cluster is made, and starts the next time", async () => {
    await expectCleanEnd(folder, async () => expect((await readdir(folder)).join()).to.include("postgres.new-"));
  });
});
