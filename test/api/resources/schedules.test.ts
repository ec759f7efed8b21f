import { expect } from "chai";
import { at, everyDay, fieldOf, outcome, session, TimedDesk } from "../../bookings/timed-desk.ts";
import { Clinic, daysFromNow, nextDay, someDay } from "../../support/clinic.ts";

const missing = "00000000-0000-4000-8000-000000000000";
const weekdayOf = (date: string): number => new Date(date).getUTCDay() || 7;

describe("schedules", () => {
  let clinic: Clinic;
  let desk: TimedDesk;
  let today: string;
  before(async () => {
    clinic = await Clinic.openWithSignIn();
    desk = await TimedDesk.open(clinic);
    today = await desk.rest.today();
  });
  after(() => clinic.close());

  const scheduleOf = async (id: string) => (await desk.rest.get(`/api/v1/doctors/${id}/schedule`)).body;

  describe("of a week", () => {
    it("are set as a whole, and what stays keeps its id", async () => {
      const { id } = await desk.rest.addDoctor();
      const monday = { weekday: 1, ...session("09:00", "12:30") };
      const friday = { weekday: 5, ...session("14:00", "24:00", 20), valid_until: daysFromNow(90) };

      const first = await desk.setSchedule(id, [friday, monday]);
      const second = await desk.setSchedule(id, [monday, { ...monday, weekday: 2 }]);

      const shown = { valid_from: today, valid_until: null, room_id: null };
      expect(first.body).to.deep.equal([
        { ...shown, ...monday, id: first.body[0].id },
        { ...shown, ...friday, id: first.body[1].id },
      ]);
      expect(second.body.map(({ weekday }: { weekday: number }) => weekday)).to.deep.equal([1, 2]);
      expect(second.body[0].id).to.equal(first.body[0].id);
      expect(fieldOf(await desk.setSchedule(id, [monday, monday]))).to.deep.equal([400, "sessions"]);
      expect(await scheduleOf(id)).to.deep.equal(second.body);
      expect((await desk.setSchedule(id, [])).body).to.deep.equal([]);
    });

    it("are refused where a session is none, with the field", async () => {
      const { id } = await desk.rest.addDoctor();
      const good = { weekday: 1, ...session("09:00", "12:00") };
      const set = (fields: object) => desk.setSchedule(id, [good, { ...good, weekday: 2, ...fields }]);

      expect(fieldOf(await set({ weekday: 1, starts_at: "11:59", ends_at: "13:00" }))).to.deep.equal([400, "sessions"]);
      expect(fieldOf(await desk.setSchedule(id, [good, good]))).to.deep.equal([400, "sessions"]);
      expect(fieldOf(await set({ starts_at: "12:00" }))).to.deep.equal([400, "1.ends_at"]);
      expect(fieldOf(await set({ starts_at: "13:00" }))).to.deep.equal([400, "1.ends_at"]);
      expect(fieldOf(await set({ slot_minutes: 181 }))).to.deep.equal([400, "1.slot_minutes"]);
      expect(fieldOf(await set({ weekday: 8 }))).to.deep.equal([400, "1.weekday"]);
      expect(fieldOf(await set({ starts_at: "9:00" }))).to.deep.equal([400, "1.starts_at"]);
      expect(fieldOf(await set({ ends_at: "24:01" }))).to.deep.equal([400, "1.ends_at"]);
      expect(fieldOf(await set({ valid_from: nextDay, valid_until: someDay }))).to.deep.equal([400, "1.valid_until"]);
      expect(fieldOf(await set({ valid_until: daysFromNow(-1) }))).to.deep.equal([400, "1.valid_until"]);
      expect(fieldOf(await set({ breaks: [] }))[0]).to.equal(400);
      expect(outcome(await set({ room_id: missing }))).to.equal("404 NotFound");
      expect(outcome(await desk.setSchedule(missing, []))).to.equal("404 NotFound");
      expect(outcome(await desk.rest.get(`/api/v1/doctors/${missing}/schedule`))).to.equal("404 NotFound");
      expect(await scheduleOf(id)).to.deep.equal([]);
    });

    it("may follow one another in time, and say nothing of dates before and after", async () => {
      const { id } = await desk.rest.addDoctor();
      const then = { weekday: weekdayOf(someDay), valid_from: someDay, valid_until: someDay };
      const later = {
        ...then,
        ...session("14:00", "14:30"),
        valid_from: daysFromNow(37),
        valid_until: daysFromNow(37),
      };
      await desk.setSchedule(id, [{ ...then, ...session("09:00", "15:00", 180) }, later]);

      expect(await desk.shown(id, someDay)).to.deep.equal(["09:00 free", "12:00 free"]);
      expect(await desk.shown(id, daysFromNow(37))).to.deep.equal(["14:00 free", "14:15 free"]);
      for (const date of [daysFromNow(23), daysFromNow(44)]) {
        expect(await desk.shown(id, date)).to.deep.equal([]);
        expect((await desk.book(id, { date })).starts_at).to.equal(null);
      }
    });

    it("give the date the room of its first session", async () => {
      const { body: room } = await desk.rest.post("/api/v1/rooms", { name: "Scheduled" });
      const { id } = await desk.rest.addDoctor();
      await desk.setSchedule(id, everyDay(session("09:00", "12:00"), { room_id: room.id }));

      await desk.book(id, { date: someDay });

      const { body } = await desk.rest.get(`/api/v1/doctors/${id}/day?date=${someDay}`);
      expect(body.room_id).to.equal(room.id);
      await desk.setSchedule(id, []);
      await desk.setDay(id, someDay, { room_id: null });
      expect((await desk.rest.delete(`/api/v1/rooms/${room.id}`)).status).to.equal(204);
    });
  });

  describe("of a date", () => {
    it("stand in place of the week's until they are cleared, and none at all closes the date", async () => {
      const { id } = await desk.rest.addDoctor();
      await desk.setSchedule(id, everyDay(session("09:00", "09:30")));

      const set = await desk.setDay(id, someDay, { sessions: [session("16:00", "16:15")] });
      const own = await desk.shown(id, someDay);
      await desk.setDay(id, someDay, { sessions: [] });
      const closed = [await desk.shown(id, someDay), outcome(await desk.tryToBook(id, { date: someDay }))];
      const cleared = await desk.setDay(id, someDay, { sessions: null });

      expect(set.body.sessions).to.deep.equal([{ ...session("16:00", "16:15"), room_id: null }]);
      expect(own).to.deep.equal(["16:00 free"]);
      expect(closed).to.deep.equal([[], "409 CapacityFull"]);
      expect(cleared.body.sessions).to.equal(null);
      expect(await desk.shown(id, someDay)).to.deep.equal(["09:00 free", "09:15 free"]);
      expect(await desk.shown(id, nextDay)).to.deep.equal(["09:00 free", "09:15 free"]);
    });

    it("are refused where two overlap, or one is none", async () => {
      const { id } = await desk.rest.addDoctor();
      const set = (...sessions: object[]) => desk.rest.put(`/api/v1/doctors/${id}/day?date=${someDay}`, { sessions });

      expect(fieldOf(await set(session("09:00", "10:00"), session("09:59", "11:00")))).to.deep.equal([400, "sessions"]);
      expect(fieldOf(await set(session("09:00", "10:00"), session("09:00", "10:00")))).to.deep.equal([400, "sessions"]);
      expect(fieldOf(await set(session("10:00", "09:00")))).to.deep.equal([400, "sessions.0.ends_at"]);
      expect(outcome(await set({ ...session("09:00", "10:00"), room_id: missing }))).to.equal("404 NotFound");
      expect((await desk.rest.get(`/api/v1/doctors/${id}/day?date=${someDay}`)).body.sessions).to.equal(null);
    });

    it("go on past midnight where the clinic's day does", async () => {
      const other = await Clinic.openWithSignIn({ day_starts_at: "06:00" });
      const there = await TimedDesk.open(other);
      const night = [session("05:00", "06:00", 30), session("23:30", "00:30", 30)];
      const doctor = await there.doctorOn(someDay, night);

      const slots = (await there.slots(doctor.id, someDay)).map(({ date, starts_at }) => `${date} ${starts_at}`);

      const times = [at(someDay, "23:30"), at(nextDay, "00:00"), at(nextDay, "05:00"), at(nextDay, "05:30")];
      expect(slots).to.deep.equal(times.map((time) => `${someDay} ${time}`));
      const answer = await there.tryToBook(doctor.id, { starts_at: at(nextDay, "05:00") });
      expect(answer.body).to.include({ date: someDay, time_slot: 5, starts_at: at(nextDay, "05:00") });
      const wrong = await there.rest.put(`/api/v1/doctors/${doctor.id}/day?date=${someDay}`, {
        sessions: [session("05:00", "06:15")],
      });
      expect(fieldOf(wrong)).to.deep.equal([400, "sessions.0.ends_at"]);
      await other.close();
    });
  });
});
