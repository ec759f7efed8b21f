import { expect } from "chai";
import type { AuditEvent } from "../../../db/queries/audit-events.ts";
import { someDay, startApi } from "../../support/clinic.ts";
import { System } from "../../support/system.ts";
import { eventually } from "../../support/eventually.ts";
import type { Rest } from "../../support/rest.ts";
import { secret, tokenFor } from "../../support/tokens.ts";
import { clinicId } from "../../support/default-clinic.ts";

describe("the audit trail", () => {
  let clinic: System;
  let staff: Rest;
  const ann = "11111111-1111-4111-8111-111111111111";
  before(async () => {
    clinic = await System.open({ AUTH_SECRET: secret });
    staff = clinic.restAs(await tokenFor({ role: "staff", sub: ann, name: "ann" }));
  });
  after(() => clinic.close());

  const events = async (query: string): Promise<AuditEvent[]> => {
    const { status, body } = await staff.get(`/api/v1/audit?${query}`);
    expect(status).to.equal(200);
    return (body as { events: AuditEvent[] }).events;
  };

  it("tells who changed what, when and from where, before and after", async () => {
    const doctor = await staff.addDoctor();
    const booked = await staff.bookNew(doctor.id, await staff.today());

    const checkedIn = await staff.post("/api/v1/checkins", { appointment_id: booked.id, patient_id: booked.patientId });

    const [change, booking] = await events(`entity=appointments&entity_id=${booked.id}`);
    expect(change).to.deep.include({
      action: "update",
      actor: ann,
      actor_role: "staff",
      actor_name: "ann",
      address: "127.0.0.1",
    });
    expect(change?.request_id).to.equal(checkedIn.headers.get("x-request-id"));
    expect(change?.before).to.include({ status: "booked" }).and.not.have.property("slot");
    expect(change?.after).to.include({ status: "checked_in" });
    expect(booking).to.deep.include({ action: "insert", before: null });
    expect(booking?.after).to.include({ patient_id: booked.patientId, slot: 1 });
    expect(Math.abs(Date.parse(String(change?.at)) - Date.now())).to.be.lessThan(60_000);
  });

  it("has every kind of change", async () => {
    const doctor = await staff.addDoctor();
    const patient = await staff.addPatient();
    await staff.book(patient.id, doctor.id, someDay);
    await staff.patch(`/api/v1/patients/${patient.id}`, { ticket_only: true });
    await staff.post(`/api/v1/doctors/${doctor.id}/availability`, { date: someDay, is_present: false, notes: "ill" });

    const [wish] = await events(`entity=patients&entity_id=${patient.id}&action=update`);
    expect([wish?.before, wish?.after]).to.deep.equal([{ ticket_only: false }, { ticket_only: true }]);
    const [absence] = await events(`entity=doctor_days&entity_id=${encodeURIComponent(`${doctor.id} ${someDay}`)}`);
    expect(absence?.before).to.include({ is_present: true });
    expect(absence?.after).to.include({ is_present: false, notes: "ill" });
    expect(await events(`entity=doctors&entity_id=${doctor.id}`)).to.have.length(1);
  });

  it("has no sign of life of a process, but every change of the clinic's settings", async () => {
    await clinic.sql`update installation set alive_at = now() - interval '2 minutes'`;
    await clinic.sql`select confirm_epoch()`;
    await clinic.sql`update clinics set daily_capacity = 11`;

    const changes = (await events("entity=clinics&action=update")).map(({ after }) => Object.keys(after as object));

    expect(changes.flat()).to.not.include("alive_at");
    expect(changes[0]).to.deep.equal(["daily_capacity"]);
  });

  it("names the database's user for a change that was made in SQL", async () => {
    const doctor = await staff.addDoctor();

    await clinic.sql`update doctors set name = 'Dr. New' where id = ${doctor.id}`;

    const [change] = await events(`entity=doctors&entity_id=${doctor.id}`);
    expect(change).to.deep.include({ actor: null, actor_name: "sql: clinic", after: { name: "Dr. New" } });
  });

  it("names them also on a connection on which somebody else has acted before", async () => {
    await clinic.sql.reserve().then(async (connection) => {
      await connection`select add_doctor(${clinicId}, 'Dr. One', 'ONE', null, null, null, null, 'person', false, '{"name": "desk", "role": "staff"}')`;
      await connection`update doctors set name = 'Dr. Two' where code = 'ONE'`;
      connection.release();
    });

    const names = (await events("entity=doctors")).slice(0, 2).map(({ actor_name }) => actor_name);
    expect(names).to.deep.equal(["sql: clinic", "desk"]);
  });

  it("has refusals, by REST and WebSocket, with a count where they come in a flood", async () => {
    const screen = await tokenFor({ role: "screen", screen_id: ann, sub: "a screen" });
    for (let n = 0; n < 30; n++) await clinic.restAs(screen).get("/api/v1/screens");
    const socket = await clinic.connectAs(screen);
    socket.send({ action: "subscribe", date: someDay, view: "staff" });
    expect((await socket.nextError()).code).to.equal("forbidden");
    await socket.close();

    await eventually(async () => {
      const refused = await events(`action=refuse&actor=${encodeURIComponent("a screen")}`);
      const times = (what: string): number =>
        refused
          .filter(({ entity }) => entity === what)
          .reduce((sum, { after }) => sum + (after as { times: number }).times, 0);
      expect(times("GET /api/v1/screens")).to.equal(30);
      expect(times("WebSocket")).to.equal(1);
      expect(refused.length).to.be.lessThan(10);
    });
  });

  it("is read in pages, by time and by who", async () => {
    for (let n = 0; n < 5; n++) await staff.addDoctor();
    const all = await events(`actor=ann&entity=doctors&limit=500`);

    const ids: number[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { body }: { body: { events: AuditEvent[]; next_cursor: string | null } } = await staff.get(
        `/api/v1/audit?actor=${ann}&entity=doctors&limit=2${cursor && `&cursor=${cursor}`}`,
      );
      ids.push(...body.events.map(({ id }) => id));
      cursor = body.next_cursor;
    }

    expect(ids).to.deep.equal(all.map(({ id }) => id));
    expect(await events(`to=${new Date(Date.now() - 3_600_000).toISOString()}`)).to.be.empty;
    const { at } = all[2] ?? {};
    expect(await events(`actor=ann&entity=doctors&from=${String(at)}`)).to.have.length(3);
  });

  it("has each event on one page, also those of the same microsecond", async () => {
    const moment = "2020-01-01T00:00:00.000001Z";
    await clinic.sql`
      insert into audit_events (clinic_id, at, action)
      select ${clinicId}, ${moment}::timestamptz + (n / 4) * interval '1 microsecond', 'together' from generate_series(0, 11) n
    `;

    const pages: number[][] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { body }: { body: { events: AuditEvent[]; next_cursor: string | null } } = await staff.get(
        `/api/v1/audit?action=together&limit=2${cursor && `&cursor=${cursor}`}`,
      );
      pages.push(body.events.map(({ id }) => id));
      cursor = body.next_cursor;
    }

    expect(pages.map((page) => page.length)).to.deep.equal([4, 4, 4, 0]);
    expect(new Set(pages.flat()).size).to.equal(12);
    expect(await events("action=together&limit=500")).to.have.length(12);
  });

  it("tells by its ids nothing of how much happens in other clinics", async () => {
    await staff.addDoctor();
    await staff.addDoctor();
    const [second, first] = await events("entity=doctors&limit=2");

    // Of counted ids the second would be near the first, and above it or equal to the count of all.
    expect(Math.abs((second?.id ?? 0) - (first?.id ?? 0))).to.be.greaterThan(1_000_000);
  });

  for (const query of ["limit=0", "limit=501", "limit=x", "cursor=-1", "from=yesterday", "to=2026-13-01", "action="]) {
    it(`refuses ?${query} and says why`, async () => {
      const { status, body } = await staff.get(`/api/v1/audit?${query}`);

      expect(status).to.equal(400);
      expect((body as { details: { field: string }[] }).details[0]?.field).to.equal(query.split("=")[0]);
    });
  }

  it("forgets what is older than its retention, and nothing else", async () => {
    const old = await staff.addDoctor();
    await clinic.sql`update audit_events set at = now() - interval '31 days' where entity_id = ${old.id}`;
    const kept = await staff.addDoctor();
    await clinic.sql`update audit_events set at = now() - interval '29 days' where entity_id = ${kept.id}`;

    const second = await startApi(clinic.database.url, { AUTH_SECRET: secret, AUDIT_RETENTION_DAYS: 30 });

    await eventually(async () => expect(await events(`entity_id=${old.id}`)).to.be.empty);
    expect(await events(`entity_id=${kept.id}`)).to.have.length(1);
    await second.stop();
  });
});
