import { expect } from "chai";
import type { Sql } from "../../db/database.ts";
import { Clinic, nextDay, someDay } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { Random } from "../faults/random.ts";
import { eventually } from "../support/eventually.ts";
import { seed } from "../support/seed.ts";
import { secret, tokenFor } from "../support/tokens.ts";
import type { Rest } from "../support/rest.ts";

const person = {
  name: "Xanthippe Quuxbury",
  phone: "+998877665544",
  age: 61,
  gender: "zq-gender",
  email: "xanthippe@quuxbury.example",
};
const traces = /Xanthippe|Quuxbury|998877665544|zq-gender|zq-key/i;
const neighbour = { name: "Balthasar Vexley", phone: "+991122334455", email: "balthasar@vexley.example" };

describe("erasing a person", () => {
  let clinic: System;
  let staff: Rest;
  let today: string;
  let yesterday: string;
  let doctor: { id: string; name: string };
  let other: { id: string };

  before(async () => {
    clinic = await System.open({ AUTH_SECRET: secret });
    staff = clinic.restAs(await tokenFor({ role: "staff", name: "desk" }));
    today = await staff.today();
    yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
    doctor = await staff.addDoctor();
    other = await staff.addPatient(neighbour);
    await staff.checkIn((await staff.book(other.id, doctor.id, today)).id, other.id);
  });
  after(() => clinic.close());

  /** A person with a past appointment, one of today in the queue, one of today that is booked, and one to come. */
  async function addPerson(): Promise<{ id: string; token: string; doctorId: string; appointments: string[] }> {
    const { id } = await staff.addPatient(person);
    const doctor = await staff.addDoctor();
    const past = await staff.book(id, doctor.id, someDay);
    // Only a day that is there can be booked on, and the api does not book into the past.
    await staff.post(`/api/v1/doctors/${doctor.id}/availability`, { date: yesterday, is_present: true });
    await clinic.sql`update appointments set date = ${yesterday} where id = ${past.id}`;
    const waiting = await staff.book(id, doctor.id, today, { idempotency_key: "zq-key 1" });
    await staff.checkIn(waiting.id, id);
    const booked = await staff.book(id, doctor.id, today);
    const toCome = await staff.book(id, doctor.id, someDay, { idempotency_key: "zq-key 2" });
    const cancelled = await staff.book(id, doctor.id, someDay);
    await staff.post(`/api/v1/appointments/${cancelled.id}/cancellation`, { reason: "Quuxbury is better" });
    const moved = await staff.book(id, doctor.id, someDay, { reason: "Quuxbury's knee", note: "Quuxbury's dog" });
    await staff.post(`/api/v1/appointments/${moved.id}/reschedule`, { date: nextDay });
    const { body } = await staff.post(`/api/v1/patients/${id}/tokens`, {});
    const appointments = [past.id, waiting.id, booked.id, toCome.id];
    return { id, token: body.token as string, doctorId: doctor.id, appointments };
  }

  const statuses = async (ids: string[]): Promise<string[]> =>
    Promise.all(ids.map(async (id) => (await staff.get(`/api/v1/appointments/${id}`)).body.status as string));

  it("leaves nothing of them in any table, keeps every count, and says who did it", async () => {
    const { id, token, appointments } = await addPerson();
    const self = clinic.restAs(token);
    await self.get(`/api/v1/patients/${other.id}`);
    await self.patch(`/api/v1/patients/${id}`, { ticket_only: true });
    await self.patch(`/api/v1/patients/${id}`, { ticket_only: false });
    const before = await countRows(clinic.sql);

    const erased = await staff.delete(`/api/v1/patients/${id}`);

    expect(erased.status).to.equal(204);
    expect(await statuses(appointments)).to.deep.equal(["booked", "checked_in", "cancelled", "cancelled"]);
    const after = await countRows(clinic.sql);
    for (const table of ["patients", "appointments", "queue_entries", "sessions", "doctor_days"]) {
      expect([table, after[table]]).to.deep.equal([table, before[table]]);
    }
    expect(after["booking_requests"]).to.equal(0);
    expect(await clinic.sql`select from audit_events where actor = ${id} and address is not null`).to.be.empty;
    for (const [table, rows] of Object.entries(await dump(clinic.sql))) expect(rows, table).not.to.match(traces);
    const { events } = (await staff.get(`/api/v1/audit?action=erase&entity_id=${id}`)).body;
    expect(events).to.have.length(1);
    expect(events[0]).to.include({ actor_name: "desk", actor_role: "staff", entity: "patients", entity_id: id });
    expect(Date.now() - Date.parse(events[0].at)).to.be.within(-1_000, 10_000);
    expect(JSON.stringify((await staff.get("/api/v1/audit?limit=500")).body)).not.to.match(traces);
  });

  it("leaves nothing of what was written about them and changed, also before they were merged twice", async () => {
    const [first, second, last] = [
      await staff.addPatient(person),
      await staff.addPatient({ ...neighbour, phone: "+991122334466" }),
      await staff.addPatient({ ...neighbour, phone: "+991122334477" }),
    ];
    const wish = {
      patient_id: first.id,
      doctor_id: doctor.id,
      from: someDay,
      until: nextDay,
      note: "Quuxbury's sister",
    };
    const place = (await staff.post("/api/v1/waitlist", wish)).body as { id: string };
    await staff.patch(`/api/v1/waitlist/${place.id}`, { note: "Quuxbury's brother" });
    const task = (await staff.post("/api/v1/tasks", { text: "Telephone Quuxbury", patient_id: first.id })).body as {
      id: string;
    };
    await staff.patch(`/api/v1/tasks/${task.id}`, { text: "Write to Quuxbury" });
    await staff.post(`/api/v1/patients/${first.id}/merge`, { into: second.id });
    await staff.post(`/api/v1/patients/${second.id}/merge`, { into: last.id });

    await staff.delete(`/api/v1/patients/${last.id}`);

    for (const [table, rows] of Object.entries(await dump(clinic.sql))) expect(rows, table).not.to.match(traces);
  });

  it("ends what they could do, and lets the same phone register anew", async () => {
    const { id, token } = await addPerson();
    const self = clinic.restAs(token);
    const socket = await clinic.connectAs(token);
    expect((await self.get(`/api/v1/patients/${id}/export`)).status).to.equal(200);

    await staff.delete(`/api/v1/patients/${id}`);

    expect((await self.get(`/api/v1/patients/${id}`)).status).to.equal(401);
    expect(await socket.closed()).to.equal(1008);
    for (const path of ["", "/export"]) {
      expect((await staff.get(`/api/v1/patients/${id}${path}`)).status).to.equal(404);
    }
    expect((await staff.delete(`/api/v1/patients/${id}`)).status).to.equal(404);
    expect((await staff.post(`/api/v1/patients/${id}/tokens`, {})).status).to.equal(404);
    const booking = { patient_id: id, doctor_id: doctor.id, date: someDay };
    expect((await staff.post("/api/v1/appointments", booking)).status).to.equal(404);
    expect((await staff.get(`/api/v1/patients/search?phone=${encodeURIComponent(person.phone)}`)).body).to.equal(null);
    const again = await staff.addPatient(person);
    expect(again.id).not.to.equal(id);
    await staff.delete(`/api/v1/patients/${again.id}`);
  });

  it("frees the slots to come, and gives the keys back", async () => {
    const { id, doctorId } = await addPerson();
    const slotOf = (list: { patient_id: string; slot: number }[]): number | undefined =>
      list.find(({ patient_id }) => patient_id === id)?.slot;
    const path = `/api/v1/doctors/${doctorId}/appointments?date=${someDay}`;
    const slot = slotOf((await staff.get(path)).body);

    await staff.delete(`/api/v1/patients/${id}`);

    expect(slotOf((await staff.get(path)).body)).to.equal(undefined);
    const next = await staff.book(other.id, doctorId, someDay, { idempotency_key: "zq-key 2" });
    expect(next.slot).to.equal(slot);
    await clinic.sql`delete from booking_requests`;
    await clinic.sql`update appointments set status = 'cancelled' where id = ${next.id}`;
  });

  it("reaches everybody who watches at once, on every date", async () => {
    const { id } = await addPerson();
    const token = await tokenFor({ role: "staff" });
    const watchers = await Promise.all(
      [yesterday, today, someDay].map(async (date) => {
        const socket = await clinic.connectAs(token);
        return { socket, shown: JSON.stringify(await socket.subscribe(date)) };
      }),
    );
    for (const { shown } of watchers) expect(shown).to.match(/Xanthippe/);

    const startedAt = performance.now();
    await staff.delete(`/api/v1/patients/${id}`);

    for (const { socket } of watchers) {
      const queue = JSON.stringify(await socket.nextQueue("update"));
      expect(performance.now() - startedAt).to.be.below(1_000);
      expect(queue).not.to.match(traces);
      await socket.close();
    }
  });

  it(`loses to no booking and no check-in that is made at the same time (seed ${seed})`, async () => {
    const random = new Random(seed);
    for (let round = 0; round < 8; round++) {
      const { id } = await staff.addPatient({ ...person, phone: `+99887766${String(1_000 + round)}` });
      const date = `2031-01-${String(10 + round)}`;
      const mine = await staff.book(id, doctor.id, today);
      const calls = [
        staff.delete(`/api/v1/patients/${id}`),
        staff.post("/api/v1/appointments", { patient_id: id, doctor_id: doctor.id, date }),
        staff.post("/api/v1/checkins", { appointment_id: mine.id, patient_id: id }),
        staff.patch(`/api/v1/patients/${id}`, { ticket_only: true }),
        staff.post(`/api/v1/patients/${id}/tokens`, {}),
      ];
      const answers = await Promise.all(random.shuffle(calls));

      expect(answers.every(({ status }) => status < 500)).to.equal(true);
      const [left] = await clinic.sql`
        select count(*)::integer as n from appointments
        where patient_id = ${id} and status = 'booked' and date >= ${today}
      `;
      expect(left?.["n"]).to.equal(0);
      const [session] = await clinic.sql`
        select count(*)::integer as n from sessions where patient_id = ${id} and revoked_at is null
      `;
      expect(session?.["n"]).to.equal(0);
      await clinic.sql`delete from queue_entries where appointment_id = ${mine.id}`;
      await clinic.sql`update appointments set status = 'cancelled' where id = ${mine.id}`;
    }
    for (const [table, rows] of Object.entries(await dump(clinic.sql))) expect(rows, table).not.to.match(traces);
  });

  it("leaves no name that a token of theirs bore in the audit trail", async () => {
    const { id } = await staff.addPatient(person);
    const self = clinic.restAs(
      await tokenFor({ role: "patient", patient_id: id, sub: person.email, name: person.name }),
    );
    await self.patch(`/api/v1/patients/${id}`, { ticket_only: true });
    await self.get(`/api/v1/patients/${other.id}`);
    await eventually(async () => {
      const [refused] = await clinic.sql`select from audit_events where action = 'refuse' and actor = ${id}`;
      expect(refused).not.to.equal(undefined);
    });

    await staff.delete(`/api/v1/patients/${id}`);

    for (const [table, rows] of Object.entries(await dump(clinic.sql))) expect(rows, table).not.to.match(traces);
  });
});

describe("the export of a patient", () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.openWithSignIn();
  });
  after(() => clinic.close());

  it("holds everything that is kept about them, and nothing of another", async () => {
    const staff = clinic.restAs(await clinic.tokenFor({ role: "staff", name: "desk" }));
    const today = await staff.today();
    const doctor = await staff.addDoctor();
    const { id } = await staff.addPatient(person);
    const other = await staff.addPatient(neighbour);
    const mine = await staff.book(id, doctor.id, today, { idempotency_key: "zq-key" });
    await staff.book(other.id, doctor.id, today);
    await staff.checkIn(mine.id, id);
    const transitions = `/api/v1/appointments/${mine.id}/transitions`;
    await staff.post(transitions, { action: "hold", version: 1, reason: "Fetches papers" });
    await staff.post("/api/v1/tasks", { text: "Ask for the papers", appointment_id: mine.id });
    const wish = { patient_id: id, doctor_id: doctor.id, from: someDay, until: nextDay };
    const place = (await staff.post("/api/v1/waitlist", wish)).body as { id: string };
    const said = { doctor_id: doctor.id, starts_at: `${someDay}T09:00:00Z`, answer: "no" };
    await staff.post(`/api/v1/waitlist/${place.id}/answers`, said);
    const self = clinic.restAs((await staff.post(`/api/v1/patients/${id}/tokens`, {})).body.token as string);
    await self.patch(`/api/v1/patients/${id}`, { ticket_only: true });
    await self.get(`/api/v1/patients/${other.id}`);

    const { status, body } = await self.get(`/api/v1/patients/${id}/export`);

    expect(status).to.equal(200);
    expect(body.patient).to.include({ id, ...person, ticket_only: true });
    expect(body.appointments).to.have.length(1);
    expect(body.appointments[0]).to.include({ id: mine.id, doctor: doctor.name, slot: mine.slot, ticket: mine.ticket });
    expect(body.appointments[0]).to.include({ status: "checked_in", queue_position: 1, queue_status: "waiting" });
    expect(body.appointments[0]).to.include({ queue_stage: "on_hold", hold_reason: "Fetches papers" });
    expect(body.transitions.map(({ action }: { action: string }) => action)).to.deep.equal(["check_in", "hold"]);
    expect(body.tasks).to.have.length(1);
    expect(body.waitlist).to.have.length(1);
    expect(body.waitlist[0]).to.include({ doctor: doctor.name, first_date: someDay, last_date: nextDay });
    expect(body.waitlist[0].answers[0]).to.include({ answer: "no" });
    expect(body.audit_events.map(({ action }: { action: string }) => action)).to.include.members(["insert", "update"]);
    expect(JSON.stringify(body))
      .not.to.match(/Balthasar|Vexley|991122334455/)
      .and.not.to.include(other.id);
    const asStaff = await staff.get(`/api/v1/patients/${id}/export`);
    expect(asStaff.body.patient).to.deep.equal(body.patient);
    expect((await self.get(`/api/v1/patients/${other.id}/export`)).status).to.equal(404);
    const doctors = clinic.restAs(await clinic.tokenFor({ role: "doctor", doctor_id: doctor.id }));
    expect((await doctors.get(`/api/v1/patients/${id}/export`)).status).to.equal(403);
  });
});

/** Every row of every table as text. */
async function dump(sql: Sql): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`;
  const texts: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql`select coalesce(jsonb_agg(to_jsonb(one)), '[]')::text as rows from ${sql(name)} one`;
    texts[name] = String(row?.["rows"]);
  }
  return texts;
}

async function countRows(sql: Sql): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of ["patients", "appointments", "queue_entries", "sessions", "doctor_days", "booking_requests"]) {
    const [row] = await sql`select count(*)::integer as n from ${sql(name)}`;
    counts[name] = Number(row?.["n"]);
  }
  return counts;
}
