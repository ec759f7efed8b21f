import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { connect as openTcp } from "node:net";
import { join } from "node:path";
import { expect } from "chai";
import type { EmbeddedPostgres } from "../../embedded/embedded-postgres.ts";
import { freePort } from "../../embedded/free-port.ts";
import { migrate } from "../../db/schema/migrate.ts";
import { socketUrl, someDay, startApi, startRealtime } from "../support/clinic.ts";
import { startClinicsAtNoon } from "../support/clinic-clock.ts";
import { openSql, startOwnCluster, temporaryFolder } from "../support/database.ts";
import { clinicId, nameDefaultClinic } from "../support/default-clinic.ts";
import { eventually } from "../support/eventually.ts";
import { Rest } from "../support/rest.ts";
import { Service, type Settings } from "../support/service.ts";
import { Socket } from "../support/socket.ts";

const binary = ["pgbouncer", "/usr/sbin/pgbouncer"].find((path) => spawnSync(path, ["--version"]).status === 0);
const password = "pgbouncer-test";

describe("behind PgBouncer", function () {
  let postgres: EmbeddedPostgres;
  let pooler: PgBouncer;
  before(async function () {
    if (binary === undefined) {
      process.stderr.write("pgbouncer is not installed: its tests are skipped (Debian: apt-get install pgbouncer)\n");
      this.skip();
    }
    postgres = await startOwnCluster();
    await migrate(postgres.url);
    await nameDefaultClinic(postgres.url);
    await startClinicsAtNoon(postgres.url);
    await using sql = await openSql(postgres.url);
    for (const role of ["clinic_api", "clinic_realtime"]) {
      await sql.unsafe(`alter role ${role} login password '${password}'`);
    }
    for (const role of ["stranger", "unlimited"]) {
      await sql.unsafe(`create role ${role} login password '${password}' in role clinic_api`);
    }
    await sql`alter role unlimited set role = 'clinic_api'`;
    pooler = await PgBouncer.start(postgres.url, "transaction");
  });
  after(async () => {
    await pooler?.stop();
    await postgres?.stop();
  });

  const direct = (user: string): string => {
    const url = new URL(postgres.url);
    [url.username, url.password] = [user, password];
    return url.href;
  };
  const pooled = (user: string, { port } = pooler): string => {
    const url = new URL(direct(user));
    url.port = String(port);
    return url.href;
  };
  const ends = async (program: string, settings: Settings): Promise<string> => {
    const service = new Service(program, { API_PORT: 0, REALTIME_PORT: 0, ...settings });
    expect(await service.exit()).to.equal(1);
    return service.output;
  };

  it("books, checks in and delivers, with LISTEN on a connection of its own", async () => {
    const api = await startApi(pooled("clinic_api"), { DATABASE_POOLER: "transaction", DAILY_CAPACITY: 100 });
    const realtime = await startRealtime(pooled("clinic_realtime"), {
      DATABASE_POOLER: "transaction",
      LISTEN_DATABASE_URL: direct("clinic_realtime"),
    });
    const rest = new Rest(api.address);
    const today = await rest.today();
    const socket = await Socket.open(socketUrl(realtime));
    await socket.subscribe(today);

    const doctor = await rest.addDoctor();
    const booked = await Promise.all(Array.from({ length: 40 }, () => rest.bookNew(doctor.id, today)));
    const checkedIn = await Promise.all(booked.map(({ id, patientId }) => rest.checkIn(id, patientId)));

    expect(checkedIn.map(({ queue_position }) => queue_position).toSorted((a, b) => a - b)).to.deep.equal(
      booked.map((_, n) => n + 1),
    );
    await eventually(async () => expect(JSON.stringify(await socket.next())).to.include('"position":40'));
    await socket.close();
    await Promise.all([api.stop(), realtime.stop()]);
  });

  it("delivers through session mode, where LISTEN needs no connection of its own", async () => {
    const sessions = await PgBouncer.start(postgres.url, "session");
    const settings = { DATABASE_POOLER: "session" };
    const api = await startApi(pooled("clinic_api", sessions), settings);
    const realtime = await startRealtime(pooled("clinic_realtime", sessions), settings);
    const rest = new Rest(api.address);
    const socket = await Socket.open(socketUrl(realtime));
    await socket.subscribe(someDay);

    const doctor = await rest.addDoctor();
    const { patientId } = await rest.bookNew(doctor.id, someDay);

    await eventually(async () => expect(JSON.stringify(await socket.next())).to.include(patientId));
    await socket.close();
    await Promise.all([api.stop(), realtime.stop()]);
    await sessions.stop();
  });

  it("does not wait for a held lock for longer than without PgBouncer", async () => {
    const api = await startApi(pooled("clinic_api"), { DATABASE_POOLER: "transaction" });
    const rest = new Rest(api.address);
    const [doctor, patient] = [await rest.addDoctor(), await rest.addPatient()];
    await using sql = await openSql(postgres.url);

    const answer = await sql.begin(async (holder) => {
      await holder`select lock_day(${clinicId}, ${someDay})`;
      return rest.post("/api/v1/appointments", { patient_id: patient.id, doctor_id: doctor.id, date: someDay });
    });

    expect(answer.status).to.equal(503);
    expect(answer.body.message).to.include("Others are changing the same");
    await api.stop();
  });

  it("is not started without the setting that says so", async () => {
    const output = await ends("api/main", { DATABASE_URL: pooled("clinic_api") });

    expect(output).to.include("set DATABASE_POOLER");
  });

  it("is not started as a user without the role, or without the time limits", async () => {
    const settings = { DATABASE_POOLER: "transaction" };

    const withoutRole = await ends("api/main", { ...settings, DATABASE_URL: pooled("stranger") });
    const withoutLimit = await ends("api/main", { ...settings, DATABASE_URL: pooled("unlimited") });

    expect(withoutRole).to.include("role stranger").and.include("alter role stranger set role = 'clinic_api'");
    expect(withoutLimit).to.include("statement_timeout 0").and.include("alter role unlimited set statement_timeout");
  });

  it("is not started for LISTEN, which needs a connection of its own", async () => {
    const output = await ends("realtime/main", {
      DATABASE_POOLER: "transaction",
      DATABASE_URL: pooled("clinic_realtime"),
    });

    expect(output).to.include("LISTEN_DATABASE_URL is required");
  });
});

/** A PgBouncer in front of a Postgres, on loopback. */
class PgBouncer {
  readonly port: number;
  #child: ChildProcess;

  private constructor(port: number, child: ChildProcess) {
    this.port = port;
    this.#child = child;
  }

  static async start(postgresUrl: string, mode: "session" | "transaction"): Promise<PgBouncer> {
    const [folder, port] = [await temporaryFolder(), await freePort()];
    const users = ["clinic_api", "clinic_realtime", "stranger", "unlimited"].map((user) => `"${user}" "${password}"`);
    await writeFile(join(folder, "users.txt"), users.join("\n"));
    await writeFile(
      join(folder, "pgbouncer.ini"),
      `[databases]
* = host=127.0.0.1 port=${new URL(postgresUrl).port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, "users.txt")}
pool_mode = ${mode}
default_pool_size = 30
`,
    );
    // PgBouncer does not run as root.
    const user = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
    const child = spawn(binary ?? "", ["-q", ...user, join(folder, "pgbouncer.ini")], { stdio: "ignore" });
    const pooler = new PgBouncer(port, child);
    await eventually(() => isOpen(port));
    return pooler;
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    await ended;
  }
}

async function isOpen(port: number): Promise<void> {
  const socket = openTcp(port, "127.0.0.1");
  await once(socket, "connect");
  socket.destroy();
}
