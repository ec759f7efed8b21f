import { expect } from "chai";
import { at, everyDay, fieldOf, outcome, session, TimedDesk } from "../../bookings/timed-desk.ts";
import { Clinic, nextDay, someDay } from "../../support/clinic.ts";
import { countWaitingFor } from "../../support/count-waiting.ts";
import { eventually } from "../../support/eventually.ts";

const missing = "00000000-0000-4000-8000-000000000000";
const weekdayOf = (date: string): number => new Date(date).getUTCDay() || 7;

describe("schedules that change, or whose clinic does", () => {
  let clinic: Clinic;
  let desk: TimedDesk;
  before(async () => {
    clinic = await Clinic.openWithSignIn();
    desk = await TimedDesk.open(clinic);
  });
  after(() => clinic.close());

  it("move nothing, and list what fits them no more", async () => {
    const { id } = await desk.rest.addDoctor();
    await desk.setSchedule(id, everyDay(session("09:00", "10:00")));
    const [stays, outside, closed] = [
      await desk.book(id, { starts_at: at(someDay, "09:00") }),
      await desk.book(id, { starts_at: at(someDay, "09:45") }),
      await desk.book(id, { starts_at: at(nextDay, "09:00") }),
    ];

    await desk.setSchedule(id, [{ weekday: weekdayOf(someDay), ...session("09:00", "09:50", 10) }]);

    expect(await desk.conflicts(id)).to.deep.equal([
      [outside.id, "outside"],
      [closed.id, "closed"],
    ]);
    expect(await desk.appointment(outside.id)).to.include({ starts_at: at(someDay, "09:45"), slot: 2 });
    // What overlaps an appointment is taken, whatever its length.
    expect(await desk.shown(id, someDay)).to.deep.equal([
      "09:00 taken",
      "09:10 taken",
      "09:20 free",
      "09:30 free",
      "09:40 taken",
    ]);
    await desk.cancel(closed.id);
    await desk.reschedule(outside.id, { starts_at: at(someDay, "09:20") });
    expect(await desk.conflicts(id)).to.deep.equal([]);
    expect((await desk.appointment(stays.id)).status).to.equal("booked");
  });

  it("show their conflicts to the doctor, with whom to telephone", async () => {
    const doctor = await desk.doctorOn(someDay, [session("09:00", "09:30")]);
    const patient = await desk.rest.addPatient();
    await desk.tryToBook(doctor.id, { date: someDay }, desk.rest, patient.id);
    await desk.setDay(doctor.id, someDay, { sessions: [] });
    const self = await desk.as({ role: "doctor", doctor_id: doctor.id });

    const { status, body } = await self.get(`/api/v1/doctors/${doctor.id}/conflicts`);

    expect([status, body.length, body[0].why]).to.deep.equal([200, 1, "closed"]);
    expect(body[0].patient).to.deep.equal({ id: patient.id, name: patient.name, phone: patient.phone });
    expect(outcome(await desk.rest.get(`/api/v1/doctors/${missing}/conflicts`))).to.equal("404 NotFound");
  });

  it("keep times on the wall when the clinic's time zone changes", async () => {
    const other = await Clinic.openWithSignIn();
    const there = await TimedDesk.open(other);
    const { id } = await there.rest.addDoctor();
    await there.setSchedule(id, everyDay(session("09:00", "10:00", 30)));
    const booked = await there.book(id, { starts_at: at(someDay, "09:30") });
    await there.hold(id, at(someDay, "09:00"));

    const changed = await there.rest.patch("/api/v1/clinic", { timezone: "Asia/Kathmandu" });

    expect(changed.status).to.equal(200);
    const moved = await there.appointment(booked.id);
    expect(moved).to.include({ starts_at: at(someDay, "03:45"), ends_at: at(someDay, "04:15"), date: someDay });
    expect(await there.shown(id, someDay)).to.deep.equal(["03:15 free", "03:45 taken"]);
    await other.close();
  });

  it("keep the time on the wall of an appointment that is booked while the zone changes", async () => {
    const other = await Clinic.openWithSignIn();
    const there = await TimedDesk.open(other);
    const doctor = await there.doctorOn(someDay, [session("09:00", "10:00")]);
    const { id: patient } = await there.rest.addPatient();

    const changing = await other.sql.begin(async (booking) => {
      await booking`
        select book_appointment(${other.id}, ${patient}, ${doctor.id}, ${someDay}, 9, null, '{"role": "staff"}')
      `;
      const [{ pid }] = await booking<[{ pid: number }]>`select pg_backend_pid() as pid`;
      const changed = there.rest.patch("/api/v1/clinic", { timezone: "Asia/Kathmandu" });
      await eventually(async () => expect(await countWaitingFor(other.sql, pid)).to.equal(1));
      return { changed };
    });

    expect((await changing.changed).status).to.equal(200);
    const [booked] = (await there.rest.get(`/api/v1/doctors/${doctor.id}/appointments?date=${someDay}`)).body;
    expect(booked.starts_at).to.equal(at(someDay, "03:15"));
    await other.close();
  });

  it("keep the clinic's day from starting in the middle of a session", async () => {
    const other = await Clinic.openWithSignIn();
    const there = await TimedDesk.open(other);
    const start = (day_starts_at: string) => there.rest.patch("/api/v1/clinic", { day_starts_at });
    const doctor = await there.doctorOn(someDay, [session("05:00", "07:00")]);

    expect(fieldOf(await start("06:00"))).to.deep.equal([400, "day_starts_at"]);
    await there.setDay(doctor.id, someDay, { sessions: null });
    await there.setSchedule(doctor.id, everyDay(session("05:00", "07:00")));
    expect(fieldOf(await start("06:00"))).to.deep.equal([400, "day_starts_at"]);
    expect(outcome(await start("05:00"))).to.equal("200");
    expect((await there.shown(doctor.id, someDay))[0]).to.equal("05:00 free");
    await other.close();
  });
});
