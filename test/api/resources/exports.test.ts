import { expect } from "chai";
import { transferKinds } from "../../../contract/transfer.ts";
import { daysFromNow } from "../../support/clinic.ts";
import { counts, openForFiles, sendFile, takeAll } from "../../support/csv.ts";
import { unique, type Rest } from "../../support/rest.ts";

describe("the files that a clinic exports", function () {
  this.timeout(60_000);

  it("give the same when they are imported elsewhere", async () => {
    const one = await openForFiles();
    await one.rest.post("/api/v1/areas", { name: "First floor" });
    await one.rest.post("/api/v1/rooms", { name: "3" });
    const other = await openForFiles();
    await other.rest.post("/api/v1/areas", { name: "First floor" });
    await other.rest.post("/api/v1/rooms", { name: "3" });
    await fill(one.rest);

    const files = await takeAll(one.rest);
    for (const kind of transferKinds) {
      const report = await sendFile(other.rest, kind, files[kind] ?? "");
      expect(report.body.refusals, kind).to.deep.equal([]);
    }
    const back = await takeAll(other.rest);
    const again = await sendFile(other.rest, "appointments", files["appointments"] ?? "");

    for (const kind of transferKinds) expect(sorted(back[kind]), kind).to.deep.equal(sorted(files[kind]));
    expect(files["patients"]).to.include("'=HYPERLINK(1)").and.include("'+1");
    expect(counts(again)).to.include({ added: 0 });
    await Promise.all([one.clinic.close(), other.clinic.close()]);
  });

  it("leave out who was erased", async () => {
    const { clinic, rest } = await openForFiles();
    const doctor = await rest.addDoctor();
    const { id } = await rest.addPatient({ name: "Gone Tomorrow" });
    await rest.book(id, doctor.id, daysFromNow(3));
    await rest.delete(`/api/v1/patients/${id}`);

    const files = await takeAll(rest);

    expect(files["patients"]?.trimEnd().split("\r\n")).to.have.length(1);
    expect(files["appointments"]?.trimEnd().split("\r\n")).to.have.length(1);
    await clinic.close();
  });
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

const sorted = (file = ""): string[] => file.split("\r\n").toSorted();
