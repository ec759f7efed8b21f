import { expect } from "chai";
import { at, everyDay, fieldOf, idsIn, outcome, session, TimedDesk, type Told } from "../../bookings/timed-desk.ts";
import { Clinic, daysFromNow, nextDay, someDay } from "../../support/clinic.ts";

const missing = "00000000-0000-4000-8000-000000000000";

describe("schedules of a doctor who is not there", () => {
  let clinic: Clinic;
  let desk: TimedDesk;
  let today: string;
  before(async () => {
    clinic = await Clinic.openWithSignIn();
    desk = await TimedDesk.open(clinic);
    today = await desk.rest.today();
  });
  after(() => clinic.close());

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
      expect(await desk.conflicts(id)).to.deep.equal([
        [second.id, "absent"],
        [first.id, "absent"],
      ]);
      const ended = await desk.rest.delete(`/api/v1/doctors/${id}/leave?from=${nextDay}&until=${nextDay}`);
      expect([ended.status, ended.body.stranded]).to.deep.equal([200, []]);
      expect(await desk.shown(id, nextDay)).to.deep.equal(["09:00 taken", "09:15 free"]);
      expect(await desk.conflicts(id)).to.deep.equal([[second.id, "absent"]]);
      expect((await desk.appointment(after.id)).status).to.equal("booked");
    });

    it("have a range that begins today or later, and lasts a year at most", async () => {
      const { id } = await desk.rest.addDoctor();
      const leave = (from: string, until: string, of = id) =>
        desk.rest.post(`/api/v1/doctors/${of}/leave`, { from, until });

      expect(outcome(await leave(daysFromNow(-1), today))).to.equal("422 InvalidDate");
      expect(fieldOf(await leave(nextDay, someDay))).to.deep.equal([400, "until"]);
      expect(fieldOf(await leave(today, daysFromNow(366)))).to.deep.equal([400, "until"]);
      expect(outcome(await leave(today, today, missing))).to.equal("404 NotFound");
      expect(outcome(await leave(today, daysFromNow(365)))).to.equal("200");
    });
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
      expect(fieldOf(await cancelDay(doctor.id, someDay, { reason: "x".repeat(201) }))).to.deep.equal([400, "reason"]);
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
      expect(fieldOf(await handOver(doctor.id, doctor.id, someDay))).to.deep.equal([400, "doctor_id"]);
      expect(outcome(await handOver(doctor.id, missing, someDay))).to.equal("404 NotFound");
      expect(outcome(await handOver(missing, doctor.id, someDay))).to.equal("404 NotFound");
      expect(outcome(await handOver(doctor.id, (await desk.rest.addDoctor()).id, daysFromNow(-1)))).to.equal(
        "422 InvalidDate",
      );
    });
  });
});
