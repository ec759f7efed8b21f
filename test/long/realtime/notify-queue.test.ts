import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import type { Sql } from "../../../db/database.ts";
import type { EmbeddedPostgres } from "../../../embedded/embedded-postgres.ts";
import { someDay, socketUrl, startApi, startRealtime } from "../../support/clinic.ts";
import { openSql, startOwnCluster } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { Rest } from "../../support/rest.ts";
import type { Service } from "../../support/service.ts";
import { Socket } from "../../support/socket.ts";
import { folderWithData } from "../../support/start.ts";
import { nameDefaultClinic } from "../../support/default-clinic.ts";

const observedMs = 5_000;
/** A listener that tries again at once lives for longer. */
const lookIntervalMs = 5;

describe("a full NOTIFY queue", function () {
  this.timeout(60_000);
  let folder: string;
  let postgres: EmbeddedPostgres;
  let sql: Sql & AsyncDisposable;
  let api: Service;
  let realtime: Service;
  before(async () => {
    folder = await folderWithData();
    postgres = await startOwnCluster(folder, 0, { max_notify_queue_pages: "64" });
    await nameDefaultClinic(postgres.url);
    sql = await openSql(postgres.url);
    [api, realtime] = await Promise.all([startApi(postgres.url), startRealtime(postgres.url)]);
  });
  after(async () => {
    await Promise.all([api.stop(), realtime.stop()]);
    await sql[Symbol.asyncDispose]();
    await postgres.stop();
    await rm(folder, { recursive: true });
  });

  interface Health {
    following: boolean;
    notify_queue_usage: number | null;
    reads: number;
  }
  const health = async (): Promise<Health> => (await (await fetch(`${realtime.address}/health`)).json()) as Health;
  const countOf = (text: string): number => realtime.output.split(text).length - 1;

  it("is answered with 503, told in the health and the log, and got over; nobody hammers Postgres meanwhile", async () => {
    const rest = new Rest(api.address);
    const doctor = await rest.addDoctor();
    const watcher = await Socket.open(socketUrl(realtime));
    await watcher.subscribe(someDay);
    const readsBefore = (await health()).reads;

    // Whoever listens and stays in a transaction keeps all that is notified after it began.
    await using hog = await openSql(postgres.url, 1);
    await hog`listen anything`;
    await hog`begin`;
    await hog`select 1`;
    const fill = async (): Promise<void> => {
      for (;;) await sql`select pg_notify('anything', repeat('x', 7900))`;
    };
    const full = await fill().catch((error: { code: string }) => error.code);
    expect(full).to.equal("54000");

    const patient = await rest.addPatient();
    const booking = { patient_id: patient.id, doctor_id: doctor.id, date: someDay };
    const refused = await rest.post("/api/v1/appointments", booking);
    expect([refused.status, refused.body.error, refused.headers.get("retry-after")]).to.deep.equal([
      503,
      "Unavailable",
      "2",
    ]);
    await eventually(async () => expect((await health()).notify_queue_usage).to.be.above(0.9));
    await eventually(async () => expect((await health()).following).to.equal(false));
    expect(countOf("the NOTIFY queue fills up")).to.equal(1);
    const seen = new Set<number>();
    const until = performance.now() + observedMs;
    while (performance.now() < until) {
      const rows = await sql<{ pid: number }[]>`
        select pid from pg_stat_activity where application_name = 'clinic-queue listener'
      `;
      for (const { pid } of rows) seen.add(pid);
      await delay(lookIntervalMs);
    }
    const reads = (await health()).reads - readsBefore;

    await hog`rollback`;
    await eventually(async () => expect((await health()).following).to.equal(true), 15_000);
    await eventually(async () => expect((await rest.post("/api/v1/appointments", booking)).status).to.equal(201));
    await watcher.queueWhere(({ total_appointments }) => total_appointments === 1);
    await eventually(async () => expect(countOf("the NOTIFY queue has room again")).to.equal(1));
    expect(seen.size).to.be.below(10);
    expect(reads).to.be.below(20);
    await watcher.close();
  });
});
