import { expect } from "chai";
import { at, everyDay, fieldOf, freeIn, outcome, session, TimedDesk, type Slot } from "../../bookings/timed-desk.ts";
import { Clinic, daysFromNow, nextDay, someDay } from "../../support/clinic.ts";
import type { Rest } from "../../support/rest.ts";

describe("slots that are booked", () => {
  let clinic: Clinic;
  let desk: TimedDesk;
  let bot: Rest;
  before(async () => {
    clinic = await Clinic.openWithSignIn({ max_bookings_per_doctor_day: 10, max_bookings_ahead: 100 });
    desk = await TimedDesk.open(clinic);
    bot = await desk.as({ role: "service", scope: "book" });
  });
  after(() => clinic.close());

  it("give the appointment its time, and a code of the clinic's own", async () => {
    const doctor = await desk.doctorOn(someDay, [session("09:00", "10:00")]);

    const [first, second] = [
      await desk.book(doctor.id, { starts_at: at(someDay, "09:30") }),
      await desk.book(doctor.id, { date: someDay, starts_at: at(someDay, "09:00") }),
    ];

    expect(first).to.include({
      slot: 1,
      time_slot: 9,
      starts_at: at(someDay, "09:30"),
      ends_at: at(someDay, "09:45"),
    });
    expect(second).to.include({ slot: 2, time_slot: 9, starts_at: at(someDay, "09:00") });
    expect(first.confirmation_code).to.match(/^[34679CDFGHJKMNPQRTVWXY]{8}$/);
    expect(first.confirmation_code).to.not.equal(second.confirmation_code);
  });

  it("refuse a second booking with the three nearest that are free, each of which can be had", async () => {
    const doctor = await desk.doctorOn(someDay, [session("09:00", "10:30")]);
    for (const time of ["09:30", "09:45"]) await desk.book(doctor.id, { starts_at: at(someDay, time) });

    const taken = await desk.tryToBook(doctor.id, { starts_at: at(someDay, "09:30") });

    expect([outcome(taken), freeIn(taken)]).to.deep.equal(["409 SlotTaken", ["09:00", "09:15", "10:00"]]);
    expect(taken.body.details.free[0]).to.deep.equal({
      doctor_id: doctor.id,
      date: someDay,
      wall_time: "09:00",
      starts_at: at(someDay, "09:00"),
      ends_at: at(someDay, "09:15"),
    });
    for (const { starts_at } of taken.body.details.free as Slot[]) await desk.book(doctor.id, { starts_at });
  });

  it("are none where no session has one", async () => {
    const doctor = await desk.doctorOn(someDay, [session("09:00", "10:00")]);
    const bare = await desk.rest.addDoctor();
    const ask = (id: string, fields: object) => desk.tryToBook(id, fields);

    const wrong = [
      await ask(doctor.id, { starts_at: at(someDay, "09:05") }),
      await ask(doctor.id, { starts_at: at(someDay, "10:00") }),
      await ask(doctor.id, { starts_at: at(someDay, "09:00"), date: nextDay }),
      await ask(bare.id, { starts_at: at(someDay, "09:00") }),
    ];

    expect(wrong.map(outcome)).to.deep.equal(wrong.map(() => "422 InvalidSlot"));
    expect(wrong.map(freeIn)).to.deep.equal([["09:00", "09:15", "09:30"], ["09:15", "09:30", "09:45"], [], []]);
  });

  it("are asked for by a time or a date, and not by a time and an hour", async () => {
    const { id } = await desk.rest.addDoctor();
    const starts_at = at(someDay, "09:00");

    expect(fieldOf(await desk.tryToBook(id, {}))).to.deep.equal([400, "date"]);
    expect(fieldOf(await desk.tryToBook(id, { starts_at, time_slot: 9 }))).to.deep.equal([400, "time_slot"]);
    expect(fieldOf(await desk.tryToBook(id, { starts_at: "09:00" }))).to.deep.equal([400, "starts_at"]);
    expect(fieldOf(await desk.tryToBook(id, { date: someDay, reason: "x".repeat(201) }))).to.deep.equal([
      400,
      "reason",
    ]);
  });

  it("are the first that is free for whoever names a date, or one in the hour that they name", async () => {
    const doctor = await desk.doctorOn(someDay, [session("09:00", "09:30"), session("11:00", "11:30")]);
    const book = async (fields: object = {}) => {
      const answer = await desk.tryToBook(doctor.id, { date: someDay, ...fields });
      return answer.status === 201 ? (answer.body.starts_at as string).slice(11, 16) : outcome(answer);
    };

    const times = [];
    for (const fields of [{}, { time_slot: 11 }, { time_slot: 9 }, { time_slot: 9 }, {}, {}])
      times.push(await book(fields));

    expect(times).to.deep.equal(["09:00", "11:00", "09:15", "409 CapacityFull", "11:15", "409 CapacityFull"]);
  });

  it("are none on a date without a session, of a doctor who has a schedule", async () => {
    const { id } = await desk.rest.addDoctor();
    const weekday = new Date(someDay).getUTCDay() || 7;
    await desk.setSchedule(id, [{ weekday, ...session("09:00", "10:00") }]);

    expect(await desk.shown(id, nextDay)).to.deep.equal([]);
    expect(outcome(await desk.tryToBook(id, { date: nextDay }))).to.equal("409 CapacityFull");
    expect(outcome(await desk.tryToBook(id, { date: someDay }))).to.equal("201");
    expect(outcome(await desk.tryToBook(id, { date: someDay, time_slot: 8 }))).to.equal("409 CapacityFull");
  });

  it("are capped by the capacity of the date, or else the doctor's", async () => {
    const doctor = await desk.doctorOn(someDay, [session("09:00", "10:00")], { daily_capacity: 1 });
    const book = () => desk.tryToBook(doctor.id, { starts_at: at(someDay, "09:30") });
    await desk.book(doctor.id, { date: someDay });

    expect(await desk.shown(doctor.id, someDay)).to.deep.equal([
      "09:00 taken",
      "09:15 full",
      "09:30 full",
      "09:45 full",
    ]);
    expect(outcome(await book())).to.equal("409 CapacityFull");
    expect(outcome(await desk.tryToBook(doctor.id, { date: someDay }))).to.equal("409 CapacityFull");
    await desk.setDay(doctor.id, someDay, { capacity: 2 });
    expect(await desk.shown(doctor.id, someDay)).to.deep.equal([
      "09:00 taken",
      "09:15 free",
      "09:30 free",
      "09:45 free",
    ]);
    expect(outcome(await book())).to.equal("201");
    expect(await desk.shown(doctor.id, someDay)).to.deep.equal([
      "09:00 taken",
      "09:15 full",
      "09:30 taken",
      "09:45 full",
    ]);
  });

  it("are not more by a capacity that is greater", async () => {
    const doctor = await desk.doctorOn(someDay, [session("09:00", "09:30")], { daily_capacity: 100 });

    for (const expected of ["201", "201", "409 CapacityFull"]) {
      expect(outcome(await desk.tryToBook(doctor.id, { date: someDay }))).to.equal(expected);
    }
  });

  it("cap a doctor without a schedule, as the clinic's capacity does", async () => {
    const { id } = await desk.rest.addDoctor({ daily_capacity: 1 });

    const booked = await desk.book(id, { date: someDay, time_slot: 9 });

    expect(booked).to.include({ time_slot: 9, starts_at: at(someDay, "09:00"), ends_at: null });
    expect(outcome(await desk.tryToBook(id, { date: someDay }))).to.equal("409 CapacityFull");
    await desk.setDay(id, someDay, { capacity: 2 });
    expect((await desk.book(id, { date: someDay })).starts_at).to.equal(null);
  });

  it("count an appointment without a time that was booked before there was a schedule", async () => {
    const { id } = await desk.rest.addDoctor();
    await desk.book(id, { date: someDay });
    await desk.setDay(id, someDay, { sessions: [session("09:00", "09:30")] });

    expect(outcome(await desk.tryToBook(id, { date: someDay }))).to.equal("201");
    expect(await desk.shown(id, someDay)).to.deep.equal(["09:00 taken", "09:15 full"]);
  });

  it("tell the reason to staff and the doctor alone, and the code to whoever books and the patient", async () => {
    const doctor = await desk.doctorOn(someDay, [session("09:00", "10:00")]);
    const answer = await desk.tryToBook(doctor.id, { date: someDay, reason: "Knee pain" }, bot);
    const { id, patient_id, confirmation_code: code } = answer.body;
    const told = async (rest: Rest) => {
      const { reason, confirmation_code } = await desk.appointment(id, rest);
      return [reason, confirmation_code];
    };

    expect([answer.body.reason, code.length]).to.deep.equal([null, 8]);
    expect(await told(desk.rest)).to.deep.equal(["Knee pain", code]);
    expect(await told(await desk.as({ role: "doctor", doctor_id: doctor.id }))).to.deep.equal(["Knee pain", null]);
    expect(await told(await desk.asPatient(patient_id))).to.deep.equal([null, code]);
    const own = await (await desk.asPatient(patient_id)).get(`/api/v1/patients/${patient_id}/appointments`);
    expect(own.body.appointments).to.have.length(1);
    expect(own.body.appointments[0]).to.include({ reason: null, note: null, confirmation_code: code });
    expect(await told(bot)).to.deep.equal([null, code]);
    expect(await told(await desk.as({ role: "service", scope: "read" }))).to.deep.equal([null, null]);
  });

  it("give the same appointment to the same key, and another time, mode, note or reason is another request", async () => {
    const doctor = await desk.doctorOn(someDay, [session("09:00", "10:00")]);
    const patient = await desk.rest.addPatient();
    const book = (time: string, fields: object = {}) => {
      const request = { starts_at: at(someDay, time), reason: "Knee pain", idempotency_key: "timed", ...fields };
      return desk.tryToBook(doctor.id, request, desk.rest, patient.id);
    };

    const [first, second] = [await book("09:00"), await book("09:00")];
    const others = [
      await book("09:15"),
      await book("09:00", { mode: "video" }),
      await book("09:00", { note: "Brings an interpreter" }),
      await book("09:00", { reason: "Back pain" }),
    ];

    expect([first, second].map(outcome)).to.deep.equal(["201", "201"]);
    expect(second.body).to.deep.equal(first.body);
    expect(new Set(others.map(outcome))).to.deep.equal(new Set(["409 IdempotencyConflict"]));
  });

  it("are none thousands of years from the date that is named beside", async () => {
    const timed = await desk.doctorOn(someDay, [session("09:00", "10:00")]);
    const plain = await desk.rest.addDoctor();
    const far = { date: someDay, starts_at: "9999-12-31T23:59:59Z" };
    const booked = await desk.book(timed.id, { date: someDay });

    expect(outcome(await desk.tryToBook(timed.id, far))).to.equal("422 InvalidSlot");
    expect(outcome(await desk.tryToBook(plain.id, far))).to.equal("422 InvalidSlot");
    expect(outcome(await desk.reschedule(booked.id, far))).to.equal("422 InvalidSlot");
  });

  it("are a thousand on a date at most", async () => {
    const doctor = await desk.doctorOn(someDay, [session("00:00", "24:00", 1)]);
    const { patientId } = await desk.book(doctor.id, { date: someDay });
    await clinic.sql`
        insert into appointments (clinic_id, patient_id, doctor_id, date, slot, wall_minute, starts_at, ends_at)
        select ${clinic.id}, ${patientId}, ${doctor.id}, ${someDay}, n, n, begins_at, begins_at + interval '1 minute'
        from generate_series(2, 1000) n, lateral (select ${at(someDay, "00:00")}::timestamptz + n * interval '1 minute') as slot (begins_at)
      `;

    expect(outcome(await desk.tryToBook(doctor.id, { starts_at: at(someDay, "20:00") }))).to.equal("409 CapacityFull");
    expect(outcome(await desk.tryToBook(doctor.id, { date: someDay }))).to.equal("409 CapacityFull");
  });

  it("are booked beyond the horizon by staff who say so, and by nobody else", async () => {
    const { id } = await desk.rest.addDoctor();
    await desk.setSchedule(id, everyDay(session("09:00", "10:00")));
    const starts_at = at(daysFromNow(400), "09:00");

    expect(outcome(await desk.tryToBook(id, { starts_at }))).to.equal("422 InvalidDate");
    expect(outcome(await desk.tryToBook(id, { starts_at, override: true }, bot))).to.equal("403 Forbidden");
    expect(outcome(await desk.tryToBook(id, { starts_at, override: true }))).to.equal("201");
  });
});
