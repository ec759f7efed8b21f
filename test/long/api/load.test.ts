import { Agent, request } from "node:http";
import { expect } from "chai";
import { nextDay, someDay, startApi } from "../../support/clinic.ts";
import { System } from "../../support/system.ts";
import { countWaiting } from "../../support/count-waiting.ts";
import { eventually } from "../../support/eventually.ts";
import { Rest, type Answer } from "../../support/rest.ts";
import { clinicId } from "../../support/default-clinic.ts";

describe("the api under load", () => {
  let clinic: System;
  before(async () => {
    clinic = await System.open({ DAILY_CAPACITY: 1_000 });
  });
  after(() => clinic.close());

  it("serves reads and other dates while somebody holds a date, and says of that one to try again", async () => {
    const [doctor, patient] = [await clinic.rest.addDoctor(), await clinic.rest.addPatient()];
    const book = (date: string) =>
      clinic.rest.post("/api/v1/appointments", { patient_id: patient.id, doctor_id: doctor.id, date });
    const hold = (date: string) =>
      clinic.rest.post("/api/v1/slot-holds", { doctor_id: doctor.id, starts_at: `${date}T09:00:00Z` });
    const held: Answer[] = [];
    const served: Answer[] = [];
    const waiting: number[] = [];

    await clinic.sql.begin(async (holder) => {
      await holder`select lock_day(${clinicId}, ${someDay})`;
      let isHeld = true;
      // Callers of the held date who never pause.
      const callers = Promise.all(
        Array.from({ length: 40 }, async (_, n) => {
          const ask = n % 2 === 0 ? book : hold;
          while (isHeld) held.push(await ask(someDay));
        }),
      );
      await eventually(() => expect(held.length).to.be.greaterThan(0));
      await eventually(async () => expect(await countWaiting(clinic.sql, "clinic-queue api")).to.equal(1));
      for (let n = 0; n < 8; n++) {
        served.push(await book(nextDay), await clinic.rest.get(`/api/v1/patients/${patient.id}`));
        served.push(await clinic.rest.get(`/api/v1/doctors/${doctor.id}/appointments?date=${someDay}`));
        served.push(
          await clinic.rest.delete(`/api/v1/patients/${patient.id}/tokens`),
          await clinic.rest.get("/health"),
        );
        waiting.push(await countWaiting(clinic.sql, "clinic-queue api"));
      }
      await eventually(() => expect(held.length).to.be.greaterThan(40));
      isHeld = false;
      await callers;
    });

    expect(served.filter(({ status }) => status >= 300)).to.deep.equal([]);
    expect(Math.max(...waiting)).to.be.at.most(1);
    for (const { status, headers, body } of held) {
      expect(status).to.equal(503);
      expect(body.error).to.equal("Unavailable");
      expect(Number(headers.get("retry-after"))).to.be.within(1, 60);
    }
    expect((await book(someDay)).status).to.equal(201);
  });

  it("refuses at once what it cannot serve in time, and answers truly for the rest", async () => {
    const [doctor, patient] = [await clinic.rest.addDoctor(), await clinic.rest.addPatient()];
    const answers: Answer[] = [];
    const book = async (): Promise<void> => {
      const booking = { patient_id: patient.id, doctor_id: doctor.id, date: someDay };
      answers.push(await clinic.rest.post("/api/v1/appointments", booking));
    };
    let bookings: Promise<unknown> = Promise.resolve();

    // While the date is locked 1,000 calls may wait, so 500 of these cannot.
    await clinic.sql.begin(async (transaction) => {
      await transaction`select lock_day(${clinicId}, ${someDay})`;
      bookings = Promise.all(Array.from({ length: 1_500 }, book));
      await eventually(() => expect(answers).to.have.length.of.at.least(500));
    });
    await bookings;

    const refused = answers.filter(({ status }) => status === 503);
    expect(refused).to.have.length.of.at.least(500);
    expect(refused.every(({ headers }) => Number(headers.get("Retry-After")) > 0)).to.equal(true);
    expect(answers.every(({ status }) => [201, 409, 503].includes(status))).to.equal(true);
    const booked = answers.filter(({ status }) => status === 201).length;
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

/** How many of the api's connections wait for a lock. */
