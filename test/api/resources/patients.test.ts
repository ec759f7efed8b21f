import { expect } from "chai";
import { line } from "../../../contract/fields.ts";
import { Clinic } from "../../support/clinic.ts";
import { unique } from "../../support/rest.ts";

describe("patients", () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  after(() => clinic.close());

  const register = (fields: object) => clinic.rest.post("/api/v1/patients", fields);

  it("registers a patient and gives it back by id and by phone", async () => {
    const digits = unique();
    const fields = {
      name: " Zoë Ångström ",
      phone: `+49 ${digits}`,
      age: 0,
      gender: "female",
      email: "zoe@example.org",
    };

    const made = await register(fields);

    expect(made.status).to.equal(201);
    expect(made.body).to.deep.include({ ...fields, name: "Zoë Ångström", phone: `+49${digits}` });
    const { existing, ...patient } = made.body;
    expect(existing).to.be.false;
    expect(patient).to.have.all.keys(
      "id",
      "name",
      "age",
      "gender",
      "phone",
      "birth_date",
      "needs",
      "email",
      "ticket_only",
      "created_at",
    );
    expect(patient.created_at).to.match(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect((await clinic.rest.get(`/api/v1/patients/${patient.id}`)).body).to.deep.equal(patient);
    const byPhone = await clinic.rest.get(`/api/v1/patients/search?phone=${encodeURIComponent(`+49${digits}`)}`);
    expect(byPhone.body).to.deep.equal(patient);
    const unencoded = await clinic.rest.get(`/api/v1/patients/search?phone=+49${digits}`);
    expect(unencoded.body).to.deep.equal(patient);
  });

  it("gives the patient that exists, unchanged, for the same phone", async () => {
    const first = await clinic.rest.addPatient();

    const again = await register({ name: "Somebody Else", phone: first.phone });

    expect(again.status).to.equal(201);
    expect(again.body).to.deep.equal({ ...first, existing: true });
  });

  it("makes one patient of twenty registrations at once", async () => {
    const phone = `+2${unique()}`;

    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => register({ name: `Patient ${n}`, phone })));

    expect(answers.map(({ status }) => status)).to.deep.equal(Array(20).fill(201));
    expect(new Set(answers.map(({ body }) => body.id)).size).to.equal(1);
  });

  it("takes what forms send for a field that was left empty", async () => {
    const made = await register({ name: "X", phone: `+3${unique()}`, age: null, gender: "", email: "" });

    expect(made.status).to.equal(201);
    expect(made.body).to.include({ age: null, gender: null, email: null });
  });

  it("answers null for a phone that nobody has, and 404 for an id that nobody has", async () => {
    const byPhone = await clinic.rest.get("/api/v1/patients/search?phone=0000000000");
    const byId = await clinic.rest.get("/api/v1/patients/00000000-0000-0000-0000-000000000000");

    expect([byPhone.status, byPhone.body]).to.deep.equal([200, null]);
    expect([byId.status, byId.body.error, byId.body.message]).to.deep.equal([404, "NotFound", "Patient not found"]);
  });

  it("answers null for a text that is nobody's phone number, and 400 without one", async () => {
    for (const text of ["123", "", "hello", "1".repeat(40), "+++++++++++", "\0\0\0\0\0\0\0\0\0\0\0\0"]) {
      const { status, body } = await clinic.rest.get(`/api/v1/patients/search?phone=${encodeURIComponent(text)}`);
      expect([status, body], JSON.stringify(text)).to.deep.equal([200, null]);
    }
    const none = await clinic.rest.get("/api/v1/patients/search");
    expect([none.status, none.body.details[0].field]).to.deep.equal([400, "phone"]);
  });

  it("counts characters as people do", async () => {
    expect((await register({ name: "😀".repeat(200), phone: `+4${unique()}` })).status).to.equal(201);
    expect((await register({ name: "😀".repeat(201), phone: `+4${unique()}` })).status).to.equal(400);
  });

  it("refuses a name, and a search, that becomes too long for Postgres once its characters are taken apart", async () => {
    const find = (typed: string) => clinic.rest.get(`/api/v1/patients?query=${encodeURIComponent(typed)}`);
    const { id } = (await register({ name: "X" })).body;
    const answers = [
      await register({ name: "㌖".repeat(200) }),
      await clinic.rest.patch(`/api/v1/patients/${id}`, { name: "㌖".repeat(200) }),
      await find("㌖".repeat(200)),
      await find("\ufdfa".repeat(200)),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([400, 400, 400, 400]);
    expect(answers.map(({ body }) => body.details[0].field)).to.deep.equal(["name", "name", "query", "query"]);
    for (const { body } of answers) expect(body.details[0].reason).to.include("at most 1500 bytes");
    expect((await register({ name: "㌖".repeat(80) })).status).to.equal(201);
    const typed = ["㌖".repeat(80), "\ufdfa".repeat(40), "m ".repeat(100), "𝐀bcd ".repeat(40)];
    for (const one of typed) expect((await find(one)).status, one).to.equal(200);
  });

  it("takes a phone's digits, whatever is between them and on whichever keyboard they were typed", async () => {
    const digits = unique();
    const [one, two, three] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
    const { body: first } = await register({ name: "X", phone: `+5${digits}` });
    const shifted = (text: string, zero: number) =>
      text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));

    const written = [
      `+5 (${one}) ${two}-${three}`,
      `+5.${one}/${two}.${three}`,
      `+5\u00a0${one}\u2011${two}\u2013${three}`,
      `\u202a+5${digits}\u202c`,
      shifted(`\uff0b5${digits}`, 0xff10),
      shifted(`+5${digits}`, 0x660),
      shifted(`+5${digits}`, 0x6f0),
    ];
    for (const phone of written) {
      const found = await clinic.rest.get(`/api/v1/patients/search?phone=${encodeURIComponent(phone)}`);
      expect(found.body?.id, phone).to.equal(first.id);
      expect((await register({ name: "Y", phone })).body.id, phone).to.equal(first.id);
    }
  });

  it("keeps names as NFC, and takes those that are spelled with joiners or emoji", async () => {
    const names = ["Zoe\u0308", "علی\u200cرضا", "ක්\u200dෂ", "👩🏽\u200d⚕️ Jo", "김", "O’Brien-Smith, Jr. 3", "李"];

    for (const name of names) {
      const made = await register({ name, phone: `+6${unique()}` });
      expect([made.status, made.body.name], name).to.deep.equal([201, name.normalize("NFC")]);
    }
  });

  it("takes no character that the tables refuse", async () => {
    const characters = [0x0, 0x1, 0xe].flatMap((plane) =>
      Array.from({ length: 0x10000 }, (_, low) => String.fromCodePoint(plane * 0x10000 + low)),
    );
    const schema = line(5);
    const taken = characters.flatMap((character) => schema.safeParse(`a${character}b`).data ?? []);

    expect(taken).to.have.length.above(10_000);
    await clinic.sql`select ${taken.join(" ")}::text::plain_line`;
  });

  const phone = "+1234567890";
  const wrong: [string, object | null, string][] = [
    ["no body fields", {}, "name"],
    ["an array", [], "body"],
    ["a name that is empty", { name: "", phone }, "name"],
    ["a name of blanks", { name: " \t ", phone }, "name"],
    ["a name with NUL", { name: "a\0b", phone }, "name"],
    ["a name with half a surrogate pair", { name: "a\ud800", phone }, "name"],
    ["a name that is a number", { name: 7, phone }, "name"],
    ["a name that is nested", { name: { $ne: null }, phone }, "name"],
    ["a name that is nowhere to be seen", { name: "\u3164\u115f", phone }, "name"],
    ["a name of a zero-width space", { name: "\u200b", phone }, "name"],
    ["a name with a joiner where none belongs", { name: "Jo\u200dhn", phone }, "name"],
    ["a name that turns around what follows", { name: "a\u202eb", phone }, "name"],
    ["a name with a soft hyphen", { name: "a\u00adb", phone }, "name"],
    ["a name of two lines", { name: "a\u2028b", phone }, "name"],
    ["a name with U+FFFC", { name: "J\ufffcrg", phone }, "name"],
    ["a name with a code point that is kept for an invisible character", { name: "J\u2065rg", phone }, "name"],
    ["a name with U+FFFD", { name: "J\ufffdrg", phone }, "name"],
    ["a name of punctuation", { name: "...", phone }, "name"],
    ["a name of a mark without a letter", { name: "\u0301", phone }, "name"],
    ["a gender of a blank that is no space", { name: "A", phone, gender: "\u2800" }, "gender"],
    ["a phone with an extension", { name: "A", phone: "+1234567890 x12" }, "phone"],
    ["a phone with an extension after a sign", { name: "A", phone: "+1234567890 #12" }, "phone"],
    ["a phone of digits that we do not know", { name: "A", phone: "१२३४५६७८९०" }, "phone"],
    ["a phone with a raised digit, as of a footnote", { name: "A", phone: "+1 234 567 89\u00b2" }, "phone"],
    ["a phone of numbers in circles", { name: "A", phone: "\u2473".repeat(20) }, "phone"],
    ["a phone that has a letter", { name: "A", phone: "+12345678O90" }, "phone"],
    ["a phone that is short", { name: "A", phone: "123456789" }, "phone"],
    ["a phone that is long", { name: "A", phone: "1".repeat(21) }, "phone"],
    ["a phone without digits", { name: "A", phone: "++++++++++++" }, "phone"],
    ["a phone that is a number", { name: "A", phone: 1234567890 }, "phone"],
    ["an age below 0", { name: "A", phone, age: -1 }, "age"],
    ["an age above 150", { name: "A", phone, age: 151 }, "age"],
    ["an age that is a fraction", { name: "A", phone, age: 1.5 }, "age"],
    ["an age that is a string", { name: "A", phone, age: "45" }, "age"],
    ["a gender that is long", { name: "A", phone, gender: "x".repeat(21) }, "gender"],
    ["an e-mail that is none", { name: "A", phone, email: "nobody" }, "email"],
  ];
  for (const [what, body, field] of wrong) {
    it(`refuses ${what}, naming ${field}`, async () => {
      const answer = await register(body as object);

      expect(answer.status).to.equal(400);
      expect(answer.body.error).to.equal("ValidationError");
      expect(answer.body.details.map((detail: { field: string }) => detail.field)).to.include(field);
    });
  }
});
