import { expect } from "chai";
import { transferKinds } from "../../../contract/transfer.ts";
import { Clinic, daysFromNow, nextDay, someDay } from "../../support/clinic.ts";
import { counts, sendFile, takeFile } from "../../support/csv.ts";
import { unique, type Rest } from "../../support/rest.ts";

describe("files of a clinic", function () {
  this.timeout(60_000);
  let clinic: Clinic;
  let manager: Rest;
  before(async () => {
    clinic = await Clinic.openWithSignIn();
    manager = clinic.restAs(await clinic.tokenFor({ role: "manager" }));
  });
  after(() => clinic.close());

  const open = async (): Promise<{ clinic: Clinic; rest: Rest }> => {
    const clinic = await Clinic.openWithSignIn();
    return { clinic, rest: clinic.restAs(await clinic.tokenFor({ role: "manager" })) };
  };
  const patientsOf = ({ id, sql }: Clinic) =>
    sql<
      { name: string; shares_phone: boolean }[]
    >`select name, phone, birth_date, age, needs, shares_phone from patients where clinic_id = ${id} order by name`;

  it("adds patients, and knows those who are there", async () => {
    const file = `Phone;NAME;Birth date;needs_language\r\n+1${unique()};Zoë Ångström;1980-05-17;ar\r\n;"Doe; John";1990-01-01;\r\n`;

    const dry = await sendFile(manager, "patients", file, "?dry_run=true");
    const none = await clinic.sql`select from patients where clinic_id = ${clinic.id}`;
    const first = await sendFile(manager, "patients", file);
    const again = await sendFile(manager, "patients", `\ufeff${file}`);

    expect(counts(dry)).to.deep.equal({ imported: false, added: 2, existing: 0, refused: 0 });
    expect(none).to.have.length(0);
    expect(counts(first)).to.deep.equal({ imported: true, added: 2, existing: 0, refused: 0 });
    expect(counts(again)).to.deep.equal({ imported: true, added: 0, existing: 2, refused: 0 });
    const rows = await patientsOf(clinic);
    expect(rows.map(({ name }) => name)).to.deep.equal(["Doe; John", "Zoë Ångström"]);
    expect(rows[1]).to.deep.include({ birth_date: "1980-05-17", needs: { language: "ar" } });
  });

  it("tells of every line that it refuses, and then imports nothing, or the others", async () => {
    const { clinic, rest } = await open();
    const phone = `+1${unique()}`;
    const file = [
      "name,phone,birth_date,age,shares_phone",
      `Ann,${phone},,,`,
      `Ben,${phone},,,`,
      `Cat,${phone},,,true`,
      "Dan,12,1990-13-01,old,",
      "Eve,,,,,",
      '"Two\nlines",,,,',
      "Fay,,,30,",
    ].join("\n");

    const dry = await sendFile(rest, "patients", file, "?dry_run=true");
    const whole = await sendFile(rest, "patients", file);
    const before = await patientsOf(clinic);
    const partial = await sendFile(rest, "patients", file, "?partial=true");

    const told = dry.body.refusals.map(({ line, field }) => `${line} ${field}`);
    expect(told).to.deep.equal(["3 phone", "5 phone", "5 birth_date", "5 age", "6 null", "7 name"]);
    expect(dry.body.refusals[3]?.reason).to.equal("must be a whole number");
    expect(counts(dry)).to.deep.equal({ imported: false, added: 3, existing: 0, refused: 4 });
    expect(whole.body).to.deep.equal({ ...dry.body, dry_run: false });
    expect(before).to.have.length(0);
    expect(counts(partial)).to.deep.equal({ imported: true, added: 3, existing: 0, refused: 4 });
    const rows = await patientsOf(clinic);
    expect(rows.map(({ name, shares_phone }) => [name, shares_phone])).to.deep.equal([
      ["Ann", false],
      ["Cat", true],
      ["Fay", false],
    ]);
    await clinic.close();
  });

  it("makes no second patient of the same name, phone and birth date, and of a name alone as many as there are lines", async () => {
    const { clinic, rest } = await open();
    const file = "name,birth_date\nAnn,1990-01-01\nAnn,1990-01-01\nBen,\nBen,\n";

    const first = await sendFile(rest, "patients", file);
    const again = await sendFile(rest, "patients", file);

    expect(counts(first)).to.include({ added: 3, existing: 1 });
    expect(counts(again)).to.include({ added: 0, existing: 4 });
    await clinic.close();
  });

  it("adds schedules, and books and records appointments by the rules of the calls", async () => {
    const { clinic, rest } = await open();
    await rest.post("/api/v1/rooms", { name: "3" });
    const day = daysFromNow(7);
    const yesterday = daysFromNow(-1);
    const doctors = "code,name,room\nD1,Dr. Smith,3\nD2,Dr. Jones,\nD3,Dr. Nowhere,99\n";
    const weekdays = [1, 2, 3, 4, 5, 6, 7].map((weekday) => `D1,${weekday},9:00,12:00:00,30,3`);
    const schedules = `doctor_code,weekday,starts_at,ends_at,slot_minutes,room\n${weekdays.join("\n")}\n`;
    const wrong = `${schedules}D1,1,11:00,13:00,30,\nD9,1,09:00,12:00,30,\nD2,1,09:00,09:10,30,\nD2,8,nine,10:00,30,\n`;

    const addedDoctors = await sendFile(rest, "doctors", doctors, "?partial=true");
    await sendFile(rest, "patients", "name,birth_date\nAnn,1990-01-01\nBen,\nBen,\n");
    const refused = await sendFile(rest, "schedules", wrong);
    const empty = await takeFile(rest, "schedules");
    const added = await sendFile(rest, "schedules", schedules);
    const again = await sendFile(rest, "schedules", schedules);
    const appointments = await sendFile(
      rest,
      "appointments",
      [
        "doctor_code,patient_name,date,time,hour,minutes,outcome,note",
        `D1,Ann,${day},09:30,,,,Brings an interpreter`,
        `D1,Ann,${day},09:30,,,,`,
        `D1,Ann,${day},09:10,,,,`,
        `D2,Ann,${day},,14,,,`,
        `D2,Ann,${day},10:00,,,,`,
        `D9,Ann,${day},,,,,`,
        `D1,Ben,${day},10:00,,,,`,
        `D1,Zoe,${day},10:00,,,,`,
        `D1,Ann,${yesterday},09:00,,30,served,`,
        `D1,Ann,${yesterday},09:15,,30,no_show,`,
        `D1,Ann,${yesterday},10:00,,30,,`,
        `D1,Ann,${yesterday},11:00,,,served,`,
        `D1,Ann,${day},11:00,,30,served,`,
      ].join("\n"),
      "?partial=true",
    );

    expect(counts(addedDoctors)).to.include({ added: 2, refused: 1 });
    expect(addedDoctors.body.refusals).to.deep.equal([{ line: 4, field: "room", reason: "no room has this name" }]);
    const told = refused.body.refusals.map(({ line, field }) => `${line} ${field}`);
    expect(told).to.deep.equal(["9 starts_at", "10 doctor_code", "11 slot_minutes", "12 weekday", "12 starts_at"]);
    expect(empty.split("\r\n")).to.have.length(2);
    expect(counts(added)).to.deep.equal({ imported: true, added: 7, existing: 0, refused: 0 });
    expect(counts(again)).to.deep.equal({ imported: true, added: 0, existing: 7, refused: 0 });
    expect(appointments.body.refusals.map(({ line, field }) => `${line} ${field}`)).to.deep.equal([
      "3 time",
      "4 time",
      "6 time",
      "7 doctor_code",
      "8 patient_name",
      "9 patient_name",
      "11 time",
      "12 outcome",
      "13 minutes",
      "14 outcome",
    ]);
    expect(counts(appointments)).to.deep.equal({ imported: true, added: 3, existing: 0, refused: 10 });
    await clinic.close();
  });

  it("books all appointments of a file or none", async () => {
    const { clinic, rest } = await open();
    await rest.addDoctor({ code: "D1" });
    await rest.addPatient({ name: "Ann" });
    const line = (date: string, name: string) => `D1,${name},${date}`;
    const file = (...lines: string[]) => ["doctor_code,patient_name,date", ...lines].join("\n");

    const none = await sendFile(rest, "appointments", file(line(daysFromNow(3), "Ann"), line(daysFromNow(4), "Bob")));
    const [{ count: afterNone }] = await clinic.sql<[{ count: number }]>`
      select count(*) from appointments where clinic_id = ${clinic.id}
    `;
    const both = await sendFile(rest, "appointments", file(line(daysFromNow(3), "Ann"), line(daysFromNow(4), "Ann")));

    expect([counts(none), afterNone]).to.deep.equal([{ imported: false, added: 1, existing: 0, refused: 1 }, 0]);
    expect(counts(both)).to.deep.equal({ imported: true, added: 2, existing: 0, refused: 0 });
    await clinic.close();
  });

  it("gives the same when what was exported is imported elsewhere", async () => {
    const one = await open();
    await one.rest.post("/api/v1/areas", { name: "First floor" });
    await one.rest.post("/api/v1/rooms", { name: "3" });
    const other = await open();
    await other.rest.post("/api/v1/areas", { name: "First floor" });
    await other.rest.post("/api/v1/rooms", { name: "3" });
    await fill(one.rest);

    const files = await readAll(one.rest);
    for (const kind of transferKinds) {
      const report = await sendFile(other.rest, kind, files[kind] ?? "");
      expect(report.body.refusals, kind).to.deep.equal([]);
    }
    const back = await readAll(other.rest);
    const again = await sendFile(other.rest, "appointments", files["appointments"] ?? "");

    for (const kind of transferKinds) expect(sorted(back[kind]), kind).to.deep.equal(sorted(files[kind]));
    expect(files["patients"]).to.include("'=HYPERLINK(1)").and.include("'+1");
    expect(counts(again)).to.include({ added: 0 });
    await Promise.all([one.clinic.close(), other.clinic.close()]);
  });

  it("leaves out who was erased", async () => {
    const { clinic, rest } = await open();
    const doctor = await rest.addDoctor();
    const { id } = await rest.addPatient({ name: "Gone Tomorrow" });
    await rest.book(id, doctor.id, daysFromNow(3));
    await rest.delete(`/api/v1/patients/${id}`);

    const files = await readAll(rest);

    expect(files["patients"]?.trimEnd().split("\r\n")).to.have.length(1);
    expect(files["appointments"]?.trimEnd().split("\r\n")).to.have.length(1);
    await clinic.close();
  });

  it("puts each into the audit trail once, with counts and nobody's data", async () => {
    const { clinic, rest } = await open();

    await sendFile(rest, "patients", "name\nGloria Secret\nPia Private\n");
    await sendFile(rest, "patients", "name\nGloria Secret\n", "?dry_run=true");
    await takeFile(rest, "patients");

    const events = await clinic.sql`
      select action, entity, after, actor_role from audit_events
      where clinic_id = ${clinic.id} and action in ('import', 'export') order by at
    `;
    expect(events).to.deep.equal([
      {
        action: "import",
        entity: "patients",
        after: { lines: 2, added: 2, existing: 0, refused: 0 },
        actor_role: "manager",
      },
      { action: "export", entity: "patients", after: { lines: 2 }, actor_role: "manager" },
    ]);
    await clinic.close();
  });

  it("refuses what is no such file, and says where", async () => {
    const cases: [string, string | Uint8Array, RegExp][] = [
      ["nothing", "", /line 1: the file is empty/],
      ["bytes", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0, 0]), /must be text in UTF-8/],
      ["Latin-1", Buffer.from("name\nZo\xeb\n", "latin1"), /must be text in UTF-8/],
      ["UTF-16", Buffer.from("\ufeffname\nAnn\n", "utf16le"), /must be text in UTF-8/],
      ["UTF-16 without a mark", Buffer.from("name\nAnn\n", "utf16le"), /line 1: the column .* is not known/],
      ["a page", "<!doctype html>\n<p>Ann", /line 1: the column .* is not known/],
      ["no name", "phone\n+12345678901\n", /line 1: the column "name" is missing/],
      ["a column twice", "name,name\nAnn,Ann\n", /line 1: the column "name" is there twice/],
      ["an open quote", 'name\nAnn\n"Ben\nCat\n', /line \d: a quote that begins here is not closed/],
      ["text after a quote", 'name\n"Ann"a\n', /line 2: something follows a quote/],
      ["a quote inside", 'name\nAnn "A" Doe\n', /line 2: a quote stands inside a field/],
      ["a line of 10 MB", `name\n${"x".repeat(10_000_000)}\n`, /line 2: the line is longer than 100000 bytes/],
      ["a header of 10 MB", "x".repeat(10_000_000), /line 1: /],
    ];

    for (const [what, file, told] of cases) {
      const answer = await manager.raw("/api/v1/imports/patients", file, { "content-type": "text/csv" });
      expect([what, answer.status]).to.deep.equal([what, 400]);
      expect(answer.body.message, what).to.match(told);
      expect(answer.body.message.length, what).to.be.below(400);
    }
  });

  it("takes CSV in UTF-8 only, and 50 MB at most", async () => {
    const send = (headers: Record<string, string>, body: string | Uint8Array = "name\nAnn\n") =>
      manager.raw("/api/v1/imports/patients?dry_run=true", body, headers);

    expect((await send({ "content-type": "application/json" })).status).to.equal(415);
    expect((await send({ "content-type": "text/csv; charset=iso-8859-1" })).status).to.equal(415);
    expect((await send({ "content-type": "text/csv", "content-encoding": "gzip" })).status).to.equal(415);
    expect((await send({ "content-type": "text/csv; charset=UTF-8; header=present" })).status).to.equal(200);
    expect((await send({ "content-type": "text/csv" }, Buffer.alloc(50_000_001, "a"))).status).to.equal(413);
    expect((await manager.get("/api/v1/exports/secrets")).status).to.equal(400);
  });

  it("is for managers, each in their clinic", async () => {
    const staff = clinic.restAs(await clinic.tokenFor({ role: "staff" }));
    const other = await open();
    const elsewhere = clinic.restAs(await other.clinic.tokenFor({ role: "manager" }));

    for (const [rest, status] of [
      [staff, 403],
      [elsewhere, 401],
      [clinic.rest, 401],
    ] as const) {
      expect((await sendFile(rest, "patients", "name\nAnn\n")).status).to.equal(status);
      expect((await rest.get("/api/v1/exports/patients")).status).to.equal(status);
    }
    await other.clinic.close();
  });

  it("knows nothing of what another clinic has", async () => {
    const [here, other] = await Promise.all([open(), open()]);
    await here.rest.addDoctor({ code: "HERE" });
    await here.rest.addPatient({ name: "Ann Here" });
    await other.rest.addDoctor({ code: "THERE" });
    const { phone } = await other.rest.addPatient({ name: "Nadia North" });
    await other.rest.post("/api/v1/rooms", { name: "77" });
    const asked = [
      ["appointments", "doctor_code,patient_name,date", `HERE,Nadia North,${someDay}`, `HERE,Nobody,${someDay}`],
      ["appointments", "doctor_code,patient_name,date", `THERE,Ann Here,${someDay}`, `NOWHERE,Ann Here,${someDay}`],
      [
        "schedules",
        "doctor_code,weekday,starts_at,ends_at,slot_minutes",
        "THERE,1,09:00,10:00,15",
        "X,1,09:00,10:00,15",
      ],
      ["doctors", "code,name,room", "D1,Dr. One,77", "D1,Dr. One,78"],
    ] as const;

    for (const [kind, header, foreign, none] of asked) {
      const [first, second] = [
        await sendFile(here.rest, kind, `${header}\n${foreign}\n`),
        await sendFile(here.rest, kind, `${header}\n${none}\n`),
      ];
      expect(first.body, foreign).to.deep.equal(second.body).and.to.include({ refused: 1 });
    }
    const same = await sendFile(here.rest, "patients", `name,phone\nNadia North,${phone}\n`);
    expect(counts(same)).to.include({ added: 1, existing: 0 });
    const files = await readAll(here.rest);
    expect(JSON.stringify(files)).not.to.include("THERE");
    await Promise.all([here.clinic.close(), other.clinic.close()]);
  });

  it("takes back what it added, but not what somebody works with", async () => {
    const { clinic, rest } = await open();
    await rest.addDoctor({ code: "D1" });
    await rest.addPatient({ name: "Ann" });
    const today = await rest.today();
    const dates = [today, someDay, nextDay];
    await sendFile(
      rest,
      "appointments",
      `doctor_code,patient_name,date\n${dates.map((date) => `D1,Ann,${date}`).join("\n")}`,
    );
    const rows = await clinic.sql<{ id: string; patient_id: string }[]>`
      select id, patient_id from appointments where clinic_id = ${clinic.id} order by date
    `;
    await rest.checkIn(rows[0]?.id ?? "", rows[0]?.patient_id ?? "");
    await rest.post("/api/v1/tasks", { text: "Telephone Ann", appointment_id: rows[1]?.id });

    const [{ gone }] = await clinic.sql<[{ gone: number }]>`
      select take_back_import(${clinic.id}, ${clinic.sql.json(rows.map(({ id }) => id))}, null) as gone
    `;

    expect(gone).to.equal(1);
    const left = await clinic.sql`select id from appointments where clinic_id = ${clinic.id} order by date`;
    expect(left.map(({ id }) => id as string)).to.deep.equal([rows[0]?.id, rows[1]?.id]);
    await clinic.close();
  });

  /** A clinic with something of everything, also with what a program for tables would run. */
  async function fill(rest: Rest): Promise<void> {
    const phone = `+1${unique()}`;
    const patients = [
      "name;phone;birth_date;age;gender;email;shares_phone;ticket_only;needs_fetch;needs_other",
      `"=HYPERLINK(1)";${phone};1980-05-17;45;female;a@example.org;;true;true;"Hard of hearing; reads ""lips"""`,
      `-Child;${phone};;7;;;true;;;`,
      "'=quoted;;;;;;;;;",
      "@home;;2000-02-29;;;;;;;",
      "Ben;;;;;;;;;",
      "Ben;;;;;;;;;",
    ];
    const lines: Record<string, string[]> = {
      doctors: [
        "code,name,specialty,ticket_prefix,area,room,kind,daily_capacity,retired",
        "D1,Dr. Smith,Cardiology,AB,First floor,3,person,12,",
        "D2,Blood tests,,,,,service,,",
        "D3,Dr. Gone,Eyes,Z,,,,,true",
      ],
      patients,
      schedules: [
        "doctor_code,weekday,starts_at,ends_at,slot_minutes,room,valid_from,valid_until",
        ...[1, 2, 3, 4, 5, 6, 7].map((weekday) => `D1,${weekday},09:00,12:00,15,3,2026-01-01,`),
        "D1,1,14:00,16:00,20,,2026-01-01,2029-12-31",
      ],
      appointments: [
        "doctor_code,patient_name,patient_birth_date,date,time,hour,minutes,mode,note,reason,outcome,source",
        `D1,"'=HYPERLINK(1)",1980-05-17,${daysFromNow(5)},09:15,,,video,=1+1,Knee pain,,`,
        `D1,@home,,${daysFromNow(5)},09:30,,,,,,,`,
        `D2,@home,,${daysFromNow(5)},,14,,,,,,`,
        `D2,@home,,${daysFromNow(5)},,,,,,,,`,
        `D1,@home,,${daysFromNow(-5)},09:30,,15,,,,served,`,
        `D1,@home,,${daysFromNow(-5)},,,,,,,left,walk_in`,
        `D2,@home,,${daysFromNow(-400)},,8,,,,,unknown,`,
        `D1,@home,,${daysFromNow(5)},09:15,,15,,,,cancelled_by_patient,`,
      ],
    };
    for (const kind of transferKinds) {
      const report = await sendFile(rest, kind, (lines[kind] ?? []).join("\n"));
      expect(report.body.refusals, kind).to.deep.equal([]);
    }
  }

  async function readAll(rest: Rest): Promise<Record<string, string>> {
    const files: Record<string, string> = {};
    for (const kind of transferKinds) files[kind] = await takeFile(rest, kind);
    return files;
  }

  const sorted = (file = ""): string[] => file.split("\r\n").toSorted();
});
