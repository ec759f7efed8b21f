import { execFileSync } from "node:child_process";
import { rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { findEmbeddedPostgres } from "../../../embedded/embedded-postgres.ts";
import { openSql, temporaryFolder } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { Rest } from "../../support/rest.ts";
import { Service } from "../../support/service.ts";
import { folderWithData, isGone, pidsOf, processesOn, startSettings } from "../../support/start.ts";

const patienceMs = 60_000;

describe("npm start, when its Postgres ends", function () {
  this.timeout(120_000);
  let folder: string;
  let service: Service;
  let rest: Rest;
  before(async () => {
    folder = await folderWithData();
    await begin();
  });
  after(async () => {
    await service?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  async function begin(): Promise<void> {
    service = await Service.start("dev/start", startSettings(folder));
    rest = new Rest(service.address);
  }

  /** Waits until both processes do their job again, without having been started again themselves. */
  async function expectRecovered(before: { api: number; realtime: number }, doctorId: string): Promise<void> {
    await eventually(async () => expect((await rest.get("/health")).status).to.equal(200), patienceMs);
    expect((await rest.get(`/api/v1/doctors/${doctorId}`)).status).to.equal(200);
    await eventually(
      async () => expect((await rest.post("/api/v1/patients", somebody)).status).to.equal(201),
      patienceMs,
    );
    const port = /WebSocket +ws:\/\/[^:]+:(\d+)/.exec(service.output)?.[1];
    await eventually(async () => expect((await fetch(`http://127.0.0.1:${port}/health`)).status).to.equal(200));
    const { api, realtime } = await pidsOf(service, folder);
    expect([api, realtime]).to.deep.equal([before.api, before.realtime]);
  }

  const ends = {
    postgres: "it was ended by SIGKILL. It is started again in 1 s\n",
    keeper: "its keeper was ended. It is started again in 2 s\n",
  };
  for (const [times, victim] of (["postgres", "keeper"] as const).entries()) {
    it(`starts it again, and says why, when its ${victim} was killed`, async () => {
      const doctor = await rest.addDoctor();
      const before = await pidsOf(service, folder);

      process.kill(before[victim], "SIGKILL");
      await eventually(() => expect(service.output).to.include(`start: the embedded Postgres ended: ${ends[victim]}`));

      await eventually(
        () => expect(service.output.match(/the embedded Postgres is up again/g)).to.have.length(times + 1),
        patienceMs,
      );
      await expectRecovered(before, doctor.id);
      expect(await isGone(before.postgres)).to.equal(true);
    });
  }

  it("ends when it is told to while it waits to start it again", async () => {
    const { postgres } = await pidsOf(service, folder);
    process.kill(postgres, "SIGKILL");
    await eventually(() => expect(service.output.match(/It is started again in/g)).to.have.length(3));

    expect(await service.stop()).to.equal(0);
    await eventually(async () => expect(await processesOn(folder)).to.deep.equal([]));
  });

  it("outlives a disk that is full, says that it is, and goes on when there is room", async function () {
    await rm(folder, { recursive: true });
    folder = await temporaryFolder();
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=160m,mode=0711", "tmpfs", folder], { stdio: "ignore" });
    } catch {
      // Only root may, and not in every container.
      return this.skip();
    }
    try {
      await begin();
      const doctor = await rest.addDoctor();
      const before = await pidsOf(service, folder);
      const url = (await findEmbeddedPostgres(folder)) ?? "";
      const filler = join(folder, "filler");
      const { bavail, bsize } = await statfs(folder);
      await writeFile(filler, Buffer.alloc(bavail * bsize - 100_000));

      // Postgres panics once it cannot make the next file of its log.
      await eventually(async () => {
        await using sql = await openSql(url, 1);
        await sql`select pg_logical_emit_message(true, 'test', repeat('x', 1000000))`.catch(() => {});
        await sql`select pg_switch_wal()`.catch(() => {});
        expect(service.output).to.include("No space left on device");
      }, patienceMs);
      expect(service.output).to.match(/the embedded Postgres ended: .*No space left on device/);
      expect(await isGone(before.api)).to.equal(false);
      await rm(filler);

      await expectRecovered(before, doctor.id);
      expect(await service.stop()).to.equal(0);
    } finally {
      await service.stop("SIGKILL");
      await eventually(async () => expect(await processesOn(folder)).to.deep.equal([]));
      execFileSync("umount", [folder]);
    }
  });
});

const somebody = { name: "John Doe", phone: "+1234567890", age: 45 };
