import { expect } from "chai";
import { bookAppointment } from "../../db/queries/appointments.ts";
import { checkIn } from "../../db/queries/queue-entries.ts";
import { registerPatient, type Patient } from "../../db/queries/patients.ts";
import type { Queue } from "../../contract/websocket/queue.ts";
import type { Section } from "../../contract/websocket/section.ts";
import { Random } from "../faults/random.ts";
import { Clinic, socketUrl, someDay, startRealtime } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import type { Rest } from "../support/rest.ts";
import { cases, seed } from "../support/seed.ts";
import { Socket } from "../support/socket.ts";
import { secret, tokenFor } from "../support/tokens.ts";
import { clinicId } from "../support/default-clinic.ts";

const actor = { sub: null, role: "test", name: null, session: null, address: null, request_id: null };
const limits = {
  MAX_WRITES_PER_MINUTE: 100_000,
  MAX_READS_PER_MINUTE: 100_000,
  MAX_CALLS_PER_MINUTE_PER_ADDRESS: 100_000,
};
const frames = cases(800, 2_500);

describe("a view", () => {
  let clinic: System;
  let staff: Rest;
  let today: string;
  const sockets: Socket[] = [];
  before(async () => {
    clinic = await System.open({ AUTH_SECRET: secret, ...limits });
    staff = clinic.restAs(await tokenFor({ role: "staff" }));
    today = await staff.today();
  });
  afterEach(async () => {
    await Promise.all(sockets.splice(0).map((socket) => socket.close()));
  });
  after(() => clinic.close());

  async function connect(claims: Parameters<typeof tokenFor>[0]): Promise<Socket> {
    const socket = await clinic.connectAs(await tokenFor(claims));
    sockets.push(socket);
    return socket;
  }

  async function see(claims: Parameters<typeof tokenFor>[0], date: string, asked: object = {}): Promise<Queue> {
    const socket = await connect(claims);
    socket.send({ action: "subscribe", date, ...asked });
    return socket.nextQueue("snapshot");
  }

  it("of a screen has of a queue who waits and who is called where; of a patient, the way while it is theirs", async () => {
    const doctor = await staff.addDoctor();
    const manager = clinic.restAs(await tokenFor({ role: "manager" }));
    const room = (await manager.post("/api/v1/rooms", { name: "Lab 7" })).body as { id: string };
    const come = async (fields: object = {}) => {
      const patient = await staff.addPatient();
      const { id, ticket } = await staff.book(patient.id, doctor.id, today, fields);
      if (!("mode" in fields)) await staff.checkIn(id, patient.id);
      return { id, ticket, patientId: patient.id };
    };
    const [first, second, third] = [await come({ reason: "Has a riddle" }), await come(), await come()];
    const telephoned = await come({ mode: "phone", note: "Knows a secret" });
    const act = async ({ id }: { id: string }, body: object) => {
      const answer = await staff.post(`/api/v1/appointments/${id}/transitions`, body);
      expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    };
    await act(first, { action: "call", version: 1, room_id: room.id });
    await act(first, { action: "start", version: 2 });
    await act(first, { action: "hold", version: 3, reason: "Needs a secret" });
    await act(second, { action: "call", version: 1, room_id: room.id, reason: "Has a secret" });
    await act(telephoned, { action: "start" });
    await act(telephoned, { action: "serve", version: 1 });
    await act(telephoned, { action: "requeue", version: 2 });
    await act(telephoned, { action: "call", version: 3, reason: "Is a secret" });
    const screen = { role: "screen", screen_id: doctor.id } as const;

    const asScreen = await see(screen, today, { doctor_id: doctor.id });
    const asFirst = await see({ role: "patient", patient_id: first.patientId }, today);
    const asSecond = await see({ role: "patient", patient_id: second.patientId }, today);

    for (const queue of [asScreen, asFirst, asSecond]) expect(JSON.stringify(queue)).to.not.include("riddle");
    expect(JSON.stringify(await see({ role: "staff" }, today))).to.include("riddle");
    const [section] = asScreen.doctors as Section<"public">[];
    expect(JSON.stringify(section)).to.not.match(/secret|version|priority|turn_at|consult|reason|place|answer/);
    expect(section?.appointments.map(({ ticket }) => ticket)).to.deep.equal([
      first.ticket,
      second.ticket,
      third.ticket,
    ]);
    const shown = section?.appointments.map(({ queue }) => {
      const { stage, rank, room, call_count, called_at } = queue ?? {};
      return { stage, rank, room, call_count, isCalled: called_at !== null };
    });
    const nowhere = { room: null, call_count: null, isCalled: false };
    const called = { room: { id: room.id, name: "Lab 7" }, call_count: 1, isCalled: true };
    expect(shown).to.deep.equal([
      { stage: null, rank: null, ...nowhere },
      { stage: "called", rank: null, ...called },
      { stage: "waiting", rank: 1, ...nowhere },
    ]);
    const calls = section?.calls.map(({ ticket, room, call_count }) => ({ ticket, room, call_count }));
    expect(section?.calls[0]).to.have.all.keys("ticket", "room", "called_at", "call_count");
    const call = { room: called.room, call_count: 1 };
    expect(calls).to.deep.equal([second, first].map(({ ticket }) => ({ ticket, ...call })));
    const own = [asFirst, asSecond].map(({ doctors }) => doctors[0]?.appointments.map(({ queue }) => queue?.room));
    expect(own).to.deep.equal([[null], [called.room]]);
  });

  it(`of a screen has nothing of any patient in ${frames} frames of a busy day (seed ${seed})`, async () => {
    const random = new Random(seed);
    const word = (length: number): string =>
      Array.from({ length }, () => random.pick("bcdfghjklmnpqrstvwxzäöüßéñç".split(""))).join("");
    const doctors = await Promise.all(Array.from({ length: 4 }, () => staff.addDoctor()));
    const patients: Patient[] = [];
    const secrets: string[] = [];
    const known = new Set<string>();
    let received = 0;
    const screen = { role: "screen", screen_id: doctors[0]?.id ?? "" } as const;
    for (let n = 0; n < 25; n++) {
      const socket = await connect(screen);
      socket.ws.removeAllListeners("message");
      socket.ws.on("message", (data: Buffer) => {
        received += 1;
        known.add(data.toString());
      });
      const doctor_id = n % 5 === 4 ? random.pick(doctors).id : undefined;
      socket.send({ action: "subscribe", date: today, mode: random.pick(["full", "delta"]), doctor_id });
    }

    await clinic.sql`update clinics set daily_capacity = 1000`;
    const booked: { id: string; patientId: string }[] = [];
    while (received < frames) {
      const fields = {
        name: `${word(8)} ${word(9)}`,
        phone: `+${random.between(1e11, 9e11)}`,
        age: random.between(0, 150),
        gender: word(10),
        email: `${word(9)}@${word(8)}.org`,
        ticket_only: random.next() < 0.5,
        shares_phone: false,
        birth_date: null,
        needs: {},
      };
      const [patient] = await registerPatient(clinic.sql, clinicId, fields, { actor, key: null });
      patients.push(patient);
      secrets.push(patient.id, ...fields.name.split(" "), fields.phone, fields.gender, fields.email);
      const booking = {
        patientId: patient.id,
        doctorId: random.pick(doctors).id,
        date: today,
        timeSlot: null,
        idempotencyKey: null,
      };
      if (booked.length < 60) {
        const [appointment] = await bookAppointment(clinic.sql, clinicId, booking, actor);
        booked.push({ ...appointment, patientId: patient.id });
      }
      const one = random.pick(booked);
      await clinic.sql`update patients set name = ${`${word(8)} ${word(7)}`}, age = ${random.between(0, 150)} where id = ${one.patientId}`;
      const [renamed] = await clinic.sql<[Patient]>`select * from patients where id = ${one.patientId}`;
      secrets.push(...renamed.name.split(" "));
      await checkIn(
        clinic.sql,
        clinicId,
        { appointmentId: one.id, patientId: one.patientId, byDoctor: null },
        actor,
      ).catch(() => {});
    }

    expect(known.size).to.be.greaterThan(100);
    for (const text of known) {
      const leaked = secrets.find((one) => text.includes(one));
      expect(leaked).to.be.undefined;
      const { data } = JSON.parse(text) as { data: Queue };
      for (const { ticket, patient } of data.doctors.flatMap(({ appointments }) => appointments)) {
        expect(patient).to.deep.equal({ id: null, name: ticket, phone: null, age: null, gender: null });
      }
    }
  }).timeout(cases(60_000));

  it("of a doctor is their own section in full, and nobody else's", async () => {
    const [own, other] = [await staff.addDoctor(), await staff.addDoctor()];
    const mine = await staff.bookNew(own.id, someDay);
    await staff.bookNew(other.id, someDay);
    const doctor = { role: "doctor", doctor_id: own.id } as const;

    for (const asked of [{}, { view: "doctor" }, { doctor_id: own.id }, { view: "doctor", doctor_id: own.id }]) {
      const queue = await see(doctor, someDay, asked);
      expect(queue.doctors.map((section) => section.doctor.id)).to.deep.equal([own.id]);
      expect(queue.doctors[0]?.appointments[0]).to.deep.include({ appointment_id: mine.id });
      expect(queue.doctors[0]?.appointments[0]?.patient.name).to.equal("John Doe");
    }
    const publicly = await see(doctor, someDay, { view: "public" });
    expect(publicly.doctors.flatMap(({ appointments }) => appointments.map(({ patient }) => patient.id))).to.deep.equal(
      [null, null],
    );
  });

  it("of a patient is their own appointment, their position and how many are ahead", async () => {
    const doctor = await staff.addDoctor();
    const [first, second] = [await staff.bookNew(doctor.id, today), await staff.bookNew(doctor.id, today)];
    const patient = await connect({ role: "patient", patient_id: second.patientId });
    patient.send({ action: "subscribe", date: today });
    const before = await patient.nextQueue("snapshot");

    await staff.checkIn(first.id, first.patientId);
    await staff.checkIn(second.id, second.patientId);
    const waiting = await patient.nextQueue("update");
    await clinic.sql`update queue_entries set stage = 'served' where appointment_id = ${first.id}`;
    const next = await patient.nextQueue("update");

    expect(before.doctors.flatMap(({ appointments }) => appointments.map(({ queue }) => queue))).to.deep.equal([null]);
    expect(waiting.total_appointments).to.equal(1);
    expect(waiting.doctors[0]?.appointments[0]?.appointment_id).to.equal(second.id);
    expect(waiting.doctors[0]?.appointments[0]?.queue).to.deep.include({ position: 2, ahead: 1, status: "waiting" });
    expect(next.doctors[0]?.appointments[0]?.queue).to.deep.include({ position: 2, ahead: 0 });
    expect(JSON.stringify([before, waiting, next])).not.to.include(first.patientId);
  });

  it("of a patient does not move with others' changes that are none of theirs", async () => {
    const doctor = await staff.addDoctor();
    const mine = await staff.bookNew(doctor.id, someDay);
    const patient = await connect({ role: "patient", patient_id: mine.patientId });
    patient.send({ action: "subscribe", date: someDay, mode: "delta" });
    await patient.nextQueue("snapshot");
    const dashboard = await connect({ role: "staff" });
    await dashboard.subscribe(someDay);

    await staff.bookNew(doctor.id, someDay);
    await dashboard.nextQueue("update");
    await clinic.sql`update appointments set status = 'cancelled' where id = ${mine.id}`;
    const delta = await patient.next();

    if (delta.type !== "delta") throw new Error(delta.type);
    expect(delta.data).to.deep.include({ doctors: [], removed_doctors: [doctor.id], total_appointments: 0 });
  });

  it("of a patient who comes back to another process holds nothing that was cancelled meanwhile", async () => {
    const doctor = await staff.addDoctor();
    const mine = await staff.bookNew(doctor.id, someDay);
    const token = await tokenFor({ role: "patient", patient_id: mine.patientId });
    const before = await clinic.connectAs(token);
    before.send({ action: "subscribe", date: someDay, mode: "delta" });
    const { epoch, revision: since, total_appointments } = await before.nextQueue("snapshot");
    await before.close();
    await clinic.sql`update appointments set status = 'cancelled' where id = ${mine.id}`;

    const other = await startRealtime(clinic.database.url, { AUTH_SECRET: secret });
    const after = await Socket.open(socketUrl(other), { headers: { authorization: `Bearer ${token}` } });
    after.send({ action: "subscribe", date: someDay, mode: "delta", since, epoch });
    const answer = await after.next();
    await after.close();
    await other.stop();

    expect(total_appointments).to.equal(1);
    if (answer.type !== "snapshot") throw new Error(answer.type);
    expect(answer.data).to.deep.include({ doctors: [], total_appointments: 0 });
  });

  it("may be asked to be less, never more", async () => {
    const doctor = await staff.addDoctor();
    const ids = { doctor_id: doctor.id, patient_id: doctor.id, screen_id: doctor.id };
    const allowed: Record<string, string[]> = {
      staff: ["staff", "doctor", "public"],
      doctor: ["doctor", "public"],
      screen: ["public"],
      patient: ["patient"],
      service: [],
    };
    for (const [role, views] of Object.entries(allowed)) {
      for (const view of ["staff", "doctor", "public", "patient"]) {
        const socket = await connect({ role: role as "staff", ...ids });
        socket.send({ action: "subscribe", date: someDay, view, doctor_id: doctor.id });
        const answer = await socket.next();
        const expected = views.includes(view) ? "snapshot" : "forbidden";
        expect(answer.type === "error" ? answer.code : answer.type, `${role} asks for ${view}`).to.equal(expected);
      }
    }
    const another = await connect({ role: "doctor", doctor_id: doctor.id });
    another.send({ action: "subscribe", date: someDay, doctor_id: (await staff.addDoctor()).id });
    expect((await another.nextError()).code).to.equal("forbidden");
    const reader = await see({ role: "service", scope: "read" }, someDay);
    expect(reader.total_doctors).to.be.greaterThan(0);
    const unknown = await connect({ role: "staff" });
    unknown.send({ action: "subscribe", date: someDay, view: "all" });
    expect((await unknown.nextError()).code).to.equal("invalid_view");
  });

  it("of a patient is handed out as a token by who may both book and read", async () => {
    const doctor = await staff.addDoctor();
    const booked = await staff.bookNew(doctor.id, someDay);
    const issue = async (scope: string) =>
      clinic
        .restAs(await tokenFor({ role: "service", scope }))
        .post(`/api/v1/patients/${booked.patientId}/tokens`, { expires_in: 3_600 });

    expect((await issue("book")).status).to.equal(403);
    const { status, body } = await issue("book read");

    expect(status).to.equal(201);
    const socket = await clinic.connectAs((body as { token: string }).token);
    sockets.push(socket);
    const queue = await socket.subscribe(someDay);
    expect(queue.doctors[0]?.appointments[0]?.appointment_id).to.equal(booked.id);
    expect((await staff.delete(`/api/v1/patients/${booked.patientId}/tokens`)).status).to.equal(204);
    expect(await socket.closed()).to.equal(1008);
  });

  it("of the public follows the clinic's settings and the patient's wish, at once", async () => {
    const doctor = await staff.addDoctor({ specialty: "Psychiatry" });
    const named = await staff.addPatient({ name: "anna maria Öz" });
    const shy = await staff.addPatient({ name: "Ben Bo", ticket_only: true });
    const single = await staff.addPatient({ name: "Cher" });
    for (const { id } of [named, shy, single]) await staff.book(id, doctor.id, someDay);
    const screen = await connect({ role: "screen", screen_id: doctor.id });
    screen.send({ action: "subscribe", date: someDay, doctor_id: doctor.id });
    const shown = ({ doctors: [section] }: Queue) => [
      section?.doctor.specialty,
      ...(section?.appointments.map(({ patient, ticket }) => (patient.name === ticket ? "ticket" : patient.name)) ??
        []),
    ];
    expect(shown(await screen.nextQueue("snapshot"))).to.deep.equal(["Psychiatry", "ticket", "ticket", "ticket"]);

    const manager = clinic.restAs(await tokenFor({ role: "manager" }));
    await manager.patch("/api/v1/clinic", { public_names: "first_name", public_specialty: false });
    const first = await screen.queueWhere((queue) => shown(queue)[1] !== "ticket");
    expect(shown(first)).to.deep.equal([null, "anna Ö.", "ticket", "ticket"]);

    await manager.patch("/api/v1/clinic", { public_names: "initials" });
    expect(shown(await screen.queueWhere((queue) => shown(queue)[1] === "AÖ"))).to.deep.equal([
      null,
      "AÖ",
      "ticket",
      "ticket",
    ]);

    await clinic
      .restAs(await tokenFor({ role: "patient", patient_id: named.id }))
      .patch(`/api/v1/patients/${named.id}`, { ticket_only: true });
    expect(shown(await screen.queueWhere((queue) => shown(queue)[1] === "ticket"))).to.deep.equal([
      null,
      "ticket",
      "ticket",
      "ticket",
    ]);
    await manager.patch("/api/v1/clinic", { public_names: "ticket", public_specialty: true });
  });
});

describe("what public screens show of names and specialties", () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.openWithSignIn();
  });
  after(() => clinic.close());

  it("changes on them when somebody changes it in SQL, and stays as it is when another setting changes", async () => {
    const staff = clinic.restAs(await clinic.tokenFor({ role: "staff" }));
    const doctor = await staff.addDoctor({ specialty: "Psychiatry" });
    const patient = await staff.addPatient({ name: "Anna Berg" });
    const { ticket } = await staff.book(patient.id, doctor.id, someDay);
    const screen = await clinic.connectAs(await clinic.tokenFor({ role: "screen", screen_id: doctor.id }));
    const shown = ({ doctors: [section] }: Queue) => [
      section?.doctor.specialty,
      section?.appointments[0]?.patient.name,
    ];
    const { epoch, ...first } = await screen.subscribe(someDay);
    expect(shown({ epoch, ...first })).to.deep.equal(["Psychiatry", ticket]);

    await clinic.sql`update clinics set daily_capacity = daily_capacity + 1 where id = ${clinic.id}`;
    expect((await clinic.sql`select epoch from clinics where id = ${clinic.id}`)[0]?.["epoch"]).to.equal(epoch);

    await clinic.sql`update clinics set public_names = 'initials' where id = ${clinic.id}`;
    await screen.queueWhere((queue) => shown(queue)[1] === "AB");
    await clinic.sql`update clinics set public_specialty = false where id = ${clinic.id}`;
    await screen.queueWhere((queue) => shown(queue)[0] === null);
    await clinic.sql`update clinics set public_names = 'ticket', public_specialty = true where id = ${clinic.id}`;
    await screen.queueWhere((queue) => shown(queue)[0] === "Psychiatry" && shown(queue)[1] === ticket);
    await screen.close();
  });
});

describe("a ticket", () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  after(() => clinic.close());

  it("counts from 1 for each doctor and day, with the doctor's letters, and comes never twice", async () => {
    const first = await clinic.rest.addDoctor();
    const second = await clinic.rest.addDoctor({ ticket_prefix: "KID" });
    const [one, two] = [await clinic.rest.bookNew(first.id, someDay), await clinic.rest.bookNew(first.id, someDay)];
    await clinic.sql`update appointments set status = 'cancelled' where id = ${two.id}`;

    const three = await clinic.rest.bookNew(first.id, someDay);
    const other = await clinic.rest.bookNew(second.id, someDay);
    const later = await clinic.rest.bookNew(first.id, await clinic.rest.today());
    await clinic.sql`delete from appointments where id = ${one.id}`;
    const four = await clinic.rest.bookNew(first.id, someDay);

    expect(
      [one, two, three, other, later, four].map((booked) => (booked as unknown as { ticket: string }).ticket),
    ).to.deep.equal(["A1", "A2", "A3", "KID1", "A1", "A4"]);
    expect(three.slot).to.equal(two.slot);
  });

  it("has the first letters that are free, whatever letters another doctor was given", async () => {
    const fresh = await Clinic.open();
    const prefix = async (fields: object = {}): Promise<string> => {
      const { id } = await fresh.rest.addDoctor(fields);
      return (await fresh.rest.get(`/api/v1/doctors/${id}`)).body.ticket_prefix as string;
    };

    const given = [await prefix(), await prefix({ ticket_prefix: "ZZZ" }), await prefix({ ticket_prefix: "C" })];
    const next = [await prefix(), await prefix()];
    await fresh.sql`insert into doctors (name, code) select 'Dr. ' || n, 'N' || n from generate_series(1, 750) n`;
    const last = await prefix();

    expect([...given, ...next, last]).to.deep.equal(["A", "ZZZ", "C", "B", "D", "ACA"]);
    await fresh.close();
  });

  it("stays what it is when the appointment goes to another doctor, and cannot be changed", async () => {
    const [from, to] = [await clinic.rest.addDoctor(), await clinic.rest.addDoctor()];
    const moved = await clinic.rest.bookNew(from.id, someDay);
    await clinic.rest.bookNew(to.id, someDay);
    const ticketOf = async (id: string): Promise<string> =>
      (await clinic.rest.get(`/api/v1/appointments/${id}`)).body.ticket;
    const ticket = await ticketOf(moved.id);

    await clinic.sql`update appointments set doctor_id = ${to.id}, slot = 9 where id = ${moved.id}`;
    const next = await clinic.rest.bookNew(from.id, someDay);
    const refused = await clinic.sql`update appointments set ticket_number = 99 where id = ${moved.id}`.catch(
      (error: unknown) => error,
    );

    expect(await ticketOf(moved.id)).to.equal(ticket);
    expect(await ticketOf(next.id)).not.to.equal(ticket);
    expect((refused as { code: string }).code).to.equal("23514");
  });

  it("is told with the appointment and at the check-in", async () => {
    const doctor = await clinic.rest.addDoctor();
    const booked = await clinic.rest.bookNew(doctor.id, await clinic.rest.today());

    const checkedIn = await clinic.rest.checkIn(booked.id, booked.patientId);

    expect(checkedIn)
      .to.have.property("ticket")
      .that.matches(/^[A-Z]+1$/);
  });
});
