import { expect } from "chai";
import type { Sql } from "../../db/database.ts";
import { findPatients } from "../../db/queries/patients.ts";
import { QueueClinic } from "../queue/queue-clinic.ts";

const names = [
  "Michael Weber",
  "Michaela Weber",
  "Anna Smith",
  "Ann Lee",
  "Ørsted Ångström",
  "Maria Smithson",
  "Иван Петров",
  "Katharina Maier",
];

describe("the search for patients", () => {
  let sql: Sql;
  let clinic: QueueClinic;
  before(async () => {
    clinic = await QueueClinic.openAlone();
    ({ sql } = clinic);
    const other = await QueueClinic.open(sql);
    await sql`insert into patients (clinic_id, name) select ${clinic.id}, unnest(string_to_array(${names.join("|")}, '|'))`;
    // In another clinic somebody has the very name that is only begun here.
    await sql`insert into patients (clinic_id, name) values (${other.id}, 'Bo Smithso')`;
  });
  after(() => clinic.close());

  const find = async (typed: string, after: string | null = null, limit = 20) =>
    findPatients(sql, clinic.id, { typed, after, limit });
  const found = async (typed: string): Promise<string[]> => (await find(typed)).map(({ name }) => name);

  const errors: Record<string, string> = {
    "Xichael Weber": "a wrong first letter",
    "Michaex Weber": "a wrong last letter",
    "Micael Weber": "a missing letter",
    "Mmichael Weber": "one too many at the beginning",
    "Michaell Weber": "one too many at the end",
    "Mihcael Weber": "two that changed places",
    "Micahel Weber": "two in the middle that changed places",
    "Wbeer Michael": "an error in the other word, in another order",
    "mich wbeer": "a word that is only begun beside it",
  };
  for (const [typed, what] of Object.entries(errors)) {
    it(`forgives ${what}: ${typed}`, async () => {
      expect(await found(typed)).to.include("Michael Weber");
    });
  }

  it("finds a name that is spelled as it sounds, also beside an error in another word", async () => {
    for (const typed of ["Meyer", "Mayer", "Meier", "Katharina Meyer", "Katarina Meyer", "Mey Katarina"]) {
      expect(await found(typed), typed).to.deep.equal(["Katharina Maier"]);
    }
    expect(await found("Katrina Maierx")).to.deep.equal([]);
  });

  it("forgives one error alone, and only where nothing matches", async () => {
    expect(await found("Mihcael Wbeer")).to.deep.equal([]);
    expect(await found("Mihcxel")).to.deep.equal([]);
    expect(await found("Michael")).to.deep.equal(["Michael Weber", "Michaela Weber"]);
  });

  it("gives names that are alike before those that only begin alike", async () => {
    expect(await found("Smiht")).to.deep.equal(["Anna Smith"]);
    expect(await found("Smihtso")).to.deep.equal(["Maria Smithson"]);
  });

  it("forgives nothing in a word of three letters, a number or a sign", async () => {
    for (const typed of ["Amn", "12345", "A1234", "%%%%", "____", "Ann%"]) {
      expect(await found(typed), typed).to.not.include("Ann Lee");
    }
  });

  it("forgives in any script, and where letters have accents", async () => {
    expect(await found("Angstrmo")).to.deep.equal(["Ørsted Ångström"]);
    expect(await found("Птеров")).to.deep.equal(["Иван Петров"]);
  });

  it("looks for a word once, however often it was typed", async () => {
    expect(await found("Smiht ".repeat(30))).to.deep.equal(["Anna Smith"]);
    expect(await found("Smith smith SMITH")).to.deep.equal(["Anna Smith", "Maria Smithson"]);
  });

  it("looks for the first eight words, because each costs time", async () => {
    const six = "m ma mar mari maria s";

    for (const last of ["sm smi", "smi smihtson"]) {
      expect(await found(`${six} ${last} nobody`)).to.deep.equal(["Maria Smithson"]);
      expect(await found(`${six} nobody ${last}`)).to.deep.equal([]);
    }
  });

  it("goes on page by page", async () => {
    const [first, ...others] = await find("Wbeer", null, 1);
    const rest = await find("Wbeer", first?.id);

    expect([first?.name, others, rest.map(({ name }) => name)]).to.deep.equal([
      "Michael Weber",
      [],
      ["Michaela Weber"],
    ]);
    expect(await find("Wbeer", rest[0]?.id)).to.deep.equal([]);
  });
});
