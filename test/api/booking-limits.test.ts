import { expect } from "chai";
import { Clinic, daysFromNow, nextDay, someDay } from "../support/clinic.ts";
import type { Answer, Rest } from "../support/rest.ts";

describe("a patient's bookings", () => {
  let clinic: Clinic;
  let staff: Rest;
  let bot: Rest;
  before(async () => {
    clinic = await Clinic.openWithSignIn();
    staff = clinic.restAs(await clinic.tokenFor({ role: "staff" }));
    bot = clinic.restAs(await clinic.tokenFor({ role: "service", scope: "book" }));
  });
  after(() => clinic.close());

  const book = (rest: Rest, patient_id: string, doctor_id: string, date: string, fields = {}): Promise<Answer> =>
    rest.post("/api/v1/appointments", { patient_id, doctor_id, date, ...fields });
  const outcome = ({ status, body }: Answer): unknown[] => (status === 201 ? [status] : [status, body.error]);

  /** A patient, and a REST client with their token. */
  async function addPatient(): Promise<{ id: string; rest: Rest }> {
    const { id } = await staff.addPatient();
    return { id, rest: clinic.restAs(await clinic.tokenFor({ role: "patient", patient_id: id })) };
  }

  for (const who of ["the patient", "a program"]) {
    it(`are one with a doctor on a date when ${who} books, until that is cancelled or over`, async () => {
      const patient = await addPatient();
      const rest = who === "the patient" ? patient.rest : bot;
      const [doctor, other] = [await staff.addDoctor(), await staff.addDoctor()];
      const change = (status: string, id: string) =>
        clinic.sql`update appointments set status = ${status} where id = ${id}`;

      const first = await book(rest, patient.id, doctor.id, someDay);
      const second = await book(rest, patient.id, doctor.id, someDay, { time_slot: 9 });
      expect([first, second].map(outcome)).to.deep.equal([[201], [409, "AlreadyBooked"]]);
      expect(second.body.message).to.equal(`The patient has an appointment with this doctor on ${someDay} already`);
      expect(outcome(await book(rest, patient.id, other.id, someDay))).to.deep.equal([201]);
      expect(outcome(await book(rest, patient.id, doctor.id, nextDay))).to.deep.equal([201]);

      await change("cancelled", first.body.id);
      const third = await book(rest, patient.id, doctor.id, someDay);
      await change("completed", third.body.id);
      const fourth = await book(rest, patient.id, doctor.id, someDay);
      await change("checked_in", fourth.body.id);
      const fifth = await book(rest, patient.id, doctor.id, someDay);
      expect([third, fourth, fifth].map(outcome)).to.deep.equal([[201], [201], [409, "AlreadyBooked"]]);
    });
  }

  it("are five ahead, however many are asked for at once and whoever made them", async () => {
    const { id, rest } = await addPatient();
    const doctors = await Promise.all(Array.from({ length: 12 }, () => staff.addDoctor()));
    await staff.book(id, doctors[0]?.id ?? "", daysFromNow(3));

    const answers = await Promise.all(
      doctors.map(({ id: doctorId }, n) => book(n % 2 ? rest : bot, id, doctorId, daysFromNow(10 + n))),
    );

    const refused = answers.filter(({ status }) => status !== 201);
    expect(answers.length - refused.length).to.equal(4);
    for (const answer of refused) expect(outcome(answer)).to.deep.equal([409, "TooManyBookings"]);
    expect(refused[0]?.body.message).to.equal("The patient has 5 appointments ahead, and no more can be booked");
  });

  it("do not count when they are over, cancelled, or another patient's", async () => {
    const [one, other] = [await addPatient(), await addPatient()];
    const doctor = await staff.addDoctor();
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push((await staff.book(one.id, doctor.id, daysFromNow(10 + n))).id);
    const attempt = async () => outcome(await book(one.rest, one.id, doctor.id, someDay));
    expect(await attempt()).to.deep.equal([409, "TooManyBookings"]);

    expect(outcome(await book(other.rest, other.id, doctor.id, someDay))).to.deep.equal([201]);
    await clinic.sql`insert into clinic_days (date) values (${daysFromNow(-3)})`;
    await clinic.sql`insert into doctor_days (doctor_id, date) values (${doctor.id}, ${daysFromNow(-3)})`;
    await clinic.sql`update appointments set date = ${daysFromNow(-3)} where id = ${ids[0] ?? ""}`;

    expect(await attempt()).to.deep.equal([201]);
  });

  it("may be more when staff book them", async () => {
    const { id } = await addPatient();
    const doctor = await staff.addDoctor();

    const answers = await Promise.all(Array.from({ length: 7 }, () => book(staff, id, doctor.id, someDay)));

    expect(answers.map(outcome)).to.deep.equal(Array.from(answers, () => [201]));
  });

  it("may be as many, and as far ahead, as the clinic says", async () => {
    const settings = { max_bookings_per_doctor_day: 2, max_bookings_ahead: 3, booking_horizon_days: 40 };
    const generous = await Clinic.openWithSignIn(settings);
    const desk = generous.restAs(await generous.tokenFor({ role: "staff" }));
    const { id } = await desk.addPatient();
    const rest = generous.restAs(await generous.tokenFor({ role: "patient", patient_id: id }));
    const doctor = await desk.addDoctor();

    const answers = [];
    for (const date of [41, 30, 30, 30, 40, 31].map(daysFromNow)) answers.push(await book(rest, id, doctor.id, date));

    expect(answers.map(outcome)).to.deep.equal([
      [422, "InvalidDate"],
      [201],
      [201],
      [409, "AlreadyBooked"],
      [201],
      [409, "TooManyBookings"],
    ]);
    await generous.close();
  });

  it("are the same one again for the same key, also at the limit and at once", async () => {
    const { id, rest } = await addPatient();
    const doctor = await staff.addDoctor();
    const request = () => book(rest, id, doctor.id, someDay, { idempotency_key: "mine" });

    const answers = await Promise.all(Array.from({ length: 20 }, request));

    expect(answers.map(outcome)).to.deep.equal(Array.from(answers, () => [201]));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).to.equal(1);
    expect((await request()).body).to.deep.equal(answers[0]?.body);
  });
});

describe("an idempotency key", () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.openWithSignIn();
  });
  after(() => clinic.close());

  it("is the caller's own: callers with the same one do not hinder each other", async () => {
    const staff = clinic.restAs(await clinic.tokenFor({ role: "staff" }));
    const doctor = await staff.addDoctor();
    const patients = await Promise.all(Array.from({ length: 5 }, () => staff.addPatient()));
    const tokens = [
      { role: "patient" as const, patient_id: patients[0]?.id ?? "" },
      { role: "patient" as const, patient_id: patients[1]?.id ?? "" },
      { role: "service" as const, scope: "book" },
      { role: "service" as const, scope: "book" },
      { role: "staff" as const },
    ];
    const callers = await Promise.all(tokens.map(async (claims) => clinic.restAs(await clinic.tokenFor(claims))));
    const book = (date: string) =>
      Promise.all(
        callers.map((rest, n) =>
          rest.post("/api/v1/appointments", {
            patient_id: patients[n]?.id,
            doctor_id: doctor.id,
            date,
            idempotency_key: "1",
          }),
        ),
      );

    const first = await book(someDay);
    const again = await book(someDay);
    const differing = await book(nextDay);

    expect(first.map(({ status }) => status)).to.deep.equal(Array(5).fill(201));
    expect(first.map(({ body }) => body.patient_id as string)).to.deep.equal(patients.map(({ id }) => id));
    expect(again.map(({ body }) => body as object)).to.deep.equal(first.map(({ body }) => body as object));
    for (const { status, body } of differing) expect([status, body.error]).to.deep.equal([409, "IdempotencyConflict"]);
  });
});
