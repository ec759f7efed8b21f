import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { connect } from "../../../db/connection.ts";
import { createDatabase, temporaryFolder } from "../../support/database.ts";
import { eventually } from "../../support/eventually.ts";
import { Service } from "../../support/service.ts";
import { folderWithData, keeperOf, pidOfChild, pidsOf, startSettings } from "../../support/start.ts";
import { secret } from "../../support/tokens.ts";

/** The names of the files that others on this machine may read or write, and of folders they may list. */
async function openToOthers(path: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    const { mode } = await stat(child);
    if ((mode & 0o066) !== 0) found.push(child);
    // What is in a folder that nobody else may enter is nobody else's.
    else if (entry.isDirectory() && (mode & 0o011) !== 0) found.push(...(await openToOthers(child)));
  }
  return found;
}

describe("the secrets of npm start", function () {
  this.timeout(60_000);
  const others = { SOME_TOKEN: "a-token-of-somebody", PGPASSWORD: "a-password-of-somebody" };
  let folder: string;
  let service: Service;
  before(async () => {
    folder = await folderWithData();
    service = await Service.start("dev/start", { ...startSettings(folder), ...others, AUTH_SECRET: secret });
  });
  after(async () => {
    await service?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  const environmentOf = async (pid: number): Promise<string[]> =>
    (await readFile(`/proc/${pid}/environ`, "utf8")).split("\0");

  it("are each known to the process alone that needs it, and printed nowhere", async () => {
    const ownerPassword = await readFile(join(folder, "password"), "utf8");
    const pids = await pidsOf(service, folder);
    const [api, realtime, keeper, postgres] = await Promise.all(
      [pids.api, pids.realtime, pids.keeper, pids.postgres].map(environmentOf),
    );

    const secretNames = /^(.*DATABASE_URL|AUTH_SECRET|SOME_TOKEN|PG[A-Z]+)$/;
    const secretsOf = (lines: string[] = []) =>
      lines.map((line) => line.split("=", 1)[0] ?? "").filter((name) => secretNames.test(name));
    expect(secretsOf(api)).to.have.members(["API_DATABASE_URL", "AUTH_SECRET"]);
    expect(secretsOf(realtime)).to.have.members(["REALTIME_DATABASE_URL", "AUTH_SECRET"]);
    expect(secretsOf(keeper)).to.deep.equal([]);
    expect(secretsOf(postgres)).to.deep.equal([]);
    const everything = [...(api ?? []), ...(realtime ?? []), ...(keeper ?? []), ...(postgres ?? []), service.output];
    expect(everything.join("\n")).to.not.include(ownerPassword);
    expect(service.output).to.not.match(/postgres:\/\/\S*:\S*@|a-(token|password)-of-somebody/);
    expect(service.output).to.not.include(secret);
    expect(service.output).to.include("npm run database-url");
  });

  it("are not the other process' with a Postgres of the operator's, nor the owner's", async () => {
    const database = await createDatabase();
    const url = (user: string) => `postgres://${user}:a-password@127.0.0.1:1/clinic`;
    const urls = { API_DATABASE_URL: url("one"), REALTIME_DATABASE_URL: url("two"), LISTEN_DATABASE_URL: url("three") };
    const settings = { DATABASE_URL: database.url, API_PORT: 0, REALTIME_PORT: 0, ...urls };
    const service = new Service("dev/start", settings);
    const urlsOf = async (program: string): Promise<string[]> => {
      const pid = await eventually(async () => {
        const found = await pidOfChild(service.child.pid ?? 0, program);
        return found ?? expect.fail(`no process ${program}`);
      });
      return (await environmentOf(pid)).filter((line) => line.includes("DATABASE_URL="));
    };
    const realtime = await urlsOf("realtime/main.js");
    await service.stop();
    await database.drop();

    const { API_DATABASE_URL: _api, ...ofRealtime } = urls;
    expect(realtime).to.have.members(Object.entries(ofRealtime).map(([name, value]) => `${name}=${value}`));
  });

  it("let neither process be more in Postgres than its own role", async () => {
    const pids = await pidsOf(service, folder);
    for (const [pid, role] of [
      [pids.api, "clinic_api"],
      [pids.realtime, "clinic_realtime"],
    ] as const) {
      const line = (await environmentOf(pid)).find((line) => /DATABASE_URL=/.test(line)) ?? "";
      const sql = connect({ url: line.slice(line.indexOf("=") + 1), name: "test", max: 1 });
      const [row] = await sql`select session_user, rolsuper from pg_roles where rolname = session_user`;
      const refusal = await sql`copy audit_events from program 'true'`.catch(({ code }: { code: string }) => code);
      await sql.end();

      expect(row).to.deep.equal({ session_user: role, rolsuper: false });
      expect(refusal).to.equal("42501");
    }
  });

  it("are told on request, by npm run database-url", async () => {
    const command = new Service("embedded/database-url-main", { DATA_DIR: folder });
    expect(await command.exit()).to.equal(0);
    const sql = connect({ url: command.output.trim(), name: "test", max: 1 });
    const [row] = await sql`select current_database() as name`;
    await sql.end();
    await service.stop();
    const without = new Service("embedded/database-url-main", { DATA_DIR: folder });

    expect(row).to.deep.equal({ name: "clinic_queue" });
    expect(await without.exit()).to.equal(1);
    expect(without.output).to.equal("database-url: set DATABASE_URL, or run npm start meanwhile in another terminal\n");
  });

  it("are in no file that others may read, while it makes its cluster, after a kill in that, and when it runs", async () => {
    const [folder, scratch] = await Promise.all([temporaryFolder(), temporaryFolder()]);
    const settings = { ...startSettings(folder), TMPDIR: scratch };
    const passwordFiles = async (): Promise<string[]> => {
      const names = await Promise.all([folder, scratch].map((path) => readdir(path, { recursive: true })));
      return names.flat().filter((name) => name.includes("pg-password-"));
    };
    // A library of the migration makes a folder of its own there.
    const passwordsOpenToOthers = async () => (await openToOthers(scratch)).filter((path) => !path.endsWith("/jiti"));
    const first = new Service("dev/start", settings);
    await eventually(async () => expect(await passwordFiles()).to.have.length(1));
    const keeper = await keeperOf(folder);

    expect([await openToOthers(folder), await passwordsOpenToOthers()]).to.deep.equal([[], []]);
    first.signal("SIGKILL");
    process.kill(keeper, "SIGKILL");
    await first.exit();
    expect([await openToOthers(folder), await passwordsOpenToOthers()]).to.deep.equal([[], []]);
    const second = await Service.start("dev/start", settings);

    expect([await passwordFiles(), await openToOthers(folder)]).to.deep.equal([[], []]);
    await second.stop();
    expect([await passwordFiles(), await openToOthers(folder)]).to.deep.equal([[], []]);
    for (const path of [folder, scratch]) await rm(path, { recursive: true, force: true, maxRetries: 10 });
  });
});
