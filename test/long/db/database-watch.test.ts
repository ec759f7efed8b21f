import { expect } from "chai";
import { apiHealth, realtimeHealth } from "../../../contract/health.ts";
import { migrate } from "../../../db/schema/migrate.ts";
import { schemaRelease } from "../../../db/schema/schema-release.ts";
import { Database } from "../../../db/database.ts";
import { DatabaseWatch } from "../../../db/database-watch.ts";
import { freePort } from "../../../embedded/free-port.ts";
import { createLog } from "../../../platform/log.ts";
import { Clinic, startApi } from "../../support/clinic.ts";
import { System } from "../../support/system.ts";
import { createDatabase } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { rejection } from "../../support/rejection.ts";
import { Rest } from "../../support/rest.ts";
import { Service } from "../../support/service.ts";
import { Socket } from "../../support/socket.ts";
import { secret } from "../../support/tokens.ts";

const { version } = schemaRelease;

/** Waits until both processes of a clinic answer a question for their health with a status, and a reason. */
const bothSay = (clinic: System, status: number, reason = "") =>
  eventually(async () => {
    for (const [{ address }, schema] of [
      [clinic.api, apiHealth],
      [clinic.realtime, realtimeHealth],
    ] as const) {
      const response = await fetch(`${address}/health`);
      const body = (await response.json()) as { reason?: string };
      // Parsing leaves out the fields that the contract does not have.
      expect(schema.parse(body)).to.deep.equal(body);
      expect(response.status).to.equal(status);
      expect(body.reason ?? "").to.include(reason);
    }
  });

describe("a look at the database", () => {
  it("is shared by all who ask while it is under way", async () => {
    const { url, drop } = await createDatabase();
    const database = new Database({ url, name: "database-watch.test" });
    const watch = new DatabaseWatch(database, createLog("test", "silent"));

    const looks = new Set(Array.from({ length: 100 }, () => watch.look()));

    expect(looks).to.have.length(1);
    expect(await Promise.all(looks)).to.deep.equal([true]);
    await database.end();
    await drop();
  });
});

describe("a process on the tables of another version", () => {
  let clinic: System;
  before(async () => {
    clinic = await System.open();
  });
  after(() => clinic.close());

  const release = async (found: { version: number; servesFrom: number }): Promise<void> => {
    await clinic.sql`update schema_release set version = ${found.version}, serves_from = ${found.servesFrom}`;
  };

  it("serves while the newer tables still serve it", async () => {
    await release({ version: version + 1, servesFrom: version });

    await bothSay(clinic, 200);
    expect((await clinic.rest.get("/api/v1/doctors")).status).to.equal(200);
  });

  it("says that it is too old, and serves again when it is not", async () => {
    await release({ version: version + 2, servesFrom: version + 1 });
    const reason = `serves processes from version ${version + 1} on`;
    await bothSay(clinic, 503, reason);

    const { status, body, headers } = await clinic.rest.get("/api/v1/doctors");
    const upgrade = await clinic.connect().catch((error: unknown) => String(error));

    expect({ status, error: body.error }).to.deep.equal({ status: 503, error: "Unavailable" });
    expect(body.message).to.include(reason);
    expect(Number(headers.get("retry-after"))).to.be.greaterThan(0);
    expect(upgrade).to.include("503");
    for (const { output } of [clinic.api, clinic.realtime]) expect(output).to.include(reason);

    await release({ version, servesFrom: version });
    await bothSay(clinic, 200);
    expect((await clinic.rest.get("/api/v1/doctors")).status).to.equal(200);
    await (await clinic.connect()).close();
  });

  it("says that the tables are too old, and waits for the migration", async () => {
    await release({ version: version - 1, servesFrom: version - 1 });
    await bothSay(clinic, 503, "npm run migrate");

    await release({ version, servesFrom: version });
    await bothSay(clinic, 200);
  });
});

describe("a process in production", () => {
  it("does not serve a database whose clinics may have clocks of their own", async () => {
    const clinic = await System.open({ NODE_ENV: "production", AUTH_SECRET: secret });
    const reason = "no constraint clinics_clock_is_real";
    await bothSay(clinic, 503, reason);
    const { status, body } = await clinic.rest.get("/api/v1/clinic");
    const upgrade = await clinic.connect().catch((error: unknown) => String(error));

    expect([status, body.error]).to.deep.equal([503, "Unavailable"]);
    expect(body.message).to.include(reason);
    expect(upgrade).to.include("503");
    for (const { output } of [clinic.api, clinic.realtime]) expect(output).to.include(reason);

    await clinic.sql`update clinics set clock_offset = '0'`;
    await clinic.sql`alter table clinics add constraint clinics_clock_is_real check (clock_offset = '0')`;
    await bothSay(clinic, 200);
    expect((await clinic.rest.get("/api/v1/clinic")).status).to.equal(200);
    await clinic.sql`alter table clinics drop constraint clinics_clock_is_real`;
    await bothSay(clinic, 503, reason);
    await clinic.close();
  });

  it("does not serve it at its start either, before it has looked", async () => {
    const { url, drop } = await createDatabase();
    const port = await freePort();
    const settings = { NODE_ENV: "production", AUTH_SECRET: secret, DATABASE_URL: url, REALTIME_PORT: port };
    const realtime = new Service("realtime/main", settings);
    let isReady = false;
    const ready = realtime.ready().then(() => (isReady = true));
    const answers = new Set<string>();

    for (let isLast = false; !isLast;) {
      isLast = isReady;
      const socket = Socket.open(`ws://127.0.0.1:${port}/api/v1/ws/queue`);
      answers.add(await socket.then(() => "opened", String));
    }
    await ready;

    expect([...answers].join(" "))
      .to.include("503")
      .and.not.include("opened");
    await realtime.stop();
    await drop();
  });

  it("serves a migrated database, in which no clinic can have a clock of its own", async () => {
    const { url, sql, drop } = await createDatabase({ empty: true });
    await migrate(url);
    const database = new Database({ url, name: "database-watch.test" });
    const watch = new DatabaseWatch(database, createLog("test", "silent"), { isProduction: true });

    expect(await watch.look()).to.equal(true);
    expect(watch.mismatch).to.equal(undefined);
    const ahead = sql`update clinics set clock_offset = '1 hour'`;
    expect(await rejection(ahead)).to.include({ code: "23514", constraint_name: "clinics_clock_is_real" });

    await database.end();
    await drop();
  });
});

describe("a process whose clock is not the database's", () => {
  it("says by how much, in health and in the log", async () => {
    const clinic = await Clinic.open();
    const hourMs = 3_600_000;
    const behind = `const now = Date.now; Date.now = () => now() - ${hourMs}`;
    const api = await startApi(clinic.databaseUrl, {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(behind)}`,
    });

    const body: unknown = await (await fetch(`${api.address}/health`)).json();
    const { clock_skew_ms: skewMs } = body as { clock_skew_ms: number };
    const right = (await new Rest(clinic.api.address).get("/health")).body as { clock_skew_ms: number };

    expect(skewMs).to.be.within(hourMs - 60_000, hourMs + 60_000);
    expect(api.output).to.include("the clock of the database is not ours");
    expect(Math.abs(right.clock_skew_ms)).to.be.lessThan(5_000);
    await api.stop();
    await clinic.close();
  });
});
