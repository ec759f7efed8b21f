import { expect } from "chai";
import { at, everyDay, freeIn, outcome, session, TimedDesk, type Slot } from "../../bookings/timed-desk.ts";
import { Clinic, daysFromNow, nextDay, someDay } from "../../support/clinic.ts";
import type { Rest } from "../../support/rest.ts";

const missing = "00000000-0000-4000-8000-000000000000";

describe("slots", () => {
  let clinic: Clinic;
  let desk: TimedDesk;
  let bot: Rest;
  let today: string;
  before(async () => {
    clinic = await Clinic.openWithSignIn({ max_bookings_per_doctor_day: 10, max_bookings_ahead: 100 });
    desk = await TimedDesk.open(clinic);
    bot = await desk.as({ role: "service", scope: "book" });
    today = await desk.rest.today();
  });
  after(() => clinic.close());

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
      expect([outcome(begun), freeIn(begun)]).to.deep.equal(["422 InvalidSlot", ["12:15"]]);
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
});
