import { expect } from "chai";
import { Clinics } from "../../access/clinics.ts";
import { Database } from "../../db/database.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";

describe("the clinics that a process knows", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createDatabase();
    await database.sql`insert into clinics (code, name) select 'c' || n, 'C' from generate_series(1, 10000) n`;
  });
  after(() => database.drop());

  it("are 10,000 at most, and none is forgotten for a code that nobody has", async () => {
    const own = new Database({ url: database.url, name: "test", role: "clinic_api" });
    const clinics = new Clinics(own);
    await clinics.find("c1");
    await Promise.all(Array.from({ length: 9_999 }, (_, n) => clinics.find(`c${n + 2}`)));

    for (const code of ["nobody", "nobody-either"]) expect(await clinics.find(code)).to.equal(undefined);
    await own.end();

    // Without a database, only what is remembered can be found.
    for (const code of ["c1", "c2", "c10000"]) expect(await clinics.find(code)).to.include({ code });
  });
});
