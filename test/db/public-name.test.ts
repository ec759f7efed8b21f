import { expect } from "chai";
import { createDatabase, type TestDatabase } from "../support/database.ts";

describe("the name on a public screen", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createDatabase();
  });
  after(() => database.drop());

  async function shown(name: string, how: string, ticketOnly = false): Promise<string> {
    const [row] = await database.sql<
      [{ name: string }]
    >`select public_name(${name}, 'A12', ${ticketOnly}, ${how}) as name`;
    return row.name;
  }

  const names: [string, string, string][] = [
    ["John Doe", "JD", "John D."],
    ["anna maria Öz", "AÖ", "anna Ö."],
    ["Mary-Ann O’Brien", "MO", "Mary-Ann O."],
    // Spaces of all kinds.
    ["John\u00a0Doe", "JD", "John D."],
    ["山田\u3000太郎", "山太", "山田 太."],
    ["John\u2003\u202fDoe", "JD", "John D."],
    // Which word is the first name is not known.
    ["Doe, John", "DJ", "A12"],
    ["Doe,John", "DJ", "A12"],
    ["Doe，John", "DJ", "A12"],
    ["Doe، John", "DJ", "A12"],
    ["Doe/John", "DJ", "A12"],
    ["ジョン・ドウ", "ジド", "A12"],
    ["John Doe, Jr.", "JJ", "A12"],
    // One word could be the surname.
    ["Cher", "A12", "A12"],
    [" Doe ", "A12", "A12"],
    ["Doe,", "A12", "A12"],
    ["John.Doe", "A12", "A12"],
    // Titles and shortened words are not shown as first names.
    ["Dr. John Doe", "DD", "John D."],
    ["Dr. Doe", "DD", "A12"],
    ["Doe Jr.", "DJ", "A12"],
    ["John F. Kennedy", "JK", "John K."],
    // A letter and the marks on it are one.
    ["E\u0301va O\u0308z", "ÉÖ", "Éva Ö."],
    ["\u1112\u1161\u11ab \u1100\u1175\u11b7", "한김", "한 김."],
  ];
  for (const [name, initials, firstName] of names) {
    it(`of ${JSON.stringify(name)} is ${initials} or ${firstName}`, async () => {
      expect(await shown(name, "initials")).to.equal(initials);
      expect(await shown(name, "first_name")).to.equal(firstName);
      expect(await shown(name, "ticket")).to.equal("A12");
      for (const how of ["initials", "first_name"]) expect(await shown(name, how, true)).to.equal("A12");
    });
  }
});
