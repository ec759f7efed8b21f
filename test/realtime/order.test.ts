import { expect } from "chai";
import { someDay } from "../support/clinic.ts";
import { System } from "../support/system.ts";
import { eventually } from "../support/eventually.ts";

describe("a subscriber", () => {
  let clinic: System;
  before(async () => {
    clinic = await System.open({ DAILY_CAPACITY: 1_000 });
  });
  after(() => clinic.close());

  it("sees revisions grow, whole states only, and the last one, while many write at once", async () => {
    const socket = await clinic.watch(someDay);
    const doctors = await Promise.all(Array.from({ length: 4 }, () => clinic.rest.addDoctor()));

    await Promise.all(
      Array.from({ length: 80 }, (_, n) => clinic.rest.bookNew(doctors[n % doctors.length]?.id ?? "", someDay)),
    );

    let last = 0;
    while (last < 80) {
      const queue = await socket.nextQueue("update");
      expect(queue.revision).to.be.greaterThan(last);
      // One booking a revision, so a torn state would show here.
      expect(queue.total_appointments).to.equal(queue.revision);
      expect(queue.doctors.flatMap(({ appointments }) => appointments)).to.have.length(queue.revision);
      last = queue.revision;
    }
    await socket.close();
  });

  it("gets what it has once, and a snapshot anew when it subscribes again", async () => {
    const socket = await clinic.watch(someDay);
    const { revision } = await socket.subscribe(someDay);

    await clinic.sql.notify("queue_changed", JSON.stringify({ date: someDay, revision: revision + 1 }));
    await clinic.sql.notify("queue_changed", JSON.stringify({ date: someDay, revision }));
    socket.send({ action: "ping" });
    await eventually(() => expect(socket.waiting.map(({ type }) => type)).to.deep.equal(["pong"]));

    await socket.close();
  });

  it("is not disturbed by notifications that are not ours", async () => {
    const socket = await clinic.watch(someDay);

    for (const payload of ["", "no", "null", "[]", '{"date":1}', '{"date":"2025-02-30","revision":1}', '{"date":"x"']) {
      await clinic.sql.notify("queue_changed", payload);
    }
    await clinic.sql`select pg_notify('queue_changed', 'no ' || n) from generate_series(1, 1000) n`;
    const doctor = await clinic.rest.addDoctor();
    await clinic.rest.bookNew(doctor.id, someDay);

    expect((await socket.nextQueue("update")).doctors.map((section) => section.doctor.id)).to.include(doctor.id);
    // Whoever may connect to Postgres could fill the disk of the log otherwise.
    const told = clinic.realtime.output.match(/ignored (a )?notifications?/g) ?? [];
    expect(told).to.have.length.within(1, 10);
    await socket.close();
  });

  it("sees a patient renamed in every section of a past date too, all at once", async () => {
    const past = "2020-01-01";
    const patient = await clinic.rest.addPatient({ name: "Before" });
    const doctors = [await clinic.rest.addDoctor(), await clinic.rest.addDoctor()];
    await clinic.sql`insert into clinic_days (date) values (${past})`;
    for (const { id } of doctors) {
      await clinic.sql`insert into doctor_days (doctor_id, date) values (${id}, ${past})`;
      await clinic.sql`insert into appointments (patient_id, doctor_id, date, slot) values (${patient.id}, ${id}, ${past}, 1)`;
    }
    const socket = await clinic.watch(past);

    await clinic.sql`update patients set name = 'After' where id = ${patient.id}`;

    const { doctors: sections } = await socket.nextQueue("update");
    expect(sections.map(({ appointments }) => appointments[0]?.patient.name)).to.deep.equal(["After", "After"]);
    await socket.close();
  });

  it("gets a new history after a TRUNCATE", async () => {
    const doctor = await clinic.rest.addDoctor();
    await clinic.rest.bookNew(doctor.id, someDay);
    const socket = await clinic.connect();
    const { epoch } = await socket.subscribe(someDay);

    await clinic.sql`
      truncate waitlist_answers, waitlist, tasks, queue_requests, day_places, transitions, queue_entries, booking_requests, appointments
    `;

    const queue = await socket.queueWhere((queue) => queue.epoch !== epoch);
    expect(queue).to.include({ total_appointments: 0, total_doctors: 0 });
    await socket.close();
  });

  it("sees a doctor or patient renamed and a doctor absent", async () => {
    const doctor = await clinic.rest.addDoctor({ name: "Dr. Old" });
    const { patientId } = await clinic.rest.bookNew(doctor.id, someDay);
    const socket = await clinic.watch(someDay);
    const section = async () =>
      (await socket.nextQueue("update")).doctors.find(({ doctor: { id } }) => id === doctor.id);

    await clinic.sql`update doctors set name = 'Dr. New' where id = ${doctor.id}`;
    expect((await section())?.doctor.name).to.equal("Dr. New");
    await clinic.sql`update patients set name = 'Jane "J" Øre\\' where id = ${patientId}`;
    expect((await section())?.appointments[0]?.patient.name).to.equal('Jane "J" Øre\\');
    await clinic.rest.post(`/api/v1/doctors/${doctor.id}/availability`, { date: someDay, is_present: false });
    expect((await section())?.is_present).to.equal(false);
    await clinic.sql`update appointments set status = 'cancelled' where doctor_id = ${doctor.id}`;
    expect(await section()).to.equal(undefined);

    await socket.close();
  });
});
