import { expect } from "chai";
import { at, everyDay, outcome, session, TimedDesk, type Slot } from "../../bookings/timed-desk.ts";
import { Clinic, daysFromNow, nextDay, someDay } from "../../support/clinic.ts";
import { clinicNow, noon, setClinicClock } from "../../support/clinic-clock.ts";
import { unique, type Answer, type Rest } from "../../support/rest.ts";

const missing = "00000000-0000-4000-8000-000000000000";
const minuteMs = 60_000;

describe("slots", () => {
  let clinic: Clinic;
  let desk: TimedDesk;
  let bot: Rest;
  let today: string;
  before(async () => {
    clinic = await Clinic.openWithSignIn({ max_bookings_per_doctor_day: 10, max_bookings_ahead: 100 });
    desk = await TimedDesk.open(clinic);
    today = await desk.rest.today();
  });
  beforeEach(async () => {
    // Another one each time, because nobody holds more than three.
    bot = await desk.as({ role: "service", scope: "book", sub: unique() });
  });
  afterEach(() => setClinicClock(clinic.sql, noon, clinic.id));
  after(() => clinic.close());

  const free = ({ body }: Answer): string[] =>
    (body.details.free as Slot[]).map(({ starts_at }) => starts_at.slice(11, 16));

  describe("as a list", () => {
    it("follow one after another in each session of the date, with their room", async () => {
      const { body: room } = await desk.rest.post("/api/v1/rooms", { name: "Timed" });
      const sessions = [session("14:00", "14:50", 20), { ...session("09:00", "09:30"), room_id: room.id as string }];
      const doctor = await desk.doctorOn(someDay, sessions);

      const slots = await desk.slots(doctor.id, someDay);

      const times = ["09:00", "09:15", "09:30", "14:00", "14:20", "14:40"];
      const slot = (from: number, room_id: string | null): Slot => ({
        date: someDay,
        wall_time: times[from] ?? "",
        starts_at: at(someDay, times[from] ?? ""),
        ends_at: at(someDay, times[from + 1] ?? ""),
        status: "free",
        until: null,
        room_id,
      });
      expect(slots).to.deep.equal([slot(0, room.id), slot(1, room.id), slot(3, null), slot(4, null)]);
    });

    it("are taken once they are booked, and free once that is cancelled", async () => {
      const doctor = await desk.doctorOn(someDay, [session("09:00", "09:30")]);
      const { id } = await desk.book(doctor.id, { starts_at: at(someDay, "09:15") });

      expect(await desk.shown(doctor.id, someDay)).to.deep.equal(["09:00 free", "09:15 taken"]);
      await desk.cancel(id);
      expect(await desk.shown(doctor.id, someDay)).to.deep.equal(["09:00 free", "09:15 free"]);
    });

    it("have only free ones for patients and programs, and all for doctors", async () => {
      const doctor = await desk.doctorOn(someDay, [session("09:00", "09:30")]);
      await desk.book(doctor.id, { starts_at: at(someDay, "09:00") });
      const { id } = await desk.rest.addPatient();

      for (const rest of [await desk.asPatient(id), bot, await desk.as({ role: "service", scope: "read" })]) {
        expect(await desk.shown(doctor.id, someDay, rest)).to.deep.equal(["09:15 free"]);
      }
      const colleague = await desk.as({ role: "doctor", doctor_id: (await desk.rest.addDoctor()).id });
      expect(await desk.shown(doctor.id, someDay, colleague)).to.deep.equal(["09:00 taken", "09:15 free"]);
    });

    it("are of 31 dates at most", async () => {
      const { id } = await desk.rest.addDoctor();
      const ask = (of: string, query: string) => desk.rest.get(`/api/v1/doctors/${of}/slots${query}`);
      await desk.setSchedule(id, everyDay(session("09:00", "10:00", 60)));

      const month = await ask(id, `?from=${someDay}&until=${daysFromNow(60)}`);
      const wrong = [`?from=${someDay}&until=${daysFromNow(61)}`, `?from=${nextDay}&until=${someDay}`];

      expect([month.status, month.body.length]).to.deep.equal([200, 31]);
      for (const query of wrong) {
        const { status, body } = await ask(id, query);
        expect([status, body.details[0].field], query).to.deep.equal([400, "until"]);
      }
      expect((await ask(id, `?from=${someDay}`)).status).to.equal(400);
      expect(outcome(await ask(missing, `?from=${someDay}&until=${someDay}`))).to.equal("404 NotFound");
    });

    it("are past once they have begun", async () => {
      const doctor = await desk.doctorOn(today, [session("11:45", "12:30")]);

      expect(await desk.shown(doctor.id, today)).to.deep.equal(["11:45 past", "12:00 past", "12:15 free"]);
      const begun = await desk.tryToBook(doctor.id, { starts_at: at(today, "12:00") });
      expect([outcome(begun), free(begun)]).to.deep.equal(["422 InvalidSlot", ["12:15"]]);
      expect((await desk.book(doctor.id, { date: today })).starts_at).to.equal(at(today, "12:15"));
    });

    it("are none while the doctor is absent or retired", async () => {
      const [absent, retired] = [
        await desk.doctorOn(someDay, [session("09:00", "10:00")]),
        await desk.doctorOn(someDay, [session("09:00", "10:00")]),
      ];
      await desk.setDay(absent.id, someDay, { state: "absent" });
      await desk.rest.patch(`/api/v1/doctors/${retired.id}`, { retired: true });

      for (const { id } of [absent, retired]) expect(await desk.slots(id, someDay)).to.deep.equal([]);
      const ask = { starts_at: at(someDay, "09:00") };
      expect(outcome(await desk.tryToBook(absent.id, ask))).to.equal("422 DoctorUnavailable");
      expect(outcome(await desk.tryToBook(retired.id, ask))).to.equal("422 DoctorRetired");
    });
  });

  describe("over all doctors", () => {
    it("are the earliest of a specialty, or of persons, from a date on", async () => {
      const other = await Clinic.openWithSignIn();
      const there = await TimedDesk.open(other);
      const hours = (start: string) => [session(start, "11:00", 60)];
      const eyes = await there.doctorOn(nextDay, hours("09:00"), { specialty: "Eyes" });
      const late = await there.doctorOn(someDay, hours("10:00"), { specialty: "Eyes", name: "Dr. Adams" });
      const skin = await there.doctorOn(someDay, hours("09:00"), { specialty: "Skin" });
      await there.doctorOn(someDay, hours("08:00"), { kind: "service", specialty: "Blood" });
      const ask = async (query: string) =>
        ((await there.rest.get(`/api/v1/slots${query}`)).body as { doctor_id: string; starts_at: string }[]).map(
          ({ doctor_id, starts_at }) => [doctor_id, starts_at],
        );

      expect(await ask("?specialty=eyes")).to.deep.equal([
        [late.id, at(someDay, "10:00")],
        [eyes.id, at(nextDay, "09:00")],
        [eyes.id, at(nextDay, "10:00")],
      ]);
      expect(await ask("?limit=2")).to.deep.equal([
        [skin.id, at(someDay, "09:00")],
        [late.id, at(someDay, "10:00")],
      ]);
      expect(await ask(`?from=${nextDay}&limit=1`)).to.deep.equal([[eyes.id, at(nextDay, "09:00")]]);
      expect(await ask("?specialty=blood&limit=1")).to.have.length(1);
      for (const query of ["?limit=101", "?limit=0", "?from=never"]) {
        expect((await there.rest.get(`/api/v1/slots${query}`)).status, query).to.equal(400);
      }
      await other.close();
    });
  });

  describe("when one is booked", () => {
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

      expect([outcome(taken), free(taken)]).to.deep.equal(["409 SlotTaken", ["09:00", "09:15", "10:00"]]);
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
      expect(wrong.map(free)).to.deep.equal([["09:00", "09:15", "09:30"], ["09:15", "09:30", "09:45"], [], []]);
    });

    it("are asked for by a time or a date, and not by a time and an hour", async () => {
      const { id } = await desk.rest.addDoctor();
      const fieldOf = ({ status, body }: Answer) => [status, body.details?.[0]?.field];
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

      expect(outcome(await desk.tryToBook(doctor.id, { starts_at: at(someDay, "20:00") }))).to.equal(
        "409 CapacityFull",
      );
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

  describe("when one is held", () => {
    it("are kept from others for five minutes by the clinic's clock, and the holder may book", async () => {
      const doctor = await desk.doctorOn(someDay, [session("09:00", "09:30")]);
      const starts_at = at(someDay, "09:00");
      const before = await clinicNow(clinic.sql, clinic.id);

      const held = await desk.hold(doctor.id, starts_at, bot);

      const now = await clinicNow(clinic.sql, clinic.id);
      expect(held.status).to.equal(201);
      const expiry = Date.parse(held.body.expires_at);
      expect(expiry).to.be.within(before.getTime() + 5 * minuteMs - 1, now.getTime() + 5 * minuteMs + 1);
      expect(held.body).to.include({ doctor_id: doctor.id, starts_at, ends_at: at(someDay, "09:15") });
      const [slot] = await desk.slots(doctor.id, someDay);
      expect(slot).to.include({ status: "held", until: held.body.expires_at });
      const refused = await desk.tryToBook(doctor.id, { starts_at });
      expect([outcome(refused), free(refused)]).to.deep.equal(["409 SlotTaken", ["09:15"]]);
      expect(outcome(await desk.tryToBook(doctor.id, { starts_at, hold_id: held.body.id }))).to.equal("409 SlotTaken");
      expect(outcome(await desk.tryToBook(doctor.id, { starts_at, hold_id: held.body.id }, bot))).to.equal("201");
      const [{ holds }] = await clinic.sql<[{ holds: number }]>`
        select count(*)::int as holds from slot_holds where doctor_id = ${doctor.id}
      `;
      expect(holds).to.equal(0);
    });

    it("are passed over by whoever names no time", async () => {
      const doctor = await desk.doctorOn(someDay, [session("09:00", "09:30")]);
      await desk.hold(doctor.id, at(someDay, "09:00"), bot);

      expect((await desk.book(doctor.id, { date: someDay })).starts_at).to.equal(at(someDay, "09:15"));
      expect(outcome(await desk.tryToBook(doctor.id, { date: someDay }))).to.equal("409 CapacityFull");
    });

    it("are free once that has expired, and the next holder takes the row over", async () => {
      const doctor = await desk.doctorOn(someDay, [session("09:00", "09:30")]);
      const starts_at = at(someDay, "09:00");
      const first = await desk.hold(doctor.id, starts_at, bot);
      expect(outcome(await desk.hold(doctor.id, starts_at))).to.equal("409 SlotTaken");
      await setClinicClock(clinic.sql, first.body.expires_at, clinic.id);

      expect(await desk.shown(doctor.id, someDay)).to.deep.equal(["09:00 free", "09:15 free"]);
      const second = await desk.hold(doctor.id, starts_at);

      expect([second.status, second.body.id === first.body.id]).to.deep.equal([201, false]);
      // The first caller's is nobody's any more.
      expect((await bot.delete(`/api/v1/slot-holds/${first.body.id}`)).status).to.equal(204);
      expect(outcome(await desk.tryToBook(doctor.id, { starts_at, hold_id: first.body.id }, bot))).to.equal(
        "409 SlotTaken",
      );
    });

    it("are held on by whoever holds them already", async () => {
      const doctor = await desk.doctorOn(someDay, [session("09:00", "09:30")]);
      const first = await desk.hold(doctor.id, at(someDay, "09:00"), bot);
      await setClinicClock(clinic.sql, new Date(noon.getTime() + 4 * minuteMs), clinic.id);

      const again = await desk.hold(doctor.id, at(someDay, "09:00"), bot);

      expect(again.body.id).to.equal(first.body.id);
      expect(Date.parse(again.body.expires_at)).to.be.above(Date.parse(first.body.expires_at) + 3 * minuteMs);
    });

    it("are three at most for one caller, until one is released or has expired", async () => {
      const doctor = await desk.doctorOn(someDay, [session("09:00", "11:00")]);
      const one = await desk.as({ role: "service", scope: "book", sub: "one" });
      const hold = (time: string) => desk.hold(doctor.id, at(someDay, time), one);
      const held = [await hold("09:00"), await hold("09:15"), await hold("09:30")];

      expect(held.map(outcome)).to.deep.equal(["201", "201", "201"]);
      expect(outcome(await hold("09:45"))).to.equal("409 TooManyHolds");
      expect(outcome(await hold("09:30"))).to.equal("201");
      expect(outcome(await desk.hold(doctor.id, at(someDay, "09:45"), bot))).to.equal("201");
      // Nobody releases another's.
      await bot.delete(`/api/v1/slot-holds/${held[0]?.body.id}`);
      expect(outcome(await hold("10:00"))).to.equal("409 TooManyHolds");
      await one.delete(`/api/v1/slot-holds/${held[0]?.body.id}`);
      expect((await desk.shown(doctor.id, someDay))[0]).to.equal("09:00 free");
      expect(outcome(await hold("10:00"))).to.equal("201");
      await setClinicClock(clinic.sql, new Date(noon.getTime() + 6 * minuteMs), clinic.id);
      for (const time of ["10:15", "10:30", "10:45"]) expect(outcome(await hold(time)), time).to.equal("201");
    });

    it("are booked all the same by staff who say so", async () => {
      const doctor = await desk.doctorOn(someDay, [session("09:00", "09:30")]);
      const starts_at = at(someDay, "09:00");
      const { body: hold } = await desk.hold(doctor.id, starts_at, bot);

      expect(outcome(await desk.tryToBook(doctor.id, { starts_at, override: true }, bot))).to.equal("403 Forbidden");
      expect(outcome(await desk.tryToBook(doctor.id, { starts_at, override: true }))).to.equal("201");
      const late = await desk.tryToBook(doctor.id, { starts_at, hold_id: hold.id }, bot);
      expect(outcome(late)).to.equal("409 SlotTaken");
    });

    it("leave the capacity of the date as it is, also for staff", async () => {
      const doctor = await desk.doctorOn(someDay, [session("09:00", "10:00")], { daily_capacity: 1 });
      const starts_at = at(someDay, "09:00");
      await desk.hold(doctor.id, starts_at, bot);
      await desk.book(doctor.id, { starts_at: at(someDay, "09:15") });

      expect(outcome(await desk.tryToBook(doctor.id, { starts_at, override: true }))).to.equal("409 CapacityFull");
      expect((await desk.shown(doctor.id, someDay))[0]).to.equal("09:00 full");
    });

    it("are refused as a booking is", async () => {
      const doctor = await desk.doctorOn(someDay, [session("09:00", "09:30")]);
      const { id: absent } = await desk.doctorOn(someDay, [session("09:00", "09:30")]);
      const { id: retired } = await desk.doctorOn(someDay, [session("09:00", "09:30")]);
      await desk.setDay(absent, someDay, { state: "absent" });
      await desk.rest.patch(`/api/v1/doctors/${retired}`, { retired: true });
      await desk.book(doctor.id, { starts_at: at(someDay, "09:00") });
      const nine = at(someDay, "09:00");

      expect(outcome(await desk.hold(doctor.id, nine))).to.equal("409 SlotTaken");
      expect(outcome(await desk.hold(doctor.id, at(someDay, "09:01")))).to.equal("422 InvalidSlot");
      expect(outcome(await desk.hold(absent, nine))).to.equal("422 DoctorUnavailable");
      expect(outcome(await desk.hold(retired, nine))).to.equal("422 DoctorRetired");
      expect(outcome(await desk.hold(missing, nine))).to.equal("404 NotFound");
      expect(outcome(await desk.hold(doctor.id, at(daysFromNow(-1), "09:00")))).to.equal("422 InvalidDate");
      expect(outcome(await desk.hold(doctor.id, "nine"))).to.equal("400 ValidationError");
    });
  });
});
