import { expect } from "chai";
import { System } from "../support/system.ts";
import { clinicNow, setClinicClock } from "../support/clinic-clock.ts";
import { countWaiting } from "../support/count-waiting.ts";
import { clinicId } from "../support/default-clinic.ts";
import { eventually } from "../support/eventually.ts";
import { Rest, type Answer } from "../support/rest.ts";
import { secret, tokenFor } from "../support/tokens.ts";

const outcome = ({ status, body }: Answer) => [status, body.error];
const refused = [422, "InvalidDate"];

describe("midnight at the clinic", () => {
  const [yesterday, today] = ["2031-02-28", "2031-03-01"];
  const beforeMidnight = "2031-02-28T22:59:00Z";
  const afterMidnight = "2031-02-28T23:00:00Z";
  let clinic: System;
  let desk: Rest;
  let doctor: { id: string };
  before(async () => {
    const settings = { CLINIC_TIMEZONE: "Europe/Berlin", MAX_BOOKINGS_AHEAD: 1, BOOKING_HORIZON_DAYS: 10 };
    clinic = await System.open({ AUTH_SECRET: secret, ...settings });
    desk = clinic.restAs(await tokenFor({ role: "staff" }));
  });
  beforeEach(async () => {
    doctor = await desk.addDoctor();
    await setClinicClock(clinic.sql, beforeMidnight);
  });
  after(() => clinic.close());

  const book = async (date: string, rest = desk, patient?: string) => {
    const patient_id = patient ?? (await desk.addPatient()).id;
    return rest.post("/api/v1/appointments", { patient_id, doctor_id: doctor.id, date });
  };
  const checkIn = ({ id, patientId }: { id: string; patientId: string }) =>
    desk.post("/api/v1/checkins", { appointment_id: id, patient_id: patientId });
  /** Midnight passes while a call waits for the lock of yesterday. */
  const answerAfterMidnight = async (call: () => Promise<Answer>): Promise<Answer> => {
    let answer: Promise<Answer> | undefined;
    await clinic.sql.begin(async (holder) => {
      await holder`select lock_day(${clinicId}, ${yesterday})`;
      answer = call();
      await eventually(async () => expect(await countWaiting(clinic.sql, "clinic-queue api")).to.equal(1));
      await setClinicClock(clinic.sql, afterMidnight);
    });
    if (!answer) throw new Error("nothing was asked");
    return answer;
  };

  it("ends check-in and booking for the day that is over, and begins the next one's", async () => {
    const [early, late] = [await desk.bookNew(doctor.id, yesterday), await desk.bookNew(doctor.id, yesterday)];
    const next = await desk.bookNew(doctor.id, today);
    expect(await desk.today()).to.equal(yesterday);
    expect((await checkIn(early)).status).to.equal(201);
    expect(outcome(await checkIn(next))).to.deep.equal(refused);

    await setClinicClock(clinic.sql, afterMidnight);

    expect(await desk.today()).to.equal(today);
    const tooLate = await checkIn(late);
    expect(outcome(tooLate)).to.deep.equal(refused);
    expect(tooLate.body.message).to.include(yesterday).and.include(today);
    expect(outcome(await book(yesterday))).to.deep.equal(refused);
    expect((await checkIn(next)).status).to.equal(201);
  });

  it("lets people book one day further", async () => {
    const newLast = "2031-03-11";
    expect(outcome(await book(newLast))).to.deep.equal(refused);

    await setClinicClock(clinic.sql, afterMidnight);

    expect((await book(newLast)).status).to.equal(201);
  });

  it("frees a patient's share of bookings of those that are over", async () => {
    const { id } = await desk.addPatient();
    const patient = clinic.restAs(await tokenFor({ role: "patient", patient_id: id }));
    expect((await book(yesterday, patient, id)).status).to.equal(201);
    expect(outcome(await book(today, patient, id))).to.deep.equal([409, "TooManyBookings"]);

    await setClinicClock(clinic.sql, afterMidnight);

    expect((await book(today, patient, id)).status).to.equal(201);
  });

  it("cancels nothing that is over when a patient is erased", async () => {
    const { id } = await desk.addPatient();
    const [over, ahead] = [await desk.book(id, doctor.id, yesterday), await desk.book(id, doctor.id, today)];

    await setClinicClock(clinic.sql, afterMidnight);
    await desk.delete(`/api/v1/patients/${id}`);

    const statusOf = async (one: { id: string }) => (await desk.get(`/api/v1/appointments/${one.id}`)).body.status;
    expect([await statusOf(over), await statusOf(ahead)]).to.deep.equal(["booked", "cancelled"]);
  });

  it("is not missed by a check-in that waits for others", async () => {
    const booked = await desk.bookNew(doctor.id, yesterday);

    const answer = await answerAfterMidnight(() => checkIn(booked));

    expect(outcome(answer)).to.deep.equal(refused);
  });

  it("is not missed by a booking that waits for others", async () => {
    const answer = await answerAfterMidnight(() => book(yesterday));

    expect(outcome(answer)).to.deep.equal(refused);
  });

  it("comes by the clock that bookings, check-ins and a doctor's presence bear the time of", async () => {
    const { id, patientId } = await desk.bookNew(doctor.id, yesterday);
    const checkedIn = await checkIn({ id, patientId });
    const url = `/api/v1/doctors/${doctor.id}/availability`;
    const presence = await desk.post(url, { date: yesterday, is_present: true });
    const appointment = (await desk.get(`/api/v1/appointments/${id}`)).body;
    const now = Number(await clinicNow(clinic.sql));

    for (const moment of [
      appointment.created_at,
      appointment.updated_at,
      checkedIn.body.checked_in_at,
      presence.body.updated_at,
    ])
      expect(Date.parse(moment)).to.be.within(now - 30_000, now);
  });

  it("comes an hour earlier or later on the days when the clocks change", async () => {
    const ends = {
      "2031-03-29": "2031-03-29T23:00:00Z",
      "2031-03-30": "2031-03-30T22:00:00Z",
      "2031-10-25": "2031-10-25T22:00:00Z",
      "2031-10-26": "2031-10-26T23:00:00Z",
    };

    for (const [date, end] of Object.entries(ends)) {
      await setClinicClock(clinic.sql, new Date(Date.parse(end) - 60_000));
      expect(await desk.today()).to.equal(date);
      const { id, patientId } = await desk.bookNew(doctor.id, date);
      await setClinicClock(clinic.sql, end);
      expect(await desk.today()).not.to.equal(date);
      expect(outcome(await checkIn({ id, patientId }))).to.deep.equal(refused);
    }
  });

  it("is each clinic's own", async () => {
    const [{ id: east }] = await clinic.sql<[{ id: string }]>`
      insert into clinics (code, name, timezone) values ('east', 'East', 'Asia/Tokyo') returning id
    `;
    await setClinicClock(clinic.sql, "2035-07-01T15:00:00Z", east);
    const token = await tokenFor({ role: "staff", clinic: east });
    const inEast = new Rest(`${clinic.api.address}/c/east`, { authorization: `Bearer ${token}` });
    const days = [
      [desk, yesterday],
      [inEast, "2035-07-02"],
    ] as const;

    for (const [rest, date] of days) {
      const { id } = await rest.addDoctor();
      const booked = await rest.bookNew(id, date);

      expect(await rest.today()).to.equal(date);
      expect((await rest.checkIn(booked.id, booked.patientId)).queue_position).to.equal(1);
    }
    await setClinicClock(clinic.sql, afterMidnight);
    expect([await desk.today(), await inEast.today()]).to.deep.equal([today, "2035-07-02"]);
  });
});
