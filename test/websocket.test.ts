import { expect } from "chai";
import { Clinic, nextDay, someDay } from "./support/clinic.ts";
import { clinicNow } from "./support/clinic-clock.ts";
import type { Section } from "../contract/websocket/section.ts";
import type { Socket } from "./support/socket.ts";

// The twelve tests of the earlier version's guide, under its five headings. Each has a clinic of its own.

describe("WebSocket", () => {
  let clinic: Clinic;
  let socket: Socket;

  beforeEach(async () => {
    clinic = await Clinic.open();
    socket = await clinic.connect();
  });
  afterEach(async () => {
    await socket.close();
    await clinic.close();
  });

  describe("connection", () => {
    it("answers a subscription with a snapshot of the date", async () => {
      const doctor = await clinic.rest.addDoctor({ specialty: "Cardiology" });
      const patient = await clinic.rest.addPatient();
      const appointment = await clinic.rest.book(patient.id, doctor.id, someDay, { time_slot: 9 });

      const queue = await socket.subscribe(someDay);

      expect(queue.date).to.equal(someDay);
      expect(queue.total_appointments).to.equal(1);
      expect(queue.total_doctors).to.equal(1);
      expect(queue.revision).to.equal(1);
      expect(queue.epoch).to.match(/^[0-9a-f-]{36}$/);
      expect(queue.timestamp).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      // The fields that a client of the core contract knows; others are beside them.
      expect(queue.doctors).to.have.length(1);
      const [section] = queue.doctors as [Section<"staff">];
      const [shown] = section.appointments;
      expect({ ...section, appointments: [] }).to.deep.include({
        doctor: { id: doctor.id, name: doctor.name, code: doctor.code, specialty: "Cardiology" },
        area: null,
        room: null,
        is_present: true,
        total_appointments: 1,
        checked_in_count: 0,
      });
      expect(section.appointments).to.have.length(1);
      expect({ ...shown, patient: {} }).to.deep.include({
        appointment_id: appointment.id,
        slot: 1,
        time_slot: 9,
        status: "booked",
        ticket: appointment.ticket,
        queue: null,
      });
      expect(shown?.patient).to.deep.include({
        id: patient.id,
        name: "John Doe",
        phone: patient.phone,
        age: 45,
        gender: "male",
      });
    });

    it("refuses a date that is not YYYY-MM-DD, and goes on", async () => {
      socket.send({ action: "subscribe", date: "invalid-date" });

      const error = await socket.nextError();

      expect(error.error).to.include("Invalid date format. Use YYYY-MM-DD");
      expect(error.code).to.equal("invalid_date");
      expect((await socket.subscribe(someDay)).total_appointments).to.equal(0);
    });

    it("asks for a date that is missing", async () => {
      socket.send({ action: "subscribe" });

      const error = await socket.nextError();

      expect(error.error).to.include("Missing 'date' field");
      expect(error.code).to.equal("missing_date");
    });

    it("answers a ping with a pong that bears the time", async () => {
      socket.send({ action: "ping" });

      const pong = await socket.next();

      expect(pong.type).to.equal("pong");
      expect(Date.parse((pong as { timestamp: string }).timestamp)).to.be.closeTo(Date.now(), 5_000);
    });

    it("sends nothing more after an unsubscription", async () => {
      await socket.subscribe(someDay);
      const doctor = await clinic.rest.addDoctor();

      socket.send({ action: "unsubscribe" });
      expect((await socket.next()).type).to.equal("unsubscribed");
      const other = await clinic.watch(someDay);
      await clinic.rest.bookNew(doctor.id, someDay);
      await other.nextQueue("update");
      socket.send({ action: "ping" });

      expect((await socket.next()).type).to.equal("pong");
      await other.close();
    });
  });

  describe("real-time updates", () => {
    it("sends an update when an appointment is booked", async () => {
      const doctor = await clinic.rest.addDoctor();
      expect((await socket.subscribe(someDay)).doctors).to.deep.equal([]);

      const appointment = await clinic.rest.bookNew(doctor.id, someDay);

      const queue = await socket.nextQueue("update");
      expect(queue.total_appointments).to.equal(1);
      expect(queue.doctors[0]?.appointments[0]?.appointment_id).to.equal(appointment.id);
    });

    it("sends an update with the queue position when a patient checks in", async () => {
      const today = await clinic.rest.today();
      const doctor = await clinic.rest.addDoctor();
      await clinic.rest.bookNew(doctor.id, today);
      const second = await clinic.rest.bookNew(doctor.id, today);
      await socket.subscribe(today);

      await clinic.rest.checkIn(second.id, second.patientId);

      const [section] = (await socket.nextQueue("update")).doctors;
      expect(section?.checked_in_count).to.equal(1);
      expect(section?.appointments.map(({ status }) => status)).to.deep.equal(["booked", "checked_in"]);
      const queue = section?.appointments[1]?.queue;
      expect(queue?.position).to.equal(1);
      expect(queue?.status).to.equal("waiting");
      expect(Date.parse(queue?.checked_in_at ?? "")).to.be.closeTo(
        Number(await clinicNow(clinic.sql, clinic.id)),
        5_000,
      );
    });
  });

  describe("multiple clients", () => {
    it("sends the same update to every client of a date", async () => {
      const other = await clinic.watch(someDay);
      await socket.subscribe(someDay);
      const doctor = await clinic.rest.addDoctor();

      const appointment = await clinic.rest.bookNew(doctor.id, someDay);

      const queue = await socket.nextQueue("update");
      expect(queue.doctors[0]?.appointments[0]?.appointment_id).to.equal(appointment.id);
      expect(await other.nextQueue("update")).to.deep.equal(queue);
      await other.close();
    });
  });

  describe("multiple doctors", () => {
    it("has every doctor with an appointment in a snapshot, by name", async () => {
      const names = ["Dr. Ödön", "Dr. Adams", "Dr. Baker"];
      for (const name of names) {
        const doctor = await clinic.rest.addDoctor({ name });
        await clinic.rest.bookNew(doctor.id, someDay);
      }
      await clinic.rest.addDoctor({ name: "Dr. Idle" });

      const queue = await socket.subscribe(someDay);

      expect(queue.total_doctors).to.equal(3);
      expect(queue.total_appointments).to.equal(3);
      expect(queue.doctors.map(({ doctor }) => doctor.name)).to.deep.equal(["Dr. Adams", "Dr. Baker", "Dr. Ödön"]);
    });

    it("answers a date without appointments with an empty snapshot", async () => {
      const queue = await socket.subscribe("2099-12-31");

      expect(queue).to.include({ date: "2099-12-31", revision: 0, total_appointments: 0, total_doctors: 0 });
      expect(queue.doctors).to.deep.equal([]);
    });
  });

  describe("edge cases", () => {
    it("names an action that it does not know", async () => {
      socket.send({ action: "dance" });

      expect(await socket.next()).to.deep.equal({
        type: "error",
        error: "Unknown action: dance",
        code: "unknown_action",
      });
    });

    it("follows the new date alone after another subscription", async () => {
      const doctor = await clinic.rest.addDoctor();
      await socket.subscribe(someDay);

      expect((await socket.subscribe(nextDay)).date).to.equal(nextDay);
      await clinic.rest.bookNew(doctor.id, someDay);
      await clinic.rest.bookNew(doctor.id, nextDay);

      expect((await socket.nextQueue("update")).date).to.equal(nextDay);
    });
  });
});
