import { expect } from "chai";
import { Clinic, daysFromNow, nextDay, someDay } from "../../support/clinic.ts";

describe("appointments", () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  after(() => clinic.close());

  async function arrange() {
    const [doctor, patient] = await Promise.all([clinic.rest.addDoctor(), clinic.rest.addPatient()]);
    const request = { patient_id: patient.id, doctor_id: doctor.id, date: someDay };
    return { doctor, patient, request };
  }
  const book = (body: object, headers = {}) => clinic.rest.post("/api/v1/appointments", body, headers);
  const list = async (doctorId: string, date = someDay) =>
    (await clinic.rest.get(`/api/v1/doctors/${doctorId}/appointments?date=${date}`)).body as {
      id: string;
      slot: number;
    }[];

  it("books the first slot and gives the appointment back", async () => {
    const { doctor, patient, request } = await arrange();

    const made = await book({ ...request, time_slot: 0 });

    expect(made.status).to.equal(201);
    expect(made.body).to.have.all.keys(
      "id",
      "patient_id",
      "doctor_id",
      "date",
      "slot",
      "time_slot",
      "ticket",
      "wall_time",
      "ends_at",
      "reason",
      "confirmation_code",
      "rescheduled_from",
      "rescheduled_to",
      "status",
      "starts_at",
      "source",
      "outcome",
      "mode",
      "note",
      "created_at",
      "updated_at",
    );
    expect(made.body).to.deep.include({
      patient_id: patient.id,
      doctor_id: doctor.id,
      date: someDay,
      slot: 1,
      time_slot: 0,
      status: "booked",
    });
    expect((await clinic.rest.get(`/api/v1/appointments/${made.body.id}`)).body).to.deep.equal(made.body);
    expect(await list(doctor.id)).to.deep.equal([made.body]);
    const otherPath = `/api/v1/appointments/doctors/${doctor.id}/appointments?date=${someDay}`;
    expect((await clinic.rest.get(otherPath)).body).to.deep.equal([made.body]);
  });

  it("lets exactly ten of thirty bookings at once succeed, in slots 1 to 10", async () => {
    const doctor = await clinic.rest.addDoctor();
    const patients = await Promise.all(Array.from({ length: 30 }, () => clinic.rest.addPatient()));

    const answers = await Promise.all(
      patients.map(({ id }) => book({ patient_id: id, doctor_id: doctor.id, date: someDay })),
    );

    const made = answers.filter(({ status }) => status === 201);
    const slots = made.map(({ body }) => body.slot as number).toSorted((a, b) => a - b);
    expect(slots).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const refused = answers.filter(({ status }) => status !== 201);
    for (const { status, body } of refused) {
      expect([status, body.error]).to.deep.equal([409, "CapacityFull"]);
      expect(body.message).to.include("No available slots");
    }
    expect((await list(doctor.id)).map(({ slot }) => slot)).to.deep.equal(slots);
  });

  it("gives a cancelled slot to the next booking, and leaves it out of the list", async () => {
    const doctor = await clinic.rest.addDoctor();
    const booked = [];
    for (let n = 0; n < 10; n++) booked.push(await clinic.rest.bookNew(doctor.id, someDay));
    const freed = booked[3];
    await clinic.sql`update appointments set status = 'cancelled' where id = ${freed?.id ?? ""}`;
    expect(await list(doctor.id)).to.have.length(9);

    const next = await clinic.rest.bookNew(doctor.id, someDay);

    expect(next.slot).to.equal(4);
    expect(await list(doctor.id)).to.have.length(10);
  });

  it("follows a capacity that was set for one doctor's day", async () => {
    const { request, doctor } = await arrange();
    await book(request);
    await clinic.sql`update doctor_days set capacity = 2 where doctor_id = ${doctor.id}`;

    const statuses = [(await book(request)).status, (await book(request)).status];

    expect(statuses).to.deep.equal([201, 409]);
    expect((await book({ ...request, date: nextDay })).status).to.equal(201);
  });

  it("makes one appointment of twenty identical bookings at once with one key", async () => {
    const { doctor, request } = await arrange();

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => book({ ...request, idempotency_key: `k-${doctor.id}` })),
    );

    expect(answers.map(({ status }) => status)).to.deep.equal(Array(20).fill(201));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).to.equal(1);
    expect(await list(doctor.id)).to.have.length(1);
    const [{ revision } = { revision: 0 }] =
      await clinic.sql`select revision from doctor_days where doctor_id = ${doctor.id}`;
    await book({ ...request, idempotency_key: `k-${doctor.id}` });
    const [again] = await clinic.sql`select revision from doctor_days where doctor_id = ${doctor.id}`;
    expect(again?.["revision"]).to.equal(revision);
  });

  it("takes the key in the header too", async () => {
    const { request, doctor } = await arrange();
    const key = { "Idempotency-Key": `h-${doctor.id}` };

    const first = await book(request, key);
    const second = await book({ ...request, idempotency_key: `h-${doctor.id}` }, key);
    const torn = await book({ ...request, idempotency_key: "another" }, key);

    expect(second.body).to.deep.equal(first.body);
    expect([torn.status, torn.body.details[0].field]).to.deep.equal([400, "idempotency_key"]);
  });

  it("refuses a key that was used for a different request", async () => {
    const { request, doctor } = await arrange();
    const other = await clinic.rest.addPatient();
    const idempotency_key = `d-${doctor.id}`;
    await book({ ...request, idempotency_key });

    const differing = [{ patient_id: other.id }, { date: nextDay }, { time_slot: 9 }].map((change) => ({
      ...request,
      idempotency_key,
      ...change,
    }));
    const answers = await Promise.all(differing.map((body) => book(body)));

    for (const { status, body } of answers) expect([status, body.error]).to.deep.equal([409, "IdempotencyConflict"]);
    expect(await list(doctor.id)).to.have.length(1);
    expect(await list(doctor.id, nextDay)).to.have.length(0);
  });

  it("gives one key to one of two different requests that arrive at once", async () => {
    for (let round = 0; round < 10; round++) {
      const { request, doctor } = await arrange();
      const idempotency_key = `r-${doctor.id}`;

      const answers = await Promise.all([
        book({ ...request, idempotency_key }),
        book({ ...request, idempotency_key, date: nextDay }),
      ]);

      expect(answers.map(({ status }) => status)).to.have.members([201, 409]);
      expect([...(await list(doctor.id)), ...(await list(doctor.id, nextDay))]).to.have.length(1);
    }
  });

  it("refuses to book with a doctor who is absent", async () => {
    const { request, doctor } = await arrange();
    await clinic.rest.post(`/api/v1/doctors/${doctor.id}/availability`, { date: someDay, is_present: false });

    const answer = await book(request);

    expect([answer.status, answer.body.error]).to.deep.equal([422, "DoctorUnavailable"]);
    expect(answer.body.message).to.include("not available");
  });

  it("refuses to book into the past", async () => {
    const { request } = await arrange();

    const answer = await book({ ...request, date: daysFromNow(-2) });

    expect([answer.status, answer.body.error]).to.deep.equal([422, "InvalidDate"]);
  });

  it("takes nobody in while there are as many as a capacity that was lowered, though lower slots are free", async () => {
    const doctor = await clinic.rest.addDoctor();
    const booked: { id: string }[] = [];
    for (let n = 0; n < 10; n++) booked.push(await clinic.rest.bookNew(doctor.id, someDay));
    await clinic.sql`update doctor_days set capacity = 5 where doctor_id = ${doctor.id}`;
    const { id } = await clinic.rest.addPatient();
    const cancelAndBook = async (nth: number) => {
      await clinic.sql`update appointments set status = 'cancelled' where id = ${booked[nth]?.id ?? ""}`;
      return book({ patient_id: id, doctor_id: doctor.id, date: someDay });
    };

    for (const nth of [0, 1, 2, 7, 8]) expect((await cancelAndBook(nth)).body.error).to.equal("CapacityFull");
    const sixth = await cancelAndBook(9);

    expect([sixth.status, sixth.body.slot]).to.deep.equal([201, 1]);
    expect((await list(doctor.id)).map(({ slot }) => slot)).to.deep.equal([1, 4, 5, 6, 7]);
  });

  it("books as far ahead as the clinic says, and no further", async () => {
    const { request } = await arrange();
    const horizon = 365;

    const last = await book({ ...request, date: daysFromNow(horizon) });
    const beyond = await book({ ...request, date: daysFromNow(horizon + 1) });
    const never = await book({ ...request, date: "9999-12-31" });

    expect(last.status).to.equal(201);
    for (const { status, body } of [beyond, never]) expect([status, body.error]).to.deep.equal([422, "InvalidDate"]);
    expect(beyond.body.message).to.include(daysFromNow(horizon));
  });

  it("says which of patient and doctor is not there", async () => {
    const { request } = await arrange();
    const nobody = "00000000-0000-0000-0000-000000000000";

    const noPatient = await book({ ...request, patient_id: nobody });
    const noDoctor = await book({ ...request, doctor_id: nobody });

    expect([noPatient.status, noPatient.body.message]).to.deep.equal([404, "Patient not found"]);
    expect([noDoctor.status, noDoctor.body.message]).to.deep.equal([404, "Doctor not found"]);
    expect((await clinic.rest.get(`/api/v1/appointments/${nobody}`)).status).to.equal(404);
  });

  it("says every field that is wrong", async () => {
    const answer = await book({ patient_id: 1, date: "2025-02-30", time_slot: 24, idempotency_key: "x".repeat(256) });

    expect(answer.status).to.equal(400);
    const fields = answer.body.details.map(({ field }: { field: string }) => field);
    expect(fields).to.have.members(["patient_id", "doctor_id", "date", "time_slot", "idempotency_key"]);
  });
});
