import { expect } from "chai";
import { apiHealth, realtimeHealth } from "../../contract/health.ts";
import { schemaRelease } from "../../db/schema/schema-release.ts";
import { Database } from "../../db/database.ts";
import { DatabaseWatch } from "../../db/database-watch.ts";
import { createLog } from "../../platform/log.ts";
import { Clinic, startApi } from "../support/clinic.ts";
import { createDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";

const { version } = schemaRelease;

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
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  after(() => clinic.close());

  const release = async (found: { version: number; servesFrom: number }): Promise<void> => {
    await clinic.sql`update schema_release set version = ${found.version}, serves_from = ${found.servesFrom}`;
  };
  const health = async (address: string) => {
    const response = await fetch(`${address}/health`);
    return { status: response.status, body: (await response.json()) as { reason?: string } };
  };
  const bothSay = (status: number, reason?: string) =>
    eventually(async () => {
      for (const [{ address }, schema] of [
        [clinic.api, apiHealth],
        [clinic.realtime, realtimeHealth],
      ] as const) {
        const found = await health(address);
        // Parsing leaves out the fields that the contract does not have.
        expect(schema.parse(found.body)).to.deep.equal(found.body);
        expect(found.status).to.equal(status);
        expect(found.body.reason ?? "").to.include(reason ?? "");
      }
    });

  it("serves while the newer tables still serve it", async () => {
    await release({ version: version + 1, servesFrom: version });

    await bothSay(200);
    expect((await clinic.rest.get("/api/v1/doctors")).status).to.equal(200);
  });

  it("says that it is too old, and serves again when it is not", async () => {
    await release({ version: version + 2, servesFrom: version + 1 });
    const reason = `serves processes from version ${version + 1} on`;
    await bothSay(503, reason);

    const { status, body, headers } = await clinic.rest.get("/api/v1/doctors");
    const upgrade = await clinic.connect().catch((error: unknown) => String(error));

    expect({ status, error: body.error }).to.deep.equal({ status: 503, error: "Unavailable" });
    expect(body.message).to.include(reason);
    expect(Number(headers.get("retry-after"))).to.be.greaterThan(0);
    expect(upgrade).to.include("503");
    for (const { output } of [clinic.api, clinic.realtime]) expect(output).to.include(reason);

    await release({ version, servesFrom: version });
    await bothSay(200);
    expect((await clinic.rest.get("/api/v1/doctors")).status).to.equal(200);
    await (await clinic.connect()).close();
  });

  it("says that the tables are too old, and waits for the migration", async () => {
    await release({ version: version - 1, servesFrom: version - 1 });
    await bothSay(503, "npm run migrate");

    await release({ version, servesFrom: version });
    await bothSay(200);
  });
});

describe("a process whose clock is not the database's", () => {
  it("says by how much, in health and in the log", async () => {
    const clinic = await Clinic.open();
    const hourMs = 3_600_000;
    const behind = `const now = Date.now; Date.now = () => now() - ${hourMs}`;
    const api = await startApi(clinic.database.url, {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(behind)}`,
    });

    const body: unknown = await (await fetch(`${api.address}/health`)).json();
    const { clock_skew_ms: skewMs } = body as { clock_skew_ms: number };
    const right = (await clinic.rest.get("/health")).body as { clock_skew_ms: number };

    expect(skewMs).to.be.within(hourMs - 60_000, hourMs + 60_000);
    expect(api.output).to.include("the clock of the database is not ours");
    expect(Math.abs(right.clock_skew_ms)).to.be.lessThan(5_000);
    await api.stop();
    await clinic.close();
  });
});
