import { expect } from "chai";
import { daysFromNow, nextDay, someDay, type Clinic } from "../../support/clinic.ts";
import { counts, openForFiles, sendFile, takeFile } from "../../support/csv.ts";
import { unique } from "../../support/rest.ts";

describe("a file that is imported into a clinic", function () {
  this.timeout(60_000);

  const patientsOf = ({ id, sql }: Clinic) =>
    sql<
      { name: string; shares_phone: boolean }[]
    >`select name, phone, birth_date, age, needs, shares_phone from patients where clinic_id = ${id} order by name`;

  it("adds patients, and knows those who are there", async () => {
    const { clinic, rest } = await openForFiles();
    const file = `Phone;NAME;Birth date;needs_language\r\n+1${unique()};Zoë Ångström;1980-05-17;ar\r\n;"Doe; John";1990-01-01;\r\n`;

    const dry = await sendFile(rest, "patients", file, "?dry_run=true");
    const none = await clinic.sql`select from patients where clinic_id = ${clinic.id}`;
    const first = await sendFile(rest, "patients", file);
    const again = await sendFile(rest, "patients", `\ufeff${file}`);

    expect(counts(dry)).to.deep.equal({ imported: false, added: 2, existing: 0, refused: 0 });
    expect(none).to.have.length(0);
    expect(counts(first)).to.deep.equal({ imported: true, added: 2, existing: 0, refused: 0 });
    expect(counts(again)).to.deep.equal({ imported: true, added: 0, existing: 2, refused: 0 });
    const rows = await patientsOf(clinic);
    expect(rows.map(({ name }) => name)).to.deep.equal(["Doe; John", "Zoë Ångström"]);
    expect(rows[1]).to.deep.include({ birth_date: "1980-05-17", needs: { language: "ar" } });
    await clinic.close();
  });

  it("tells of every line that it refuses, and then imports nothing, or the others", async () => {
    const { clinic, rest } = await openForFiles();
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
    const { clinic, rest } = await openForFiles();
    const file = "name,birth_date\nAnn,1990-01-01\nAnn,1990-01-01\nBen,\nBen,\n";

    const first = await sendFile(rest, "patients", file);
    const again = await sendFile(rest, "patients", file);

    expect(counts(first)).to.include({ added: 3, existing: 1 });
    expect(counts(again)).to.include({ added: 0, existing: 4 });
    await clinic.close();
  });

  it("adds schedules, and books and records appointments by the rules of the calls", async () => {
    const { clinic, rest } = await openForFiles();
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
    const { clinic, rest } = await openForFiles();
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

  it("takes back what it added, but not what somebody works with", async () => {
    const { clinic, rest } = await openForFiles();
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
});
