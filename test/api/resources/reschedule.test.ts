import { expect } from "chai";
import { at, everyDay, fieldOf, outcome, session, TimedDesk, type Slot } from "../../bookings/timed-desk.ts";
import { Clinic, daysFromNow, nextDay, someDay } from "../../support/clinic.ts";
import { unique, type Answer, type Rest } from "../../support/rest.ts";

const missing = "00000000-0000-4000-8000-000000000000";

describe("rescheduling", () => {
  let clinic: Clinic;
  let desk: TimedDesk;
  let today: string;
  let doctor: { id: string };
  before(async () => {
    clinic = await Clinic.openWithSignIn();
    desk = await TimedDesk.open(clinic);
    today = await desk.rest.today();
  });
  beforeEach(async () => {
    doctor = await desk.doctorOn(someDay, [session("09:00", "10:00")]);
  });
  after(() => clinic.close());

  const nine = { starts_at: at(someDay, "09:00") };
  const half = { starts_at: at(someDay, "09:30") };
  /** What a move that was refused left of an appointment. */
  async function expectUntouched(id: string, starts_at: string | null): Promise<void> {
    expect(await desk.appointment(id)).to.include({ status: "booked", outcome: null, rescheduled_to: null, starts_at });
  }

  it("puts a new appointment in place of the old one, whose slot is free and whose ticket is burnt", async () => {
    const answer = await desk.tryToBook(doctor.id, { ...nine, reason: "Knee pain", note: "Deaf", mode: "video" });
    const old = answer.body;

    const { status, body } = await desk.reschedule(old.id, half);

    expect(status).to.equal(200);
    const { from, to } = body;
    expect(from).to.include({ id: old.id, status: "cancelled", outcome: "rescheduled", rescheduled_to: to.id });
    expect(to).to.include({
      patient_id: old.patient_id,
      doctor_id: doctor.id,
      date: someDay,
      starts_at: half.starts_at,
      ends_at: at(someDay, "09:45"),
      time_slot: 9,
      status: "booked",
      rescheduled_from: old.id,
      rescheduled_to: null,
      reason: "Knee pain",
      note: "Deaf",
      mode: "video",
    });
    expect([from.ticket, to.ticket].map((ticket: string) => ticket.slice(-1))).to.deep.equal(["1", "2"]);
    expect(to.confirmation_code)
      .to.match(/^[34679CDFGHJKMNPQRTVWXY]{8}$/)
      .and.to.not.equal(old.confirmation_code);
    expect(await desk.appointment(old.id)).to.deep.equal(from);
    expect(await desk.appointment(to.id)).to.deep.equal(to);
    expect((await desk.shown(doctor.id, someDay)).slice(0, 3)).to.deep.equal([
      "09:00 free",
      "09:15 free",
      "09:30 taken",
    ]);
  });

  it("goes to another date, to another doctor, and to the first free slot where no time is named", async () => {
    const colleague = await desk.doctorOn(nextDay, [session("14:00", "15:00")]);
    const { id } = await desk.book(doctor.id, nine);
    const socket = await clinic.connectAs(await clinic.tokenFor({ role: "staff" }));
    await socket.subscribe(nextDay);

    const moved = (await desk.reschedule(id, { doctor_id: colleague.id, date: nextDay })).body.to;

    expect(moved).to.include({ doctor_id: colleague.id, date: nextDay, starts_at: at(nextDay, "14:00"), slot: 1 });
    expect(JSON.stringify(await socket.next())).to.include(moved.id);
    await socket.close();
    const back = (await desk.reschedule(moved.id, { doctor_id: doctor.id, ...half })).body.to;
    expect(back).to.include({ doctor_id: doctor.id, date: someDay, starts_at: half.starts_at });
    const hour = (await desk.reschedule(back.id, { date: someDay, time_slot: 9 })).body.to;
    expect(hour.starts_at).to.equal(nine.starts_at);
  });

  it("moves one without a time, too", async () => {
    const { id: bare } = await desk.rest.addDoctor();
    const { id } = await desk.book(bare, { date: someDay, time_slot: 9 });

    const { to } = (await desk.reschedule(id, { date: nextDay, time_slot: 10 })).body;

    expect(to).to.include({ date: nextDay, time_slot: 10, starts_at: at(nextDay, "10:00"), ends_at: null });
    expect(outcome(await desk.reschedule(to.id, half))).to.equal("422 InvalidSlot");
  });

  it("finds the appointment's own time free for it", async () => {
    const booked = await desk.book(doctor.id, nine);
    for (const time of ["09:15", "09:30", "09:45"]) await desk.book(doctor.id, { starts_at: at(someDay, time) });

    // The date is full, but for the place that is given up.
    const { to } = (await desk.reschedule(booked.id, { date: someDay })).body;

    expect(to).to.include({ starts_at: nine.starts_at, slot: booked.slot });
    await desk.setDay(doctor.id, someDay, { sessions: [session("09:05", "09:15", 10)] });
    expect((await desk.reschedule(to.id, { date: someDay })).body.to.starts_at).to.equal(at(someDay, "09:05"));
  });

  it("gives the same answer to the same key, and moves once", async () => {
    const { id } = await desk.book(doctor.id, nine);
    const key = { "idempotency-key": unique() };

    const first = await desk.reschedule(id, half, desk.rest, key);
    const again = await desk.reschedule(id, half, desk.rest, key);
    const other = await desk.reschedule(id, { starts_at: at(someDay, "09:45") }, desk.rest, key);

    expect([first, again].map(outcome)).to.deep.equal(["200", "200"]);
    expect(again.body).to.deep.equal(first.body);
    expect(outcome(other)).to.equal("409 IdempotencyConflict");
  });

  it("moves once for one key, however many ask at once", async () => {
    const { id } = await desk.book(doctor.id, nine);
    const key = { "idempotency-key": unique() };

    const answers = await Promise.all(Array.from({ length: 8 }, () => desk.reschedule(id, half, desk.rest, key)));

    expect(new Set(answers.map(({ body }) => JSON.stringify(body)))).to.have.property("size", 1);
    expect(outcome(answers[0] as Answer)).to.equal("200");
  });

  it("is refused to who is not booked any more, with the reason", async () => {
    const timed = await desk.doctorOn(today, [session("14:00", "16:00")]);
    const [there, gone, moved] = [
      await desk.book(timed.id, { date: today }),
      await desk.book(timed.id, { date: today }),
      await desk.book(timed.id, { date: today }),
    ];
    await desk.rest.checkIn(there.id, there.patientId);
    await desk.cancel(gone.id);
    const { to } = (await desk.reschedule(moved.id, { date: today })).body;

    const told = [];
    for (const { id } of [there, gone, moved]) told.push(await desk.reschedule(id, { date: today }));

    expect(told.map(outcome)).to.deep.equal(Array(3).fill("409 InvalidTransition"));
    expect(told.map(({ body }) => body.details)).to.deep.equal([
      { stage: "waiting", actions: ["leave"] },
      { rescheduled_to: null },
      { rescheduled_to: to.id },
    ]);
    expect(told[0]?.body.message).to.include("waiting");
    expect((await desk.appointment(there.id)).status).to.equal("checked_in");
  });

  it("leaves the old one as it was where the new one cannot be had", async () => {
    const booked = await desk.book(doctor.id, nine);
    await desk.book(doctor.id, half);
    const closed = await desk.doctorOn(someDay, []);
    const [absent, retired] = [await desk.rest.addDoctor(), await desk.rest.addDoctor()];
    await desk.setDay(absent.id, someDay, { state: "absent" });
    await desk.rest.patch(`/api/v1/doctors/${retired.id}`, { retired: true });
    const refused: [object, string][] = [
      [half, "409 SlotTaken"],
      [{ starts_at: at(someDay, "09:31") }, "422 InvalidSlot"],
      [{ starts_at: at(nextDay, "09:00") }, "422 InvalidSlot"],
      [{ doctor_id: closed.id }, "409 CapacityFull"],
      [{ doctor_id: absent.id }, "422 DoctorUnavailable"],
      [{ doctor_id: retired.id }, "422 DoctorRetired"],
      [{ doctor_id: missing }, "404 NotFound"],
      [{ date: daysFromNow(-1) }, "422 InvalidDate"],
      [{ date: daysFromNow(400) }, "422 InvalidDate"],
      [{ date: someDay, time_slot: 11 }, "409 CapacityFull"],
    ];

    for (const [wanted, expected] of refused) {
      expect(outcome(await desk.reschedule(booked.id, wanted)), JSON.stringify(wanted)).to.equal(expected);
      await expectUntouched(booked.id, nine.starts_at);
    }
    const taken = await desk.reschedule(booked.id, half);
    // Its own time is among those that it could have.
    expect((taken.body.details.free as Slot[]).map(({ starts_at }) => starts_at)).to.deep.equal([
      nine.starts_at,
      at(someDay, "09:15"),
      at(someDay, "09:45"),
    ]);
  });

  it("says where to", async () => {
    const { id } = await desk.book(doctor.id, nine);
    const field = async (body: object) => fieldOf(await desk.reschedule(id, body));

    expect(await field({})).to.deep.equal([400, "starts_at"]);
    expect(await field({ ...half, time_slot: 9 })).to.deep.equal([400, "time_slot"]);
    expect(await field({ date: "never" })).to.deep.equal([400, "date"]);
    expect((await field({ ...half, patient_id: missing }))[0]).to.equal(400);
    expect(outcome(await desk.reschedule(missing, half))).to.equal("404 NotFound");
    await expectUntouched(id, nine.starts_at);
  });

  describe("by a patient", () => {
    let booked: Awaited<ReturnType<TimedDesk["book"]>>;
    let self: Rest;
    beforeEach(async () => {
      booked = await desk.book(doctor.id, nine);
      self = await desk.asPatient(booked.patientId);
    });

    it("counts the one that moves no more among those that a patient may have", async () => {
      const { to } = (await desk.reschedule(booked.id, half, self)).body;

      expect(to).to.include({ starts_at: half.starts_at, note: null, reason: null });
      expect(to.confirmation_code).to.be.a("string");
      const colleague = await desk.doctorOn(someDay, [session("09:00", "10:00")]);
      const second = await desk.tryToBook(colleague.id, nine, self, booked.patientId);
      const onto = await desk.reschedule(second.body.id, { doctor_id: doctor.id, ...nine }, self);
      expect(outcome(onto)).to.equal("409 AlreadyBooked");
      await expectUntouched(second.body.id, nine.starts_at);
    });

    it("is possible until two hours before, and then only at the desk", async () => {
      const timed = await desk.doctorOn(today, [session("13:45", "17:00")]);
      const [late, early] = [
        await desk.book(timed.id, { starts_at: at(today, "13:45") }),
        await desk.book(timed.id, { starts_at: at(today, "14:15") }),
      ];
      const move = async ({ id, patientId }: typeof late, rest?: Rest) =>
        outcome(
          await desk.reschedule(id, { starts_at: at(today, "15:00") }, rest ?? (await desk.asPatient(patientId))),
        );

      expect(await move(late)).to.equal("409 TooLate");
      await expectUntouched(late.id, at(today, "13:45"));
      expect(await move(early)).to.equal("200");
      expect(outcome(await desk.reschedule(late.id, { starts_at: at(today, "16:00") }))).to.equal("200");
    });

    it("overrides nothing, and moves nobody else's", async () => {
      const stranger = await desk.asPatient((await desk.rest.addPatient()).id);

      expect(outcome(await desk.reschedule(booked.id, { ...half, override: true }, self))).to.equal("403 Forbidden");
      expect(outcome(await desk.reschedule(booked.id, half, stranger))).to.equal("404 NotFound");
      await expectUntouched(booked.id, nine.starts_at);
    });

    it("goes to a slot that the patient holds, and to none that others do", async () => {
      const held = await desk.hold(doctor.id, half.starts_at, self);
      const others = await desk.hold(doctor.id, at(someDay, "09:45"));

      const foreign = { starts_at: at(someDay, "09:45"), hold_id: others.body.id };
      expect(outcome(await desk.reschedule(booked.id, foreign, self))).to.equal("409 SlotTaken");
      expect(outcome(await desk.reschedule(booked.id, { ...half, hold_id: held.body.id }, self))).to.equal("200");
      expect(outcome(await desk.hold(doctor.id, half.starts_at))).to.equal("409 SlotTaken");
    });
  });

  it("lets the desk go beyond the horizon, and over a hold", async () => {
    const booked = await desk.book(doctor.id, nine);
    const { id } = await desk.rest.addDoctor();
    await desk.setSchedule(id, everyDay(session("09:00", "10:00")));
    await desk.hold(doctor.id, half.starts_at, await desk.as({ role: "service", scope: "book" }));

    const over = await desk.reschedule(booked.id, { ...half, override: true });
    expect(outcome(over)).to.equal("200");
    const far = { doctor_id: id, date: daysFromNow(400) };
    expect(outcome(await desk.reschedule(over.body.to.id, far))).to.equal("422 InvalidDate");
    expect(outcome(await desk.reschedule(over.body.to.id, { ...far, override: true }))).to.equal("200");
  });

  it("makes no new appointment for somebody who was erased", async () => {
    const booked = await desk.book(doctor.id, nine);
    // Erasure cancels what is to come: this one was of yesterday, and its day is open.
    await clinic.sql`update patients set erased_at = now(), phone = null where id = ${booked.patientId}`;

    expect(outcome(await desk.reschedule(booked.id, half))).to.equal("404 NotFound");
    await expectUntouched(booked.id, nine.starts_at);
  });
});
