import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { expect } from "chai";
import { someDay, type Clinic } from "../../support/clinic.ts";
import { counts, openForFiles, sendFile, takeAll, takeFile } from "../../support/csv.ts";
import type { Rest } from "../../support/rest.ts";

describe("files of a clinic", function () {
  this.timeout(60_000);
  let clinic: Clinic;
  let manager: Rest;
  before(async () => {
    ({ clinic, rest: manager } = await openForFiles());
  });
  after(() => clinic.close());

  it("puts each into the audit trail once, with counts and nobody's data", async () => {
    const { clinic, rest } = await openForFiles();

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

  it("tells whoever did not say how long a file is, too, that it is too long", async () => {
    const authorization = `Bearer ${await clinic.tokenFor({ role: "manager" })}`;
    const headers = { authorization, "content-type": "text/csv", "transfer-encoding": "chunked" };
    const upload = request(`${clinic.api.address}${clinic.basePath}/api/v1/imports/patients`, {
      method: "POST",
      headers,
    });
    const answered = once(upload, "response") as Promise<[IncomingMessage]>;

    for (let megabytes = 0; megabytes < 80; megabytes++) {
      if (!upload.write(Buffer.alloc(1_000_000, "a"))) await once(upload, "drain");
    }
    upload.end();

    const [answer] = await answered;
    expect(answer.statusCode).to.equal(413);
    answer.resume();
  });

  it("is for managers, each in their clinic", async () => {
    const staff = clinic.restAs(await clinic.tokenFor({ role: "staff" }));
    const other = await openForFiles();
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
    const [here, other] = await Promise.all([openForFiles(), openForFiles()]);
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
    const files = await takeAll(here.rest);
    expect(JSON.stringify(files)).not.to.include("THERE");
    await Promise.all([here.clinic.close(), other.clinic.close()]);
  });
});
