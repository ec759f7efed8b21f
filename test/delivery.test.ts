import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import type { EmbeddedPostgres } from "../embedded/embedded-postgres.ts";
import type { Queue } from "../contract/websocket/queue.ts";
import { someDay, socketUrl, startApi, startRealtime } from "./support/clinic.ts";
import { openSql, startOwnCluster } from "./support/database.ts";
import { eventually } from "./support/eventually.ts";
import { Rest } from "./support/rest.ts";
import type { Service } from "./support/service.ts";
import { Socket } from "./support/socket.ts";
import { folderWithData } from "./support/start.ts";
import { nameDefaultClinic } from "./support/default-clinic.ts";

describe("delivery", function () {
  this.timeout(60_000);
  let folder: string;
  let postgres: EmbeddedPostgres;
  let api: Service;
  let realtime: Service;
  let sockets: Socket[];
  let doctorId: string;

  const rest = () => new Rest(api.address);
  const port = () => Number(new URL(postgres.url).port);

  before(async () => {
    folder = await folderWithData();
    postgres = await startOwnCluster(folder);
    await nameDefaultClinic(postgres.url);
    [api, realtime] = await Promise.all([
      startApi(postgres.url, { DAILY_CAPACITY: 1_000 }),
      startRealtime(postgres.url),
    ]);
  });
  after(async () => {
    await Promise.all([api.stop(), realtime.stop()]);
    await postgres.stop();
    await rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    doctorId = (await rest().addDoctor()).id;
    sockets = await Promise.all(Array.from({ length: 5 }, () => Socket.open(socketUrl(realtime))));
    await Promise.all(sockets.map((socket) => socket.subscribe(someDay)));
  });
  afterEach(async () => {
    await Promise.all(sockets.map((socket) => socket.close()));
  });

  /** What the database holds now, as a client that just came gets it. */
  async function lastState(): Promise<Queue> {
    await using sql = await openSql(postgres.url);
    const [day] = await sql`select revision from clinic_days where date = ${someDay}`;
    const fresh = await Socket.open(socketUrl(realtime));
    fresh.send({ action: "subscribe", date: someDay });
    const queue = await fresh.queueWhere(({ revision }) => revision === day?.["revision"]);
    await fresh.close();
    return queue;
  }

  async function expectAllAtLastState(): Promise<void> {
    const { timestamp: _, ...expected } = await lastState();
    for (const socket of sockets) {
      const { timestamp: _, ...state } = await socket.queueWhere(({ revision }) => revision >= expected.revision);
      expect(state).to.deep.equal(expected);
    }
  }

  /** Books until told to stop; what fails while the database is away is the client's to repeat. */
  function keepBooking(): { stop: () => Promise<number> } {
    let stopped = false;
    let failed = 0;
    const loop = async (): Promise<void> => {
      while (!stopped) {
        await rest()
          .bookNew(doctorId, someDay)
          .catch(async () => {
            failed += 1;
            await delay(20);
          });
      }
    };
    const writers = [loop(), loop()];
    return {
      async stop() {
        stopped = true;
        await Promise.all(writers);
        return failed;
      },
    };
  }

  it("loses nothing when the listener's backend is killed again and again while changes commit", async () => {
    await using sql = await openSql(postgres.url);
    const booking = keepBooking();

    for (let round = 0; round < 5; round++) {
      const killed = await eventually(async () => {
        const rows = await sql`
          select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'clinic-queue listener'
        `;
        expect(rows).not.to.be.empty;
        return rows;
      });
      expect(killed).to.have.length.greaterThan(0);
    }

    expect(await booking.stop()).to.equal(0);
    // A change after the last kill, so that everybody has something to hear.
    await rest().bookNew(doctorId, someDay);
    await expectAllAtLastState();
  });

  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    it(`goes on after Postgres restarted (${signal === "SIGINT" ? "fast" : "immediate"})`, async () => {
      await using sql = await openSql(postgres.url);
      const [{ pid }] = await sql<[{ pid: number }]>`
        select split_part(pg_read_file('postmaster.pid'), E'\n', 1)::int as pid
      `;
      const booking = keepBooking();
      await sockets[0]?.nextQueue("update");

      process.kill(pid, signal);
      await postgres.exited;
      const away = await rest().get("/health");
      expect([away.status, away.headers.get("retry-after")]).to.deep.equal([503, "2"]);
      const refused = await rest().post("/api/v1/patients", { name: "A", phone: "+1234567890" });
      expect([refused.status, refused.body.error]).to.deep.equal([503, "Unavailable"]);
      expect(refused.headers.get("retry-after")).to.equal("2");
      await eventually(async () => expect((await fetch(`${realtime.address}/health`)).status).to.equal(503));
      const waiting = await Socket.open(socketUrl(realtime));
      waiting.send({ action: "subscribe", date: "2099-01-01" });
      expect((await waiting.nextError()).code).to.equal("unavailable");
      postgres = await startOwnCluster(folder, port());

      await eventually(async () => expect((await rest().get("/health")).status).to.equal(200));
      await eventually(async () => expect((await fetch(`${realtime.address}/health`)).status).to.equal(200));
      expect((await waiting.nextQueue("snapshot")).date).to.equal("2099-01-01");
      await waiting.close();
      await booking.stop();
      await rest().bookNew(doctorId, someDay);
      await expectAllAtLastState();
    });
  }

  it("sees changes without any notification, by its safety poll", async () => {
    await using sql = await openSql(postgres.url);
    const [{ definition }] = await sql<[{ definition: string }]>`
      select pg_get_functiondef('touch'::regproc) as definition
    `;
    await sql.unsafe(definition.replace("pg_notify('queue_changed'", "pg_notify('nobody_listens'"));

    await rest().bookNew(doctorId, someDay);

    await expectAllAtLastState();
    await sql.unsafe(definition);
  });

  it("tells clients to come back when the realtime process stops, and serves them after its start", async () => {
    realtime.signal("SIGTERM");

    for (const socket of sockets) expect(await socket.closed()).to.equal(1012);
    expect(await realtime.exit()).to.equal(0);
    await rest().bookNew(doctorId, someDay);
    realtime = await startRealtime(postgres.url);
    sockets = [await Socket.open(socketUrl(realtime))];
    sockets[0]?.send({ action: "subscribe", date: someDay });

    await expectAllAtLastState();
  });

  it("serves the last state after the realtime process was killed", async () => {
    realtime.signal("SIGKILL");
    for (const socket of sockets) expect(await socket.closed()).to.equal(1006);
    await rest().bookNew(doctorId, someDay);
    realtime = await startRealtime(postgres.url);
    sockets = [await Socket.open(socketUrl(realtime))];
    sockets[0]?.send({ action: "subscribe", date: someDay });

    await expectAllAtLastState();
  });

  it("shows what committed, and nothing else, after the api was killed in the middle of bookings", async () => {
    const booking = keepBooking();
    await sockets[0]?.nextQueue("update");
    api.signal("SIGKILL");
    await api.exit();
    await booking.stop();
    api = await startApi(postgres.url, { DAILY_CAPACITY: 1_000 });
    await rest().bookNew(doctorId, someDay);

    await expectAllAtLastState();
  });

  it("begins anew when the database goes back to an older state", async () => {
    await rest().bookNew(doctorId, someDay);
    await expectAllAtLastState();
    await using sql = await openSql(postgres.url);
    const [{ revision }] = await sql<[{ revision: number }]>`select revision from clinic_days where date = ${someDay}`;

    // As a restore does: the date is at an earlier revision, in another history.
    await sql.begin(async (transaction) => {
      await transaction`set local session_replication_role = replica`;
      await transaction`update clinic_days set revision = 3 where date = ${someDay}`;
      await transaction`update doctor_days set revision = least(revision, 3)`;
      // The new epoch is begun by confirm_epoch(), after the restore.
      await transaction`set local session_replication_role = origin`;
      await transaction`update clinics set epoch = gen_random_uuid()`;
    });

    const { timestamp: _, ...expected } = await lastState();
    expect(expected.revision).to.equal(3).and.to.be.lessThan(revision);
    for (const socket of sockets) {
      const { timestamp: _, ...state } = await socket.queueWhere(({ epoch }) => epoch === expected.epoch);
      expect(state).to.deep.equal(expected);
    }
  });
});
