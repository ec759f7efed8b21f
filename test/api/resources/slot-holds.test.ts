import { expect } from "chai";
import { at, freeIn, outcome, session, TimedDesk } from "../../bookings/timed-desk.ts";
import { Clinic, daysFromNow, someDay } from "../../support/clinic.ts";
import { clinicNow, noon, setClinicClock } from "../../support/clinic-clock.ts";
import { unique, type Rest } from "../../support/rest.ts";

const missing = "00000000-0000-4000-8000-000000000000";
const minuteMs = 60_000;

describe("slots that are held", () => {
  let clinic: Clinic;
  let desk: TimedDesk;
  let bot: Rest;
  before(async () => {
    clinic = await Clinic.openWithSignIn({ max_bookings_per_doctor_day: 10, max_bookings_ahead: 100 });
    desk = await TimedDesk.open(clinic);
  });
  beforeEach(async () => {
    // Another one each time, because nobody holds more than three.
    bot = await desk.as({ role: "service", scope: "book", sub: unique() });
  });
  afterEach(() => setClinicClock(clinic.sql, noon, clinic.id));
  after(() => clinic.close());

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
    expect([outcome(refused), freeIn(refused)]).to.deep.equal(["409 SlotTaken", ["09:15"]]);
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
