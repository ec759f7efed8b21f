import { expect } from "chai";
import { at, everyDay, outcome, session, TimedDesk } from "../../bookings/timed-desk.ts";
import { Clinic, daysFromNow, nextDay, someDay } from "../../support/clinic.ts";
import { countWaitingFor } from "../../support/count-waiting.ts";
import { eventually } from "../../support/eventually.ts";
import type { Answer } from "../../support/rest.ts";

const missing = "00000000-0000-4000-8000-000000000000";
const weekdayOf = (date: string): number => new Date(date).getUTCDay() || 7;

interface Told {
  appointment: { id: string; starts_at: string; doctor_id: string; ticket: string; confirmation_code: string };
  patient: { id: string; name: string; phone: string };
  why?: string;
}

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
  const field = ({ status, body }: Answer): unknown[] => [status, body.details?.[0]?.field];
  const idsIn = (told: Told[]): string[] => told.map(({ appointment }) => appointment.id);
  const conflictsOf = async (id: string): Promise<[string, string | undefined][]> =>
    ((await desk.rest.get(`/api/v1/doctors/${id}/conflicts`)).body as Told[]).map(({ appointment, why }) => [
      appointment.id,
      why,
    ]);

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
      expect(field(await desk.setSchedule(id, [monday, monday]))).to.deep.equal([400, "sessions"]);
      expect(await scheduleOf(id)).to.deep.equal(second.body);
      expect((await desk.setSchedule(id, [])).body).to.deep.equal([]);
    });

    it("are refused where a session is none, with the field", async () => {
      const { id } = await desk.rest.addDoctor();
      const good = { weekday: 1, ...session("09:00", "12:00") };
      const set = (fields: object) => desk.setSchedule(id, [good, { ...good, weekday: 2, ...fields }]);

      expect(field(await set({ weekday: 1, starts_at: "11:59", ends_at: "13:00" }))).to.deep.equal([400, "sessions"]);
      expect(field(await desk.setSchedule(id, [good, good]))).to.deep.equal([400, "sessions"]);
      expect(field(await set({ starts_at: "12:00" }))).to.deep.equal([400, "1.ends_at"]);
      expect(field(await set({ starts_at: "13:00" }))).to.deep.equal([400, "1.ends_at"]);
      expect(field(await set({ slot_minutes: 181 }))).to.deep.equal([400, "1.slot_minutes"]);
      expect(field(await set({ weekday: 8 }))).to.deep.equal([400, "1.weekday"]);
      expect(field(await set({ starts_at: "9:00" }))).to.deep.equal([400, "1.starts_at"]);
      expect(field(await set({ ends_at: "24:01" }))).to.deep.equal([400, "1.ends_at"]);
      expect(field(await set({ valid_from: nextDay, valid_until: someDay }))).to.deep.equal([400, "1.valid_until"]);
      expect(field(await set({ valid_until: daysFromNow(-1) }))).to.deep.equal([400, "1.valid_until"]);
      expect(field(await set({ breaks: [] }))[0]).to.equal(400);
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

      expect(field(await set(session("09:00", "10:00"), session("09:59", "11:00")))).to.deep.equal([400, "sessions"]);
      expect(field(await set(session("09:00", "10:00"), session("09:00", "10:00")))).to.deep.equal([400, "sessions"]);
      expect(field(await set(session("10:00", "09:00")))).to.deep.equal([400, "sessions.0.ends_at"]);
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
      expect(field(wrong)).to.deep.equal([400, "sessions.0.ends_at"]);
      await other.close();
    });
  });

  describe("while the doctor is on leave", () => {
    it("are without slots on all of its dates, and tell whom to telephone", async () => {
      const { id } = await desk.rest.addDoctor();
      await desk.setSchedule(id, everyDay(session("09:00", "09:30")));
      const [first, second, after] = [
        await desk.book(id, { date: nextDay }),
        await desk.book(id, { date: someDay }),
        await desk.book(id, { date: daysFromNow(32) }),
      ];
      const leave = { from: someDay, until: nextDay, note: "Holiday" };

      const { status, body } = await desk.rest.post(`/api/v1/doctors/${id}/leave`, leave);

      expect([status, idsIn(body.stranded)]).to.deep.equal([200, [second.id, first.id]]);
      expect(body.stranded[0].patient).to.have.keys("id", "name", "phone");
      for (const date of [someDay, nextDay]) expect(await desk.slots(id, date)).to.deep.equal([]);
      expect(outcome(await desk.tryToBook(id, { date: nextDay }))).to.equal("422 DoctorUnavailable");
      expect(await conflictsOf(id)).to.deep.equal([
        [second.id, "absent"],
        [first.id, "absent"],
      ]);
      const ended = await desk.rest.delete(`/api/v1/doctors/${id}/leave?from=${nextDay}&until=${nextDay}`);
      expect([ended.status, ended.body.stranded]).to.deep.equal([200, []]);
      expect(await desk.shown(id, nextDay)).to.deep.equal(["09:00 taken", "09:15 free"]);
      expect(await conflictsOf(id)).to.deep.equal([[second.id, "absent"]]);
      expect((await desk.appointment(after.id)).status).to.equal("booked");
    });

    it("have a range that begins today or later, and lasts a year at most", async () => {
      const { id } = await desk.rest.addDoctor();
      const leave = (from: string, until: string, of = id) =>
        desk.rest.post(`/api/v1/doctors/${of}/leave`, { from, until });

      expect(outcome(await leave(daysFromNow(-1), today))).to.equal("422 InvalidDate");
      expect(field(await leave(nextDay, someDay))).to.deep.equal([400, "until"]);
      expect(field(await leave(today, daysFromNow(366)))).to.deep.equal([400, "until"]);
      expect(outcome(await leave(today, today, missing))).to.equal("404 NotFound");
      expect(outcome(await leave(today, daysFromNow(365)))).to.equal("200");
    });
  });

  describe("that change", () => {
    it("move nothing, and list what fits them no more", async () => {
      const { id } = await desk.rest.addDoctor();
      await desk.setSchedule(id, everyDay(session("09:00", "10:00")));
      const [stays, outside, closed] = [
        await desk.book(id, { starts_at: at(someDay, "09:00") }),
        await desk.book(id, { starts_at: at(someDay, "09:45") }),
        await desk.book(id, { starts_at: at(nextDay, "09:00") }),
      ];

      await desk.setSchedule(id, [{ weekday: weekdayOf(someDay), ...session("09:00", "09:50", 10) }]);

      expect(await conflictsOf(id)).to.deep.equal([
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
      expect(await conflictsOf(id)).to.deep.equal([]);
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

    expect(field(await start("06:00"))).to.deep.equal([400, "day_starts_at"]);
    await there.setDay(doctor.id, someDay, { sessions: null });
    await there.setSchedule(doctor.id, everyDay(session("05:00", "07:00")));
    expect(field(await start("06:00"))).to.deep.equal([400, "day_starts_at"]);
    expect(outcome(await start("05:00"))).to.equal("200");
    expect((await there.shown(doctor.id, someDay))[0]).to.equal("05:00 free");
    await other.close();
  });

  describe("on a day on which the doctor is ill", () => {
    const cancelDay = (id: string, date: string, body: object = {}) =>
      desk.rest.post(`/api/v1/doctors/${id}/day/cancellation?date=${date}`, body);

    it("cancel what is booked, leave who is there, and give the desk tasks to telephone", async () => {
      const doctor = await desk.doctorOn(today, [session("14:00", "15:00")]);
      const [there, second, third] = [
        await desk.book(doctor.id, { date: today }),
        await desk.book(doctor.id, { date: today }),
        await desk.book(doctor.id, { date: today }),
      ];
      await desk.rest.checkIn(there.id, there.patientId);

      const { status, body } = await cancelDay(doctor.id, today, { reason: "Ill" });

      expect([status, idsIn(body.cancelled), idsIn(body.remaining)]).to.deep.equal([
        200,
        [second.id, third.id],
        [there.id],
      ]);
      expect(await desk.appointment(second.id)).to.include({ status: "cancelled", outcome: "cancelled_by_clinic" });
      expect((await desk.appointment(there.id)).status).to.equal("checked_in");
      const { body: tasks } = await desk.rest.get(`/api/v1/tasks?date=${today}`);
      const listed = (tasks.tasks ?? tasks) as { kind: string; appointment_id: string; patient_id: string }[];
      const ours = listed.filter(({ appointment_id }) => [second.id, third.id].includes(appointment_id));
      expect(ours.map(({ kind, patient_id }) => [kind, patient_id])).to.have.deep.members([
        ["telephone", second.patientId],
        ["telephone", third.patientId],
      ]);
      expect((await desk.rest.get(`/api/v1/doctors/${doctor.id}/day?date=${today}`)).body.state).to.equal("absent");
      const again = await cancelDay(doctor.id, today);
      expect([idsIn(again.body.cancelled), idsIn(again.body.remaining)]).to.deep.equal([[], [there.id]]);
    });

    it("are another day's where that is named, and never one that is over", async () => {
      const doctor = await desk.doctorOn(someDay, [session("14:00", "15:00")]);
      const booked = await desk.book(doctor.id, { date: someDay });

      expect(idsIn((await cancelDay(doctor.id, nextDay)).body.cancelled)).to.deep.equal([]);
      expect(outcome(await cancelDay(doctor.id, daysFromNow(-1)))).to.equal("422 InvalidDate");
      expect(outcome(await cancelDay(missing, someDay))).to.equal("404 NotFound");
      expect(field(await cancelDay(doctor.id, someDay, { reason: "x".repeat(201) }))).to.deep.equal([400, "reason"]);
      expect(idsIn((await cancelDay(doctor.id, someDay)).body.cancelled)).to.deep.equal([booked.id]);
    });
  });

  describe("handed over to a colleague", () => {
    const handOver = (id: string, to: string, date: string) =>
      desk.rest.post(`/api/v1/doctors/${id}/day/handover?date=${date}`, { doctor_id: to });
    const timesOf = (told: Told[]) =>
      Object.fromEntries(told.map(({ appointment: { id, starts_at } }) => [id, starts_at.slice(11, 16)]));

    it("keep the time where it is free there, or else the nearest; tickets and codes stay", async () => {
      const doctor = await desk.doctorOn(someDay, [session("09:00", "10:00")]);
      const colleague = await desk.doctorOn(someDay, [session("09:00", "10:00")]);
      await desk.book(colleague.id, { starts_at: at(someDay, "09:15") });
      const mine = [];
      for (const time of ["09:00", "09:15", "09:30", "09:45"]) {
        mine.push(await desk.book(doctor.id, { starts_at: at(someDay, time) }));
      }

      const { status, body } = await handOver(doctor.id, colleague.id, someDay);

      expect(status).to.equal(200);
      const moved = body.moved as Told[];
      const [remaining] = body.remaining as Told[];
      expect([moved.length, body.remaining.length]).to.deep.equal([3, 1]);
      expect(new Set(Object.values(timesOf(moved)))).to.deep.equal(new Set(["09:00", "09:30", "09:45"]));
      expect(timesOf(moved)[mine[0]?.id ?? ""]).to.equal("09:00");
      for (const { appointment } of moved) {
        const before = mine.find(({ id }) => id === appointment.id);
        expect(appointment.doctor_id).to.equal(colleague.id);
        expect(appointment).to.include({ ticket: before?.ticket, confirmation_code: before?.confirmation_code });
      }
      expect(remaining?.appointment.doctor_id).to.equal(doctor.id);
      expect((await desk.shown(colleague.id, someDay)).every((slot) => slot.endsWith("taken"))).to.equal(true);
      expect((await handOver(doctor.id, colleague.id, someDay)).body, "when the answer was lost").to.deep.equal(body);
    });

    it("transfer who waits, and leave who is called", async () => {
      const doctor = await desk.doctorOn(today, [session("14:00", "15:00")]);
      const colleague = await desk.rest.addDoctor();
      const come = async () => {
        const booked = await desk.book(doctor.id, { date: today });
        await desk.rest.checkIn(booked.id, booked.patientId);
        return booked;
      };
      const [called, waiting] = [await come(), await come()];
      await desk.rest.post(`/api/v1/appointments/${called.id}/transitions`, { action: "call", version: 1 });
      const booked = await desk.book(doctor.id, { date: today });

      const { body } = await handOver(doctor.id, colleague.id, today);

      expect(idsIn(body.moved)).to.have.members([waiting.id, booked.id]);
      expect(idsIn(body.remaining)).to.deep.equal([called.id]);
      expect(await desk.appointment(waiting.id)).to.include({ doctor_id: colleague.id, ticket: waiting.ticket });
      expect(await desk.appointment(booked.id)).to.include({ starts_at: booked.starts_at, ticket: booked.ticket });
    });

    it("take along whose check-in was taken back, though the colleague has somebody of that ordinal", async () => {
      const [doctor, colleague] = [await desk.rest.addDoctor(), await desk.rest.addDoctor()];
      const come = async (id: string) => {
        const booked = await desk.book(id, { date: today });
        await desk.rest.checkIn(booked.id, booked.patientId);
        return booked;
      };
      const [back] = [await come(doctor.id), await come(colleague.id)];
      const url = `/api/v1/appointments/${back.id}/transitions`;
      const [step] = (await desk.rest.get(url)).body as [{ id: string }];
      await desk.rest.post(`${url}/undo`, { transition: step.id });

      const { status, body } = await handOver(doctor.id, colleague.id, today);

      expect([status, idsIn(body.moved)]).to.deep.equal([200, [back.id]]);
      expect((await desk.rest.checkIn(back.id, back.patientId)).queue_position).to.equal(3);
    });

    it("are refused where the colleague is not there", async () => {
      const doctor = await desk.doctorOn(someDay, [session("09:00", "10:00")]);
      const [absent, retired] = [await desk.rest.addDoctor(), await desk.rest.addDoctor()];
      await desk.setDay(absent.id, someDay, { state: "absent" });
      await desk.rest.patch(`/api/v1/doctors/${retired.id}`, { retired: true });

      expect(outcome(await handOver(doctor.id, absent.id, someDay))).to.equal("422 DoctorUnavailable");
      expect(outcome(await handOver(doctor.id, retired.id, someDay))).to.equal("422 DoctorRetired");
      expect(field(await handOver(doctor.id, doctor.id, someDay))).to.deep.equal([400, "doctor_id"]);
      expect(outcome(await handOver(doctor.id, missing, someDay))).to.equal("404 NotFound");
      expect(outcome(await handOver(missing, doctor.id, someDay))).to.equal("404 NotFound");
      expect(outcome(await handOver(doctor.id, (await desk.rest.addDoctor()).id, daysFromNow(-1)))).to.equal(
        "422 InvalidDate",
      );
    });
  });
});
