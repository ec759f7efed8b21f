import { expect } from "chai";
import { account } from "../../support/accounts.ts";
import { createDatabase, type TestDatabase } from "../../support/database.ts";

// What test/access/account-main.test.ts leaves out.
describe("npm run account, of what cannot be", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createDatabase();
    await database.sql`insert into clinics (code, name) values ('east', 'East')`;
  });
  after(() => database?.drop());

  const wrong: [string, string[], RegExp, string?][] = [
    ["a name of two words", ["add", "no name", "--role", "staff"], /a name has 1 to 100 small letters/],
    ["a long name", ["add", "x".repeat(101), "--role", "staff"], /a name has 1 to 100 small letters/],
    [
      "an operator of one clinic",
      ["add", "eve", "--role", "operator", "--clinic", "east"],
      /an operator has an account of the default clinic/,
    ],
    ["an empty password", ["add", "eve", "--role", "staff"], /at least 12 characters/, ""],
    ["a long password", ["add", "eve", "--role", "staff"], /at most 1,000 characters/, "x".repeat(1_001)],
    ["nobody's account to disable", ["disable", "eve"], /Account not found/],
  ];
  for (const [what, args, message, password] of wrong) {
    it(`says in one line, and does nothing: ${what}`, async () => {
      const { code, output } = await account(database.url, args, password);

      expect(code, output).to.equal(1);
      expect(output).to.match(message);
      expect(output.trimEnd().split("\n"), output).to.have.length(1);
      expect(await database.sql`select name from accounts`).to.deep.equal([]);
    });
  }
});
