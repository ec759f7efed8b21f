import { expect } from "chai";
import { sections } from "../../contract/websocket/section.ts";
import { Clinic, socketUrl } from "../support/clinic.ts";
import { Rest, type Answer } from "../support/rest.ts";
import { Socket } from "../support/socket.ts";
import { tokenFor } from "../support/tokens.ts";
import { closeDays } from "../../db/queries/transitions.ts";
import { QueueClinic } from "./queue-clinic.ts";

const outcome = ({ status, body }: Answer): string => (status < 400 ? `${status}` : `${status} ${body.error}`);

describe("the calls of the queue", () => {
  let clinic: Clinic;
  let one: QueueClinic;
  let desk: Rest;
  let doctorA: Rest;
  let doctorB: Rest;
  const sockets: Socket[] = [];
  before(async () => {
    clinic = await Clinic.openWithSignIn();
  });
  beforeEach(async () => {
    one = await QueueClinic.open(clinic.sql);
    desk = await as({ role: "staff" });
    doctorA = await as({ role: "doctor", doctor_id: doctor(0) });
    doctorB = await as({ role: "doctor", doctor_id: doctor(1) });
  });
  afterEach(async () => {
    await Promise.all(sockets.splice(0).map((socket) => socket.close()));
  });
  after(() => clinic.close());

  type Claims = Parameters<typeof tokenFor>[0];
  async function as(claims: Claims): Promise<Rest> {
    const token = await tokenFor({ clinic: one.id, ...claims });
    return new Rest(`${clinic.api.address}/c/${one.code}`, { authorization: `Bearer ${token}` });
  }
  const asPatient = (index: number) => as({ role: "patient", patient_id: patient(index) });
  const doctor = (index: number): string => one.doctors[index] ?? "";
  const room = (index: number): string => one.rooms[index] ?? "";
  const patient = (index: number): string => one.patients[index] ?? "";
  const checkIn = (rest: Rest, id: string, who: number) =>
    rest.post("/api/v1/checkins", { appointment_id: id, patient_id: patient(who) });
  async function arrive(who: number, at = 0): Promise<string> {
    const { id } = await one.book(patient(who), doctor(at));
    expect(outcome(await checkIn(desk, id, who))).to.equal("201");
    return id;
  }
  const entryOf = async (id: string) => (await desk.get(`/api/v1/appointments/${id}`)).body;
  const versionOf = async (id: string) => {
    const [row] = await clinic.sql<
      { version: number }[]
    >`select version from queue_entries where appointment_id = ${id}`;
    return row?.version ?? 0;
  };
  const url = (id: string) => `/api/v1/appointments/${id}/transitions`;
  /** Acts on the entry as it is now. */
  async function act(id: string, action: string, more: object = {}, rest = desk): Promise<Answer> {
    return rest.post(url(id), { action, version: await versionOf(id), ...more });
  }
  const next = (at: number, body: object, rest = desk, headers = {}) =>
    rest.post(`/api/v1/doctors/${doctor(at)}/queue/next`, { date: one.date, ...body }, headers);
  const undo = (id: string, transition: string, rest = desk) => rest.post(`${url(id)}/undo`, { transition });
  const stageOf = async (id: string) => {
    const [row] = await clinic.sql<
      { stage: string | null }[]
    >`select stage from queue_entries where appointment_id = ${id}`;
    return row?.stage;
  };
  const afterOf = async (place: string) => {
    const [row] = await clinic.sql<{ after: string }[]>`
      select after from day_places where (clinic_id, place_id) = (${one.id}, ${place})
    `;
    return row?.after ?? null;
  };
  const stepsOf = async (id: string) => (await desk.get(url(id))).body as { id: string; action: string }[];
  const setDay = (at: number, body: object) =>
    fetch(`${clinic.api.address}/c/${one.code}/api/v1/doctors/${doctor(at)}/day?date=${one.date}`, {
      method: "PUT",
      headers: { ...deskHeaders, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  let deskHeaders: Record<string, string>;
  beforeEach(async () => {
    deskHeaders = { authorization: `Bearer ${await tokenFor({ role: "staff", clinic: one.id })}` };
  });

  describe("twice, at once, too late", () => {
    it("a double click on next calls nobody else, with and without a key", async () => {
      const [first] = [await arrive(0), await arrive(1)];
      const headers = { "idempotency-key": "a" };

      const answers = [
        await next(0, { after: null }, desk, headers),
        await next(0, { after: null }, desk, headers),
        await next(0, { after: null }),
      ];

      expect(answers.map(({ body }) => [body.appointment?.id, body.repeated])).to.deep.equal([
        [first, false],
        [first, true],
        [first, true],
      ]);
      expect(answers.map(({ body }) => body.place)).to.deep.equal(Array(3).fill(answers[0]?.body.place));
    });

    it("a key that is used for something else is refused", async () => {
      await arrive(0);
      const headers = { "idempotency-key": "b" };
      await next(0, { after: null }, desk, headers);

      expect(outcome(await next(0, { after: null, room_id: room(1) }, desk, headers))).to.equal(
        "409 IdempotencyConflict",
      );
    });

    it("two rooms that press next at once get two patients", async () => {
      await arrive(0, 2);
      await arrive(1, 2);

      const answers = await Promise.all([1, 2].map((index) => next(2, { after: null, room_id: room(index) })));

      expect(answers.map(outcome)).to.deep.equal(["200", "200"]);
      expect(new Set(answers.map(({ body }) => body.appointment.id)).size).to.equal(2);
    });

    it("two rooms that call the same patient: the second reads where and when", async () => {
      const id = await arrive(0, 2);
      const version = await versionOf(id);
      const answer = await desk.post(url(id), { action: "call", version, room_id: room(1) });

      const second = await desk.post(url(id), { action: "call", version, room_id: room(2) });

      expect(outcome(second)).to.equal("409 AlreadyCalled");
      const { called_at } = answer.body.appointment.queue;
      expect(second.body.details).to.deep.equal({ room: "2", called_at, stage: "called" });
    });

    it("the same action at the same place is repeated, and writes nothing", async () => {
      const id = await arrive(0);
      const version = await versionOf(id);
      for (const action of ["call", "start", "hold", "resume"]) {
        const request = { action, version: await versionOf(id) };
        expect((await desk.post(url(id), request)).body).to.include({ repeated: false });
        const steps = await stepsOf(id);

        expect((await desk.post(url(id), request)).body).to.include({ repeated: true });
        expect((await desk.post(url(id), { action, version })).body).to.include({ repeated: true });

        expect(await stepsOf(id)).to.deep.equal(steps);
      }
    });

    it("a stale version, and a stale place, are told with what is there now", async () => {
      const id = await arrive(0);
      await act(id, "call");

      const stale = await desk.post(url(id), { action: "skip", version: 0 });
      const stalePlace = await next(0, { after: (await stepsOf(id))[0]?.id });

      expect(outcome(stale)).to.equal("409 Stale");
      expect(stale.body.details.entry).to.include({ stage: "called", version: await versionOf(id) });
      expect(outcome(stalePlace)).to.equal("409 Stale");
      expect(stalePlace.body.details.place).to.include({ place_id: room(0), appointment_id: id });
      expect(outcome(await desk.post(url(id), { action: "skip" }))).to.equal("400 ValidationError");
    });

    it("next to an occupied place names who is there, unless that one is finished or skipped", async () => {
      const [first, second, third] = [await arrive(0), await arrive(1), await arrive(2)];
      const { body } = await next(0, { after: null });
      const { after } = body.place;

      const refused = await next(0, { after });
      const skipping = await next(0, { after, skip: first });
      const finishing = await next(0, { after: skipping.body.place.after, finish: second });

      expect(outcome(refused)).to.equal("409 PlaceOccupied");
      expect(refused.body.details).to.include({ ticket: body.appointment.ticket, appointment_id: first });
      expect([skipping.body.appointment.id, skipping.body.skipped]).to.deep.equal([second, 1]);
      expect(finishing.body.appointment.id).to.equal(third);
      expect((await entryOf(second)).status).to.equal("completed");
    });

    it("what is not allowed from a stage is refused with what is", async () => {
      const id = await arrive(0);

      const answer = await act(id, "serve");

      expect(outcome(answer)).to.equal("409 InvalidTransition");
      expect(answer.body.details).to.deep.equal({
        stage: "waiting",
        actions: ["call", "hold", "leave", "move", "prioritise", "start", "transfer"],
      });
    });

    it("nobody is called, sent, booked or taken with a doctor who is absent or has finished", async () => {
      const [id, other] = [await arrive(0), await arrive(1, 1)];
      const booked = await one.book(patient(2), doctor(0));
      const kiosk = await as({ role: "kiosk" });
      for (const state of ["absent", "finished"]) {
        await setDay(0, { state });

        const answers = [
          await act(id, "call"),
          await next(0, { after: null }),
          await act(other, "transfer", { doctor_id: doctor(0) }),
          await desk.post("/api/v1/appointments", { patient_id: patient(3), doctor_id: doctor(0), date: one.date }),
          await desk.post("/api/v1/walk-ins", { patient_id: patient(3), doctor_id: doctor(0) }),
          await checkIn(kiosk, booked.id, 2),
        ];

        expect(answers.map(outcome)).to.deep.equal(Array(answers.length).fill("422 DoctorUnavailable"));
      }
      const warned = await checkIn(desk, booked.id, 2);
      expect([warned.status, warned.body.warning]).to.deep.equal([201, "finished"]);
    });
  });

  describe("undo", () => {
    it("is the author's for ten minutes, and staff's", async () => {
      const [id, other] = [await arrive(0), await arrive(1, 1)];
      const { body } = await next(0, { after: null }, doctorA);
      const stranger = await as({ role: "doctor", doctor_id: doctor(0) });

      expect(outcome(await undo(id, body.transition.id, doctorB))).to.equal("404 NotFound");
      expect(outcome(await undo(id, body.transition.id, stranger))).to.equal("409 TooLate");
      await one.advance(601_000);
      expect(outcome(await undo(id, body.transition.id, doctorA))).to.equal("409 TooLate");
      expect(outcome(await undo(id, body.transition.id))).to.equal("200");
      expect((await undo(id, body.transition.id)).body.repeated).to.equal(true);
      expect(outcome(await undo(other, body.transition.id))).to.equal("404 NotFound");
    });

    it("takes the newest step back, and no other", async () => {
      const id = await arrive(0);
      const { body } = await act(id, "call");
      await act(id, "start");

      expect(outcome(await undo(id, body.transition.id))).to.equal("409 InvalidTransition");
    });

    it("takes finish and the call after it back from either", async () => {
      const [first, second] = [await arrive(0), await arrive(1)];
      for (const from of [first, second]) {
        const { after } = (await next(0, { after: await afterOf(room(0)) })).body.place;
        await next(0, { after, finish: first });
        const steps = await stepsOf(from);

        expect(outcome(await undo(from, steps.at(-1)?.id ?? ""))).to.equal("200");

        expect([await stageOf(first), await stageOf(second)]).to.deep.equal(["called", "waiting"]);
        await act(first, "requeue");
      }
    });

    it("of a check-in leaves a booking, and of a walk-in a burnt ticket", async () => {
      const id = await arrive(0);
      const walkIn = await desk.post("/api/v1/walk-ins", { patient_id: patient(1), doctor_id: doctor(0) });
      expect(walkIn.status).to.equal(201);

      await undo(id, (await stepsOf(id))[0]?.id ?? "");
      await undo(walkIn.body.appointment.id, walkIn.body.transition.id);

      expect([(await entryOf(id)).status, await stageOf(id)]).to.deep.equal(["booked", null]);
      expect(await entryOf(walkIn.body.appointment.id)).to.include({ status: "cancelled" });
      const again = await checkIn(desk, id, 0);
      expect(again.body.queue_position).to.equal(3);
    });

    it("is theirs who sent somebody away", async () => {
      const id = await arrive(0);
      const { body } = await act(id, "transfer", { doctor_id: doctor(1) }, doctorA);

      expect(outcome(await undo(id, body.transition.id, doctorA))).to.equal("200");
      expect((await entryOf(id)).doctor_id).to.equal(doctor(0));
    });

    it("is theirs who served somebody that then went back to another doctor, by either step", async () => {
      const id = await arrive(0);
      await act(id, "transfer", { doctor_id: doctor(1), return: true });
      await act(id, "call", {}, doctorB);
      await act(id, "serve", {}, doctorB);
      const served = (await stepsOf(id)).find(({ action }) => action === "serve");

      expect(outcome(await undo(id, served?.id ?? "", doctorB))).to.equal("200");
      expect((await entryOf(id)).doctor_id).to.equal(doctor(1));
      expect(await stageOf(id)).to.equal("called");
    });

    it("brings nobody back who was erased", async () => {
      const id = await arrive(0);
      const { body } = await act(id, "leave");
      await clinic.sql`select erase_patient(${one.id}, patient_id, null) from appointments where id = ${id}`;

      expect(outcome(await undo(id, body.transition.id))).to.equal("409 InvalidTransition");
    });

    it("is refused for a recall, an answer and an undo", async () => {
      const id = await arrive(0);
      await act(id, "call");
      await act(id, "acknowledge", { answer: "coming" });
      await one.advance(30_000);
      await act(id, "recall");
      const steps = await stepsOf(id);

      for (const { id: step, action } of steps.filter(({ action }) => ["acknowledge", "recall"].includes(action)))
        expect(outcome(await undo(id, step)), action).to.equal("409 InvalidTransition");
      expect(steps).to.have.length(4);
    });

    it("is over once the day is closed", async () => {
      const id = await arrive(0);
      const { body } = await act(id, "call");
      await one.setClock(new Date(Date.parse(`${one.date}T00:00:00Z`) + 25.5 * 3_600_000));
      await closeDays(clinic.sql, 100);

      expect(outcome(await undo(id, body.transition.id))).to.equal("422 InvalidDate");
    });
  });

  describe("the guards of the stages", () => {
    it("check_in: once, by who may, and again for who had left, at the same position", async () => {
      const { id } = await one.book(patient(0), doctor(0));
      const program = await as({ role: "service", scope: "check_in" });
      expect(outcome(await checkIn(await asPatient(1), id, 1))).to.equal("404 NotFound");
      expect(outcome(await checkIn(await as({ role: "service", scope: "book" }), id, 0))).to.equal("403 Forbidden");
      expect(outcome(await checkIn(program, id, 0))).to.equal("201");
      expect(outcome(await checkIn(await asPatient(0), id, 0))).to.equal("409 AlreadyCheckedIn");
      await act(id, "leave");

      const back = await checkIn(await as({ role: "kiosk" }), id, 0);

      expect([back.status, back.body.queue_position]).to.deep.equal([201, 1]);
    });

    it("walk_in: by staff and kiosk, for whoever has no booking there", async () => {
      const booked = await one.book(patient(0), doctor(0));
      const body = { patient_id: patient(0), doctor_id: doctor(0) };

      const refused = await desk.post("/api/v1/walk-ins", body);

      expect(outcome(refused)).to.equal("409 AlreadyBooked");
      expect(refused.body.details).to.include({ appointment_id: booked.id, ticket: booked.ticket });
      expect(outcome(await doctorA.post("/api/v1/walk-ins", body))).to.equal("403 Forbidden");
      expect(outcome(await (await asPatient(0)).post("/api/v1/walk-ins", body))).to.equal("403 Forbidden");
      const taken = await (await as({ role: "kiosk" })).post("/api/v1/walk-ins", { ...body, patient_id: patient(1) });
      expect(taken.status).to.equal(201);
      expect(taken.body.appointment).to.include({ source: "walk_in", slot: 1001, status: "checked_in" });
    });

    it("call_next: passes over whoever is called elsewhere, and says so", async () => {
      const [both, alone] = [await arrive(0), await arrive(1)];
      const elsewhere = await arrive(0, 1);
      await act(elsewhere, "call");

      const { body } = await next(0, { after: null });

      expect(body.appointment.id).to.equal(alone);
      const { ticket } = await entryOf(both);
      expect(body.transition.facts.passed_over).to.deep.equal([{ ticket, why: "elsewhere", with: "Dr. B" }]);
      expect(outcome(await next(1, { after: null }, doctorA))).to.equal("404 NotFound");
      expect(outcome(await next(0, { after: null }, await asPatient(0)))).to.equal("403 Forbidden");
    });

    it("call: of somebody out of order needs a reason", async () => {
      await arrive(0);
      const second = await arrive(1);

      const refused = await act(second, "call");

      expect(outcome(refused)).to.equal("400 ValidationError");
      expect(refused.body.details[0].field).to.equal("reason");
      expect(outcome(await act(second, "call", { reason: "in pain" }))).to.equal("200");
    });

    it("acknowledge: the patient's, without a version, and read by nobody else's token", async () => {
      const id = await arrive(0);
      await act(id, "call");
      const version = await versionOf(id);
      const own = await asPatient(0);

      const answer = await own.post(url(id), { action: "acknowledge", answer: "coming" });

      expect(answer.status).to.equal(200);
      expect(answer.body).to.include({ transition: null, place: null, repeated: false });
      expect(answer.body.appointment.queue).to.include({ answer: "coming", stage: "called" });
      expect(await versionOf(id)).to.equal(version);
      expect(outcome(await own.post(url(id), { action: "acknowledge", answer: "here" }))).to.equal(
        "400 ValidationError",
      );
      expect(outcome(await (await asPatient(1)).post(url(id), { action: "acknowledge", answer: "coming" }))).to.equal(
        "404 NotFound",
      );
      await act(id, "skip");
      expect(outcome(await own.post(url(id), { action: "acknowledge", answer: "here" }))).to.equal("200");
    });

    it("recall: within 20 seconds of the last it is repeated", async () => {
      const id = await arrive(0);
      const called = await act(id, "call");

      const soon = await act(id, "recall");
      await one.advance(21_000);
      const later = await act(id, "recall");

      expect([soon.body.repeated, later.body.repeated]).to.deep.equal([true, false]);
      const { queue } = later.body.appointment;
      expect(queue).to.include({ call_count: 2, called_at: called.body.appointment.queue.called_at });
    });

    it("start: without check-in by phone alone, and one at a time with a doctor", async () => {
      const [phone, present] = [await one.book(patient(0), doctor(0), { mode: "phone" }), await arrive(1)];
      const other = await one.book(patient(2), doctor(0));

      expect(outcome(await desk.post(url(other.id), { action: "start" }))).to.equal("409 InvalidTransition");
      expect(outcome(await desk.post(url(phone.id), { action: "start" }))).to.equal("200");
      expect(outcome(await act(present, "start", { room_id: room(1) }))).to.equal("409 PlaceOccupied");
      expect(outcome(await act(present, "call", { room_id: room(1) }))).to.equal("200");
    });

    it("hold and resume: the patient's from waiting, and the turn is kept", async () => {
      const [id, own] = [await arrive(0), await asPatient(0)];
      const { turn_at } = (await act(id, "prioritise", { priority: 0, reason: "none" })).body.appointment.queue;

      expect(outcome(await own.post(url(id), { action: "hold" }))).to.equal("200");
      expect(outcome(await own.post(url(id), { action: "resume" }))).to.equal("200");
      const called = await act(id, "call");
      expect(called.body.appointment.queue.turn_at).to.equal(turn_at);
      expect(outcome(await own.post(url(id), { action: "hold" }))).to.equal("409 InvalidTransition");
      expect(outcome(await act(id, "hold", { reason: "X-ray" }))).to.equal("200");
    });

    it("serve: from called or in consultation, and leaves a task", async () => {
      const id = await arrive(0);
      await act(id, "call");

      const answer = await act(id, "serve", { task: { kind: "follow_up", text: "In a month" } });

      expect(answer.body.appointment).to.include({ status: "completed", outcome: "served" });
      expect(answer.body.appointment.queue.started_at).to.equal(null);
      const { body } = await desk.get(`/api/v1/tasks?date=${one.date}`);
      expect(body.map(({ text, appointment_id }: Record<string, string>) => [text, appointment_id])).to.deep.equal([
        ["In a month", id],
      ]);
    });

    it("serve: leaves a task that the doctor who served sees, also when the patient goes back to another", async () => {
      const id = await arrive(0);
      await act(id, "transfer", { doctor_id: doctor(1), return: true });
      await act(id, "call", {}, doctorB);
      await act(id, "serve", { task: { kind: "follow_up", text: "In two weeks" } }, doctorB);

      const { body } = await doctorB.get("/api/v1/tasks");
      expect(body.map(({ text }: { text: string }) => text)).to.include("In two weeks");
    });

    it("skip and requeue: a call by mistake counts nothing, the second requeue ends the old turn", async () => {
      const id = await arrive(0);
      const turn = async () =>
        (await desk.get(`/api/v1/doctors/${doctor(0)}/queue/order?date=${one.date}`)).body[0].facts.turn_at;
      const first = await turn();
      const round = async () => {
        await act(id, "call");
        await act(id, "skip");
        expect(outcome(await act(id, "requeue"))).to.equal("200");
        return turn();
      };
      await act(id, "call");
      await act(id, "requeue");
      expect(await turn()).to.equal(first);

      expect(await round()).to.equal(first);
      expect(await round()).not.to.equal(first);
    });

    it("no_show: of whoever was called twice at least", async () => {
      const id = await arrive(0);
      await act(id, "call");
      expect(outcome(await act(id, "no_show"))).to.equal("409 InvalidTransition");
      await one.advance(30_000);
      await act(id, "recall");

      expect((await act(id, "no_show")).body.appointment).to.include({ status: "checked_in", outcome: "no_show" });
    });

    it("leave: the patient's from any open stage but the consultation", async () => {
      const [id, own] = [await arrive(0), await asPatient(0)];
      await act(id, "start");
      expect(outcome(await own.post(url(id), { action: "leave" }))).to.equal("409 InvalidTransition");
      await act(id, "hold");

      expect((await own.post(url(id), { action: "leave" })).body.appointment).to.include({ outcome: "left" });
      expect(outcome(await own.post(url(id), { action: "call" }))).to.equal("403 Forbidden");
    });

    it("transfer: to another doctor, with ticket, turn and priority, and back after being served", async () => {
      const id = await arrive(0);
      const { ticket } = await entryOf(id);
      const { turn_at } = (await act(id, "prioritise", { priority: 1, reason: "in pain" })).body.appointment.queue;

      const sent = await act(id, "transfer", { doctor_id: doctor(1), return: true }, doctorA);
      expect(sent.body.appointment).to.include({ doctor_id: doctor(1), ticket });
      expect(sent.body.appointment.queue).to.include({ turn_at, priority: 1, position: 1, call_count: 0 });
      await act(id, "call", {}, doctorB);
      const served = await act(id, "serve", {}, doctorB);

      expect(served.body.appointment).to.include({ doctor_id: doctor(0), status: "checked_in" });
      expect(served.body.appointment.queue).to.include({ stage: "waiting", turn_at, position: 2 });
    });

    it("prioritise and move: need a reason, and move is staff's", async () => {
      const [first, second] = [await arrive(0), await arrive(1)];

      expect(outcome(await act(second, "prioritise", { priority: 2 }))).to.equal("400 ValidationError");
      expect(outcome(await act(second, "move", { before_appointment: first }))).to.equal("400 ValidationError");
      const move = { before_appointment: first, reason: "in pain" };
      expect(outcome(await act(second, "move", move, doctorA))).to.equal("409 InvalidTransition");
      expect((await act(second, "move", move)).body.appointment.queue.rank).to.equal(1);
      await act(first, "prioritise", { priority: 1, reason: "fever" });
      expect(outcome(await act(second, "move", move))).to.equal("400 ValidationError");
    });
  });

  describe("the views", () => {
    async function see(claims: Claims, asked: object = {}) {
      const socket = await Socket.open(socketUrl(clinic.realtime, `/c/${one.code}`), {
        headers: { authorization: `Bearer ${await tokenFor({ clinic: one.id, ...claims })}` },
      });
      sockets.push(socket);
      socket.send({ action: "subscribe", date: one.date, ...asked });
      // oxlint-disable-next-line no-explicit-any
      return (await socket.nextQueue("snapshot")) as any;
    }

    it("tell what each may read of a call, and nothing more", async () => {
      const [called, waiting] = [await arrive(0), await arrive(1)];
      await act(waiting, "prioritise", { priority: 1, reason: "secret" });
      await act(waiting, "prioritise", { priority: 0, reason: "secret" });
      await act(called, "call", { reason: "secret" });
      await setDay(0, { state: "away", notice: "Back soon", returns_at: `${one.date}T15:00:00Z` });

      const views = {
        staff: await see({ role: "staff" }),
        doctor: await see({ role: "doctor", doctor_id: doctor(0) }),
        public: await see({ role: "screen", screen_id: doctor(0) }),
        patient: await see({ role: "patient", patient_id: patient(0) }),
      };

      for (const [view, queue] of Object.entries(views)) {
        expect(JSON.stringify(queue), view).not.to.include("secret");
        for (const section of queue.doctors) {
          const shape = sections[view as keyof typeof sections];
          expect(shape.parse(section), `${view} has no more fields`).to.deep.equal(section);
          expect(section).to.include({ state: "away", notice: "Back soon", returns_at: `${one.date}T15:00:00.000Z` });
        }
      }
    });
  });
});
