import { Agent, request } from "node:http";
import { expect } from "chai";
import { Clinic, nextDay, someDay, startApi } from "../support/clinic.ts";
import { Rest } from "../support/rest.ts";

describe("the api under load", () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open({ DAILY_CAPACITY: 1_000 });
  });
  after(() => clinic.close());

  it("is healthy while bookings wait for a date, and serves them all when their turn comes", async () => {
    const [doctor, patient] = [await clinic.rest.addDoctor(), await clinic.rest.addPatient()];
    const book = (date: string) =>
      clinic.rest.post("/api/v1/appointments", { patient_id: patient.id, doctor_id: doctor.id, date });
    let bookings: Promise<{ status: number }[]> = Promise.resolve([]);

    await clinic.sql.begin(async (transaction) => {
      await transaction`select lock_day(${someDay})`;
      bookings = Promise.all(Array.from({ length: 20 }, () => book(someDay)));
      await transaction`select pg_sleep(2.5)`;
      expect((await clinic.rest.get("/health")).status).to.equal(200);
    });

    expect(new Set((await bookings).map(({ status }) => status))).to.deep.equal(new Set([201]));
    expect((await book(nextDay)).status).to.equal(201);
  });

  it("refuses what it cannot serve in time at once, and answers truly for the rest", async () => {
    const [doctor, patient] = [await clinic.rest.addDoctor(), await clinic.rest.addPatient()];

    const answers = await Promise.all(
      Array.from({ length: 1_500 }, () =>
        clinic.rest.post("/api/v1/appointments", { patient_id: patient.id, doctor_id: doctor.id, date: someDay }),
      ),
    );

    const booked = answers.filter(({ status }) => status === 201).length;
    expect(answers.every(({ status }) => [201, 409, 503].includes(status))).to.equal(true);
    const { body } = await clinic.rest.get(`/api/v1/doctors/${doctor.id}/appointments?date=${someDay}`);
    expect(body).to.have.length(booked);
  }).timeout(60_000);

  it("lets clients that never pause end their requests when it stops", async () => {
    const api = await startApi(clinic.database.url);
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const { id } = await new Rest(api.address).addDoctor();
    const failures: string[] = [];
    const get = () =>
      new Promise<string>((resolve, reject) => {
        request(`${api.address}/api/v1/doctors/${id}`, { agent }, (response) => {
          response.resume().on("end", () => resolve(String(response.statusCode)));
        })
          .on("error", reject)
          .end();
      });
    let stopped = false;
    const clients = Array.from({ length: 8 }, async () => {
      while (!stopped) {
        const answer = await get().catch((error: unknown) => (error as { code: string }).code);
        if (answer === "ECONNREFUSED") return;
        // A kept connection may be closed just as the next request is sent on it: HTTP clients repeat that one.
        if (answer !== "200" && answer !== "ECONNRESET") failures.push(answer);
      }
    });
    await get();

    expect(await api.stop()).to.equal(0);
    stopped = true;
    await Promise.all(clients);

    expect(failures).to.deep.equal([]);
    expect(api.output).not.to.include("not stopped in time");
    agent.destroy();
  });
});
