import { expect } from "chai";
import { Clinic, daysFromNow, someDay } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { Described } from "../support/described.ts";
import { Rest, unique, type Answer, type Call } from "../support/rest.ts";
import { createDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { Service } from "../support/service.ts";
import { secret, tokenFor } from "../support/tokens.ts";

const missing = "00000000-0000-4000-8000-000000000000";

describe("the OpenAPI document", () => {
  let clinic: Clinic;
  let described: Described;
  let today: string;
  before(async () => {
    clinic = await Clinic.open({ daily_capacity: 1 });
    described = await Described.read(clinic.rest);
    today = await clinic.rest.today();
  });
  after(() => clinic.close());

  /** Makes a call and checks that what comes is what the document says. */
  async function call(rest: Rest, name: string, status: number, input: Call = {}): Promise<Answer["body"]> {
    const answer = await rest.call(name, input);
    described.check(name, answer);
    expect(answer.status, `${name}: ${JSON.stringify(answer.body)}`).to.equal(status);
    return answer.body;
  }

  it("is true of answers in open mode, also where nothing is known", async () => {
    const { rest } = clinic;
    const doctor = await call(rest, "post /api/v1/doctors", 201, { body: { name: "Dr. Bare", code: unique() } });
    const area = await call(rest, "post /api/v1/areas", 201, { body: { name: "Hall" } });
    const room = await call(rest, "post /api/v1/rooms", 201, { body: { name: "3" } });
    await call(rest, "get /api/v1/areas", 200);
    await call(rest, "get /api/v1/rooms", 200);
    await call(rest, "get /api/v1/areas/{id}", 200, area);
    await call(rest, "get /api/v1/rooms/{id}", 200, room);
    await call(rest, "patch /api/v1/areas/{id}", 200, { ...area, body: { name: "Floor" } });
    await call(rest, "patch /api/v1/rooms/{id}", 200, { ...room, body: { area_id: area.id } });
    await call(rest, "patch /api/v1/doctors/{id}", 200, { ...doctor, body: { area_id: area.id, retired: false } });
    const patient = await call(rest, "post /api/v1/patients", 201, { body: { name: "Bare", phone: `+1${unique()}` } });
    const booking = { patient_id: patient.id, doctor_id: doctor.id, date: today };
    const appointment = await call(rest, "post /api/v1/appointments", 201, { body: booking });
    const { id } = doctor;
    const date = `?date=${today}`;

    await call(rest, "get /api/v1/patients/search", 200, { query: `?phone=${encodeURIComponent(patient.phone)}` });
    expect(await call(rest, "get /api/v1/patients/search", 200, { query: "?phone=0000000000" })).to.equal(null);
    await call(rest, "get /api/v1/patients/{id}", 200, { id: patient.id });
    await call(rest, "get /api/v1/doctors", 200);
    await call(rest, "get /api/v1/doctors", 200, { query: date });
    const unknown = await call(rest, "get /api/v1/doctors/{id}/availability", 200, { id, query: date });
    expect(unknown).to.include({ id: null, updated_at: null });
    await call(rest, "post /api/v1/doctors/{id}/availability", 200, { id, body: { date: today, is_present: true } });
    await call(rest, "post /api/v1/checkins", 201, {
      body: { appointment_id: appointment.id, patient_id: patient.id },
    });
    await call(rest, "get /api/v1/appointments/{id}", 200, appointment);
    for (const list of ["appointments", "queue"]) {
      await call(rest, `get /api/v1/doctors/{id}/${list}`, 200, { id, query: date });
    }
    expect(await call(rest, "get /api/v1/sessions", 200)).to.include({ expires_at: null, open: true });
    await call(rest, "get /api/v1/patients/{id}/export", 200, { id: patient.id });
    const { next_cursor } = await call(rest, "get /api/v1/audit", 200, { query: "?limit=1" });
    await call(rest, "get /api/v1/audit", 200, { query: `?limit=1&cursor=${next_cursor}` });
    await call(rest, "get /api/v1/clinic", 200);
    await call(rest, "delete /api/v1/patients/{id}", 204, { id: patient.id });
  });

  it("is true of the calls that move a queue, and of what they refuse", async () => {
    const { rest } = clinic;
    const next = "post /api/v1/doctors/{id}/queue/next";
    const act = "post /api/v1/appointments/{id}/transitions";
    const undo = `${act}/undo`;
    const [{ id }, other] = [await rest.addDoctor({ kind: "person" }), await rest.addDoctor()];
    const room = (await rest.post("/api/v1/rooms", { name: unique() })).body as { id: string };
    const another = (await rest.post("/api/v1/rooms", { name: unique() })).body as { id: string };
    const date = `?date=${today}`;
    expect(await call(rest, "get /api/v1/doctors/{id}/day", 200, { id, query: date })).to.include({ updated_at: null });
    const away = {
      state: "away",
      returns_at: "2027-01-01T08:00:00+01:00",
      notice: "Back at ten",
      room_id: room.id,
      capacity: 5,
    };
    await call(rest, "put /api/v1/doctors/{id}/day", 200, { id, query: date, body: away });
    await call(rest, "get /api/v1/doctors/{id}/day", 200, { id, query: date });
    const needs = { interpreter: true, language: "ar" };
    const patient = { name: "Walter Walkin", birth_date: "1980-05-17", needs };
    const walkIn = { body: { doctor_id: id, patient, priority: 1, reason: "In pain" } };
    const first = (await call(rest, "post /api/v1/walk-ins", 201, walkIn)).appointment as Entry;
    const { patient_id } = first;
    await call(rest, "post /api/v1/walk-ins", 409, { body: { doctor_id: id, patient_id } });
    await call(rest, "post /api/v1/walk-ins", 404, { body: { doctor_id: missing, patient_id } });
    const [second, third] = [await rest.bookNew(id, today), await rest.bookNew(id, today)];
    await rest.checkIn(second.id, second.patientId);

    await call(rest, "get /api/v1/doctors/{id}/queue/order", 200, { id, query: date });
    const called = await call(rest, next, 200, { id, body: { after: null } });
    expect(called.appointment.queue).to.include({ stage: "called" });
    const { after } = called.place;
    expect(await call(rest, next, 200, { id, body: { after: null } })).to.include({ repeated: true });
    await call(rest, next, 409, { id, body: { after } });
    await call(rest, next, 409, { id, body: { after: missing } });
    await call(rest, next, 404, { id: missing, body: { after } });
    await call(rest, next, 422, { id, body: { after: null, date: someDay } });
    await call(rest, act, 409, { id: second.id, body: { action: "skip", version: 1 } });
    await call(rest, act, 409, { id: second.id, body: { action: "hold", version: 0 } });
    await call(rest, act, 400, { id: second.id, body: { action: "prioritise", version: 1, priority: 2 } });
    await call(rest, act, 409, { id: first.id, body: { action: "call", version: 2, room_id: another.id } });
    await call(rest, act, 409, { id: third.id, body: { action: "start" } });
    await call(rest, "get /api/v1/appointments/{id}/transitions", 200, first);
    const finish = { after, finish: first.id };
    expect((await call(rest, next, 200, { id, body: finish })).appointment.id).to.equal(second.id);
    const transfer = { action: "transfer", version: 2, doctor_id: other.id, return: true };
    const { transition } = await call(rest, act, 200, { id: second.id, body: transfer });
    await call(rest, undo, 200, { id: second.id, body: { transition: transition.id } });
    await call(rest, undo, 404, { id: second.id, body: { transition: missing } });
    const alone = await call(rest, next, 200, { id: other.id, body: { after: null } });
    expect(alone).to.deep.equal({ appointment: null, transition: null, place: null, repeated: false, skipped: 0 });
    await call(rest, "put /api/v1/doctors/{id}/day", 200, { id, query: date, body: { state: "absent" } });
    await call(rest, "post /api/v1/walk-ins", 422, { body: { doctor_id: id, patient: { name: "Too Late" } } });
    await rest.patch(`/api/v1/doctors/${other.id}`, { retired: true });
    await call(rest, "post /api/v1/walk-ins", 422, { body: { doctor_id: other.id, patient: { name: "Too Late" } } });

    const task = { kind: "telephone", text: "Telephone", appointment_id: second.id };
    const added = await call(rest, "post /api/v1/tasks", 201, { body: task });
    await call(rest, "get /api/v1/tasks", 200, { query: date });
    await call(rest, "patch /api/v1/tasks/{id}", 200, { id: added.id, body: { tries: 1 } });
    await call(rest, "patch /api/v1/tasks/{id}", 404, { id: missing, body: {} });
    await call(rest, "get /api/v1/appointments", 200, { query: date });
    await call(rest, "get /api/v1/patients/{id}/appointments", 200, { id: patient_id });
    await call(rest, "get /api/v1/patients", 200, { query: "?query=walkin" });
    const merge = { id: second.patientId, body: { into: patient_id } };
    await call(rest, "post /api/v1/patients/{id}/merge", 200, merge);
    await call(rest, "post /api/v1/patients/{id}/merge", 404, merge);
    await call(rest, "post /api/v1/patients/{id}/merge", 400, { id: patient_id, body: { into: patient_id } });
  });

  it("is true of the calls about schedules and slots, and of what they refuse", async () => {
    const { rest } = clinic;
    const [{ id }, { id: colleague }] = [await rest.addDoctor(), await rest.addDoctor()];
    const { id: patient_id } = await rest.addPatient();
    const hours = { starts_at: "09:00", ends_at: "10:00", slot_minutes: 30 };
    const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ...hours }));
    const book = "post /api/v1/appointments";
    const move = "post /api/v1/appointments/{id}/reschedule";
    const hold = "post /api/v1/slot-holds";
    const day = `?date=${someDay}`;
    const [nine, half] = [`${someDay}T09:00:00Z`, `${someDay}T09:30:00Z`];

    for (const doctor of [id, colleague])
      await call(rest, "put /api/v1/doctors/{id}/schedule", 200, { id: doctor, body: week });
    await call(rest, "put /api/v1/doctors/{id}/schedule", 400, { id, body: [...week, ...week] });
    await call(rest, "get /api/v1/doctors/{id}/schedule", 200, { id });
    await call(rest, "put /api/v1/doctors/{id}/day", 200, { id, query: day, body: { sessions: [hours] } });
    await call(rest, "get /api/v1/doctors/{id}/slots", 200, { id, query: `?from=${someDay}&until=${daysFromNow(31)}` });
    await call(rest, "get /api/v1/doctors/{id}/slots", 404, {
      id: missing,
      query: `?from=${someDay}&until=${someDay}`,
    });
    await call(rest, "get /api/v1/slots", 200, { query: "?limit=3" });
    const held = await call(rest, hold, 201, { body: { doctor_id: id, starts_at: nine } });
    await call(rest, hold, 422, { body: { doctor_id: id, starts_at: `${someDay}T09:10:00Z` } });
    const timed = { patient_id, doctor_id: id, starts_at: nine };
    const booked = await call(rest, book, 201, { body: { ...timed, hold_id: held.id, reason: "Knee pain" } });
    await call(rest, "delete /api/v1/slot-holds/{id}", 204, { id: held.id });
    await call(rest, book, 409, { body: timed });
    await call(rest, book, 422, { body: { ...timed, starts_at: `${someDay}T08:00:00Z` } });
    await call(rest, book, 400, { body: { patient_id, doctor_id: id } });
    const { to } = await call(rest, move, 200, { id: booked.id, body: { starts_at: half } });
    await call(rest, move, 409, { id: booked.id, body: { starts_at: nine } });
    await call(rest, move, 400, { id: to.id, body: {} });
    await call(rest, move, 404, { id: missing, body: { starts_at: nine } });
    await call(rest, "put /api/v1/doctors/{id}/day", 200, { id, query: day, body: { sessions: [] } });
    expect(await call(rest, "get /api/v1/doctors/{id}/conflicts", 200, { id })).to.have.length(1);
    const handOver = "post /api/v1/doctors/{id}/day/handover";
    const { moved } = await call(rest, handOver, 200, { id, query: day, body: { doctor_id: colleague } });
    expect(moved).to.have.length(1);
    await call(rest, handOver, 400, { id, query: day, body: { doctor_id: id } });
    const leave = { from: someDay, until: someDay };
    await call(rest, "post /api/v1/doctors/{id}/leave", 200, { id: colleague, body: leave });
    await call(rest, handOver, 422, { id, query: day, body: { doctor_id: colleague } });
    await call(rest, "delete /api/v1/doctors/{id}/leave", 200, {
      id: colleague,
      query: `?from=${someDay}&until=${someDay}`,
    });
    const ill = "post /api/v1/doctors/{id}/day/cancellation";
    const { cancelled } = await call(rest, ill, 200, { id: colleague, query: day, body: { reason: "Ill" } });
    expect(cancelled).to.have.length(1);
    await call(rest, ill, 404, { id: missing, query: day, body: {} });
  });

  it("is true of errors", async () => {
    const { rest } = clinic;
    const { id: doctor_id } = await rest.addDoctor();
    const [first, second] = [await rest.addPatient(), await rest.addPatient()];
    const book = "post /api/v1/appointments";
    const booking = { patient_id: first.id, doctor_id, date: today, idempotency_key: unique() };
    const { id: appointment_id } = await call(rest, book, 201, { body: booking });
    const checkIn = { body: { appointment_id, patient_id: first.id } };
    await call(rest, "post /api/v1/checkins", 201, checkIn);

    await call(rest, book, 400, { body: { ...booking, date: "2026-02-30" } });
    await call(rest, book, 404, { body: { ...booking, doctor_id: missing, idempotency_key: unique() } });
    await call(rest, book, 409, { body: { ...booking, patient_id: second.id } });
    await call(rest, book, 409, { body: { patient_id: second.id, doctor_id, date: today } });
    await call(rest, book, 413, { body: { ...booking, idempotency_key: "x".repeat(70_000) } });
    await call(rest, book, 422, { body: { patient_id: second.id, doctor_id, date: daysFromNow(-3) } });
    const asText = await rest.raw("/api/v1/appointments", "{}", { "content-type": "text/plain" });
    expect(asText.status).to.equal(415);
    described.check(book, asText);
    await rest.post(`/api/v1/doctors/${doctor_id}/availability`, { date: someDay, is_present: false });
    await call(rest, book, 422, { body: { patient_id: second.id, doctor_id, date: someDay } });
    await call(rest, "post /api/v1/checkins", 409, checkIn);
    const area = (await rest.post("/api/v1/areas", { name: "Used" })).body as { id: string };
    await call(rest, "post /api/v1/areas", 409, { body: { name: "Used" } });
    await call(rest, "patch /api/v1/doctors/{id}", 200, { id: doctor_id, body: { area_id: area.id, retired: true } });
    await call(rest, "delete /api/v1/areas/{id}", 409, area);
    await call(rest, book, 422, { body: { patient_id: second.id, doctor_id, date: someDay } });
    await call(rest, "post /api/v1/sessions", 404, { body: { name: "desk", password: "x" } });
    await call(rest, "post /api/v1/screens/device_authorization", 404);
    await call(rest, "post /api/v1/patients/{id}/tokens", 404, { id: first.id, body: {} });
  });

  it("is true of sign-in, screens and limits", async () => {
    const closed = await System.open({ AUTH_SECRET: secret, MAX_READS_PER_MINUTE: 5 });
    try {
      const staff = closed.restAs(await tokenFor({ role: "staff" }));
      const code = await call(closed.rest, "post /api/v1/screens/device_authorization", 200);
      const poll = {
        body: { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: code.device_code },
      };
      await call(closed.rest, "post /api/v1/screens/token", 400, poll);
      const body = { user_code: code.user_code, name: "Hall" };
      const screen = await call(staff, "post /api/v1/screens", 201, { body });
      expect(screen.seen_at).to.equal(null);
      await call(staff, "get /api/v1/screens", 200);
      const again = await closed.rest.post("/api/v1/screens/device_authorization", {});
      await call(staff, "post /api/v1/screens", 201, { body: { ...body, user_code: again.body.user_code } });
      await call(closed.rest, "post /api/v1/screens/token", 200, {
        body: { ...poll.body, device_code: again.body.device_code },
      });
      await call(closed.rest, "get /api/v1/screens", 401);
      await call(closed.restAs(await tokenFor({ role: "screen", screen_id: screen.id })), "get /api/v1/screens", 403);
      await call(closed.rest, "post /api/v1/sessions", 401, { body: { name: "nobody", password: "wrong" } });
      for (let read = 1; read < 5; read += 1) await staff.get("/api/v1/sessions");
      await call(staff, "get /api/v1/sessions", 429);
    } finally {
      await closed.close();
    }
  });

  it("is true of a call that the database cannot serve", async () => {
    const database = await createDatabase({ empty: true });
    const api = new Service("api/main", { DATABASE_URL: database.url, API_PORT: 0 });
    try {
      const address = await eventually(() => {
        const found = /"address":"(http[^"]+)"/.exec(api.output)?.[1];
        expect(found).to.be.a("string");
        return found ?? "";
      });
      await call(new Rest(address), "get /api/v1/doctors", 503);
    } finally {
      await api.stop();
      await database.drop();
    }
  });
});

interface Entry {
  id: string;
  patient_id: string;
}
