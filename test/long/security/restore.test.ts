import { execFile } from "node:child_process";
import { appendFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import type { EmbeddedPostgres } from "../../../embedded/embedded-postgres.ts";
import { createAccount, password } from "../../support/accounts.ts";
import { startApi } from "../../support/clinic.ts";
import { openSql, startOwnCluster, temporaryFolder } from "../../support/database.ts";
import { nameDefaultClinic } from "../../support/default-clinic.ts";
import { Rest } from "../../support/rest.ts";
import type { Service } from "../../support/service.ts";
import { folderWithData } from "../../support/start.ts";
import { secret } from "../../support/tokens.ts";

/** Keeps the owner, who is not always the user that runs the tests. */
const copy = (from: string, to: string) => promisify(execFile)("cp", ["-a", from, to]);

/** Tokens of a database that is copied, as a backup and a standby are. */
describe("a token", function () {
  this.timeout(120_000);
  let folder: string;
  let cluster: EmbeddedPostgres;
  let api: Service;
  let kept: string;
  let revoked: string;

  /** A clinic with two sessions, and a backup of its files in which both are good; one was revoked after it. */
  before(async () => {
    folder = await temporaryFolder();
    await rename(await folderWithData(), at("first"));
    cluster = await startOwnCluster(at("first"));
    await nameDefaultClinic(cluster.url);
    await using sql = await openSql(cluster.url, 1);
    await createAccount({ sql }, "desk");
    await start();
    [kept, revoked] = [await signIn(), await signIn()];
    await stop();
    await copy(at("first"), at("backup"));
    await run("first");
    await as(revoked).delete("/api/v1/sessions");
    expect(await statuses()).to.deep.equal([200, 401]);
    await stop();
  });
  afterEach(() => stop());
  after(() => rm(folder, { recursive: true }));

  const at = (name: string) => join(folder, name);
  const as = (token: string) => new Rest(api.address, { authorization: `Bearer ${token}` });
  const statuses = () =>
    Promise.all([kept, revoked].map(async (token) => (await as(token).get("/api/v1/sessions")).status));
  async function start(): Promise<void> {
    api = await startApi(cluster.url, { AUTH_SECRET: secret });
  }
  async function stop(): Promise<void> {
    await api.stop();
    await cluster.stop();
  }
  async function signIn(): Promise<string> {
    const { status, body } = await new Rest(api.address).post("/api/v1/sessions", { name: "desk", password });
    expect(status).to.equal(201);
    return body.token;
  }
  /** Starts the cluster of this name; before the api starts, `first` does something in it. */
  async function run(name: string, ...first: string[]): Promise<void> {
    cluster = await startOwnCluster(at(name));
    await change(first);
    await start();
  }
  async function change(statements: string[]): Promise<void> {
    await using sql = await openSql(cluster.url, 1);
    for (const statement of statements) await sql.unsafe(statement);
  }
  /** A copy of the backup that continues as another timeline, as a standby does, or a recovery to a point in time. */
  async function promote(name: string, ...first: string[]): Promise<void> {
    await copy(at("backup"), at(name));
    cluster = await startOwnCluster(at(name));
    await change(first);
    await cluster.stop();
    const data = join(at(name), "postgres");
    await appendFile(join(data, "postgresql.auto.conf"), "restore_command = 'false'\n");
    await writeFile(join(data, "recovery.signal"), "");
    cluster = await startOwnCluster(at(name));
    await start();
  }

  it("is worth nothing after a restore of the cluster's files, with the statement that the procedure has", async () => {
    await copy(at("backup"), at("restored"));
    await run("restored", "update installation set history = null");

    expect(await statuses()).to.deep.equal([401, 401]);
    const again = await signIn();
    expect((await as(again).get("/api/v1/sessions")).status).to.equal(200);
  });

  it("is worth nothing after a restore into another database, as pg_restore does, by itself", async () => {
    cluster = await startOwnCluster(at("first"));
    const restored = cluster.url.replace(/[^/]+$/, "restored");
    await using admin = await openSql(cluster.url.replace(/[^/]+$/, "postgres"), 1);
    await admin`create database restored template clinic_queue`;
    api = await startApi(restored, { AUTH_SECRET: secret });

    expect(await statuses()).to.deep.equal([401, 401]);
  });

  it("is worth nothing after a recovery to a point in time that has passed, by itself", async () => {
    await promote("recovered", "update installation set alive_at = now() - interval '11 minutes'");

    expect(await statuses()).to.deep.equal([401, 401]);
  });

  it("stays good after a failover to a standby", async () => {
    await promote("standby", "update installation set alive_at = now()");

    expect((await statuses())[0]).to.equal(200);
  });

  it("stays good when Postgres was off for long", async () => {
    await run("first", "update installation set alive_at = now() - interval '3 days'");

    expect(await statuses()).to.deep.equal([200, 401]);
  });
});
