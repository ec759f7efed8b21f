import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { runCsv } from "../support/csv.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";

describe("npm run csv", function () {
  this.timeout(30_000);
  let database: TestDatabase;
  let folder: string;
  before(async () => {
    database = await createDatabase();
    folder = await mkdtemp(join(tmpdir(), "clinic-queue-"));
    await database.sql`insert into clinics (code, name) values ('east', 'East')`;
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    await database?.drop();
  });

  const run = (...args: string[]) => runCsv(database.url, args);
  const write = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  const countPatients = async (code: string): Promise<number> => {
    const [row] = await database.sql<[{ count: number }]>`
      select count(*) from patients where clinic_id = (select id from clinics where code = ${code})
    `;
    return row.count;
  };

  it("imports a file, which it can try before", async () => {
    const file = await write("patients.csv", "name,phone\nAnn,+1 234 567 890\nBen,\n");

    const dry = await run("import", "patients", file, "--clinic", "east", "--dry-run");
    const before = await countPatients("east");
    const done = await run("import", "patients", file, "--clinic", "east");

    expect(dry).to.deep.equal({
      code: 0,
      output: "dry run, nothing was changed: 2 lines, 2 new, 0 existing, 0 refused\n",
    });
    expect(before).to.equal(0);
    expect(done).to.deep.equal({ code: 0, output: "imported: 2 lines, 2 new, 0 existing, 0 refused\n" });
    expect(await countPatients("east")).to.equal(2);
  });

  it("says which lines are wrong, without what is in them, and imports nothing then", async () => {
    const file = await write("wrong.csv", "name,age\nGloria Secret,old\nPia Private,30\n");

    const whole = await run("import", "patients", file);
    const partial = await run("import", "patients", file, "--partial");

    expect(whole.code).to.equal(1);
    expect(whole.output).to.match(/^line 2: age: .*\nnothing was imported: 2 lines, 1 new, 0 existing, 1 refused\n$/);
    expect(whole.output).not.to.match(/Gloria|old/);
    expect(partial.output).to.match(/imported: 2 lines, 1 new, 0 existing, 1 refused\n$/);
  });

  it("exports to a file that only its owner reads, or to standard output", async () => {
    const file = join(folder, "east.csv");

    const toFile = await run("export", "patients", file, "--clinic", "east");
    const toOutput = await run("export", "patients", "--clinic", "east");

    expect([toFile, toOutput.code]).to.deep.equal([{ code: 0, output: "" }, 0]);
    expect(await readFile(file, "utf8")).to.equal(toOutput.output);
    expect(toOutput.output)
      .to.match(/^\ufeffname,phone,.*\r\n/)
      .and.to.include("Ann,'+1234567890,");
  });

  it("says what it cannot do", async () => {
    const file = await write("nothing.csv", "");

    expect(await run("import", "patients", file)).to.deep.include({
      code: 1,
      output: "csv: line 1: the file is empty\n",
    });
    expect((await run("import", "patients", join(folder, "none.csv"))).output).to.match(/none\.csv: ENOENT\n$/);
    expect((await run("export", "patients", "--clinic", "nowhere")).output).to.equal(
      "csv: there is no clinic nowhere\n",
    );
    // The other ways to use it wrong are in test/long/transfer/csv-main.test.ts.
    expect(await run("import", "patients")).to.deep.include({ code: 2 });
  });
});
