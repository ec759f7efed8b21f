import { expect } from "chai";
import { Clinic, someDay } from "../../support/clinic.ts";
import { noon } from "../../support/clinic-clock.ts";
import { countWaitingFor } from "../../support/count-waiting.ts";
import { eventually } from "../../support/eventually.ts";
import type { Answer } from "../../support/rest.ts";

describe("check-ins", () => {
  let clinic: Clinic;
  let today: string;
  before(async () => {
    clinic = await Clinic.open({ daily_capacity: 100 });
    today = await clinic.rest.today();
  });
  after(() => clinic.close());

  const checkIn = (appointmentId: string, patientId: string) =>
    clinic.rest.post("/api/v1/checkins", { appointment_id: appointmentId, patient_id: patientId });

  it("gives a position, the time, and a place in the doctor's queue", async () => {
    const doctor = await clinic.rest.addDoctor();
    const appointment = await clinic.rest.bookNew(doctor.id, today);

    const answer = await checkIn(appointment.id, appointment.patientId);

    expect(answer.status).to.equal(201);
    expect(answer.body).to.have.all.keys("queue_position", "checked_in_at", "appointment_id", "ticket", "warning");
    expect(answer.body).to.include({ queue_position: 1, appointment_id: appointment.id });
    const { body: queue } = await clinic.rest.get(`/api/v1/doctors/${doctor.id}/queue?date=${today}`);
    expect(queue).to.have.length(1);
    expect(queue[0]).to.have.all.keys(
      "id",
      "appointment_id",
      "doctor_id",
      "date",
      "position",
      "checked_in_at",
      "status",
      "ticket",
      "patient_name",
    );
    expect(queue[0]).to.deep.include({
      appointment_id: appointment.id,
      doctor_id: doctor.id,
      date: today,
      position: 1,
      status: "waiting",
      checked_in_at: answer.body.checked_in_at,
      patient_name: "John Doe",
    });
    const other = await clinic.rest.get(`/api/v1/checkins/doctors/${doctor.id}/queue?date=${today}`);
    expect(other.body).to.deep.equal(queue);
    const { body } = await clinic.rest.get(`/api/v1/appointments/${appointment.id}`);
    expect(body.status).to.equal("checked_in");
  });

  it("gives fifty who check in at once the positions 1 to n, doctor by doctor", async () => {
    const doctors = await Promise.all(Array.from({ length: 3 }, () => clinic.rest.addDoctor()));
    const load = [50, 5, 5].flatMap((count, index) => Array<string>(count).fill(doctors[index]?.id ?? ""));
    const appointments = await Promise.all(
      load.map(async (id) => ({ doctorId: id, ...(await clinic.rest.bookNew(id, today)) })),
    );

    const answers = await Promise.all(
      appointments.map(async ({ id, patientId, doctorId }) => ({ doctorId, ...(await checkIn(id, patientId)) })),
    );

    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([201]));
    for (const { id } of doctors) {
      const positions = answers
        .filter(({ doctorId }) => doctorId === id)
        .map(({ body }) => body.queue_position as number)
        .toSorted((a, b) => a - b);
      expect(positions).to.deep.equal(positions.map((_, index) => index + 1));
      const queue = (await clinic.rest.get(`/api/v1/doctors/${id}/queue?date=${today}`)).body as {
        checked_in_at: string;
      }[];
      const times = queue.map(({ checked_in_at }) => checked_in_at);
      expect(times).to.deep.equal(times.toSorted((a, b) => a.localeCompare(b)));
    }
  });

  it("gives no position twice, also when an entry was deleted", async () => {
    const doctor = await clinic.rest.addDoctor();
    const [first, second, third] = [
      await clinic.rest.bookNew(doctor.id, today),
      await clinic.rest.bookNew(doctor.id, today),
      await clinic.rest.bookNew(doctor.id, today),
    ];
    await checkIn(first.id, first.patientId);
    await checkIn(second.id, second.patientId);
    await clinic.sql`delete from queue_entries where appointment_id = ${first.id}`;

    expect((await checkIn(third.id, third.patientId)).body.queue_position).to.equal(3);
  });

  it("checks a patient in once, however often it is asked at once", async () => {
    const doctor = await clinic.rest.addDoctor();
    const { id, patientId } = await clinic.rest.bookNew(doctor.id, today);

    const answers = await Promise.all(Array.from({ length: 10 }, () => checkIn(id, patientId)));

    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused).to.have.length(9);
    for (const { status, body } of refused) {
      expect([status, body.error]).to.deep.equal([409, "AlreadyCheckedIn"]);
      expect(body.message).to.include("already").and.to.include("checked");
    }
    expect((await clinic.rest.get(`/api/v1/doctors/${doctor.id}/queue?date=${today}`)).body).to.have.length(1);
  });

  it("refuses the second of two who check a patient in while the date is locked", async () => {
    const doctor = await clinic.rest.addDoctor();
    const { id, patientId } = await clinic.rest.bookNew(doctor.id, today);

    let answers: Promise<Answer[]> = Promise.resolve([]);
    await clinic.sql.begin(async (transaction) => {
      const [{ holder }] = await transaction<[{ holder: number }]>`
        select pg_backend_pid() as holder from lock_day(${clinic.id}, ${today})
      `;
      answers = Promise.all([checkIn(id, patientId), checkIn(id, patientId)]);
      await eventually(async () => expect(await countWaitingFor(clinic.sql, holder)).to.equal(2));
    });

    expect((await answers).map(({ status }) => status)).to.have.members([201, 409]);
  });

  it("refuses another patient, another day, another state and an appointment that is not there", async () => {
    const doctor = await clinic.rest.addDoctor();
    const stranger = await clinic.rest.addPatient();
    const mine = await clinic.rest.bookNew(doctor.id, today);
    const later = await clinic.rest.bookNew(doctor.id, someDay);
    const cancelled = await clinic.rest.bookNew(doctor.id, today);
    await clinic.sql`update appointments set status = 'cancelled' where id = ${cancelled.id}`;

    const notMine = await checkIn(mine.id, stranger.id);
    const notToday = await checkIn(later.id, later.patientId);
    const notBooked = await checkIn(cancelled.id, cancelled.patientId);
    const nothing = await checkIn("00000000-0000-0000-0000-000000000000", stranger.id);

    expect([notMine.status, notMine.body.error]).to.deep.equal([400, "ValidationError"]);
    expect(notMine.body.message).to.include("does not belong to this patient");
    expect([notToday.status, notToday.body.error]).to.deep.equal([422, "InvalidDate"]);
    expect(notToday.body.message).to.include("only allowed on appointment date");
    expect([notBooked.status, notBooked.body.error]).to.deep.equal([409, "InvalidTransition"]);
    expect([nothing.status, nothing.body.message]).to.deep.equal([404, "Appointment not found"]);
  });

  it("survives bookings and check-ins of one date at once", async () => {
    const doctor = await clinic.rest.addDoctor();
    const waiting = await Promise.all(Array.from({ length: 20 }, () => clinic.rest.bookNew(doctor.id, today)));

    const results = await Promise.all([
      ...waiting.map(({ id, patientId }) => checkIn(id, patientId).then(({ status }) => status)),
      ...Array.from({ length: 20 }, () => clinic.rest.bookNew(doctor.id, today).then(() => 201)),
    ]);

    expect(new Set(results)).to.deep.equal(new Set([201]));
    const { body } = await clinic.rest.get(`/api/v1/doctors/${doctor.id}/appointments?date=${today}`);
    expect(body.map(({ slot }: { slot: number }) => slot)).to.deep.equal(Array.from({ length: 40 }, (_, n) => n + 1));
  });
});

describe("the clinic's today", () => {
  // Two time zones that never have the same date.
  for (const timezone of ["Pacific/Kiritimati", "Pacific/Niue"]) {
    it(`is ${timezone}'s when that is the clinic's time zone`, async () => {
      const clinic = await Clinic.open({ timezone });
      const today = new Intl.DateTimeFormat("en-CA", { timeZone: timezone }).format(noon);
      const doctor = await clinic.rest.addDoctor();

      expect((await clinic.rest.get("/api/v1/clinic")).body).to.include({ today, timezone });
      const { id, patientId } = await clinic.rest.bookNew(doctor.id, today);
      expect((await clinic.rest.checkIn(id, patientId)).queue_position).to.equal(1);

      await clinic.close();
    });
  }
});
