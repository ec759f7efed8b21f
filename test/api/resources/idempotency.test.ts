import { expect } from "chai";
import { Clinic } from "../../support/clinic.ts";
import { unique, type Answer, type Rest } from "../../support/rest.ts";

const outcome = ({ status, body }: Answer): string => (status < 400 ? `${status}` : `${status} ${body.error}`);

/** A call that writes, and another request for the same call. */
interface Sent {
  path: string;
  body: object;
  other: object;
}

describe("what is sent again under the same idempotency key", () => {
  let clinic: Clinic;
  let desk: Rest;
  let today: string;
  before(async () => {
    clinic = await Clinic.openWithSignIn({ daily_capacity: 1_000 });
    desk = await as("desk");
    today = await desk.today();
  });
  after(() => clinic.close());

  const as = async (sub: string): Promise<Rest> => clinic.restAs(await clinic.tokenFor({ role: "staff", sub }));
  const send = (sent: Sent, key: string, rest = desk, body = sent.body): Promise<Answer> =>
    rest.post(sent.path, body, { "idempotency-key": key });
  /** How many rows there are of what the calls make. */
  const count = async (): Promise<number> => {
    const [{ rows }] = await clinic.sql<[{ rows: number }]>`
      select (
        (select count(*) from patients where clinic_id = ${clinic.id})
          + (select count(*) from tasks where clinic_id = ${clinic.id})
          + (select count(*) from transitions where clinic_id = ${clinic.id})
      )::int as rows
    `;
    return rows;
  };

  const calls: Record<string, () => Promise<Sent>> = {
    "a registration": async () => ({
      path: "/api/v1/patients",
      body: { name: "Jane Doe" },
      other: { name: "Jane Roe" },
    }),
    "a registration with a phone": async () => ({
      path: "/api/v1/patients",
      body: { name: "Jane Doe", phone: `+1${unique()}` },
      other: { name: "Jane Doe", phone: `+1${unique()}` },
    }),
    "a check-in": async () => {
      const doctor = await desk.addDoctor();
      const [one, two] = [await desk.bookNew(doctor.id, today), await desk.bookNew(doctor.id, today)];
      return {
        path: "/api/v1/checkins",
        body: { appointment_id: one.id, patient_id: one.patientId },
        other: { appointment_id: two.id, patient_id: two.patientId },
      };
    },
    "a task": async () => ({
      path: "/api/v1/tasks",
      body: { text: "Telephone" },
      other: { text: "Telephone again" },
    }),
  };

  for (const [what, arrange] of Object.entries(calls)) {
    describe(what, () => {
      it("is done once, also when ten come at once, and all get the same answer", async () => {
        const sent = await arrange();
        const before = await count();
        const key = unique();

        const answers = await Promise.all(Array.from({ length: 10 }, () => send(sent, key)));
        answers.push(await send(sent, key));

        expect(answers.map(outcome)).to.deep.equal(Array(11).fill("201"));
        expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).to.equal(1);
        expect(await count()).to.equal(before + 1);
      });

      it("is refused under a key of another request, and not for another caller's key", async () => {
        const sent = await arrange();
        const key = unique();
        await send(sent, key);

        const answers = [await send(sent, key, desk, sent.other), await send(sent, key, await as("other"), sent.other)];

        expect(answers.map(outcome)).to.deep.equal(["409 IdempotencyConflict", "201"]);
      });

      it("is forgotten after a day", async () => {
        const sent = await arrange();
        const key = unique();
        await send(sent, key);
        await clinic.sql`
          update queue_requests set created_at = now() - interval '25 hours'
          where (clinic_id, idempotency_key) = (${clinic.id}, ${key})
        `;

        expect(outcome(await send(sent, key, desk, sent.other))).to.equal("201");
      });
    });
  }

  it("is done anew where a check-in was undone meanwhile, and refused where the appointment was cancelled", async () => {
    const doctor = await desk.addDoctor();
    const { id, patientId } = await desk.bookNew(doctor.id, today);
    const sent = { path: "/api/v1/checkins", body: { appointment_id: id, patient_id: patientId }, other: {} };
    const key = unique();
    const undo = async (): Promise<void> => {
      const { body: steps } = await desk.get(`/api/v1/appointments/${id}/transitions`);
      const newest = (steps as { id: string; action: string }[]).findLast(({ action }) => action === "check_in");
      const undone = await desk.post(`/api/v1/appointments/${id}/transitions/undo`, { transition: newest?.id });
      expect(undone.status).to.equal(200);
    };
    const queue = async (): Promise<unknown[]> =>
      (await desk.get(`/api/v1/doctors/${doctor.id}/queue?date=${today}`)).body as unknown[];
    await send(sent, key);
    await undo();

    expect(await queue()).to.have.length(0);
    expect(outcome(await send(sent, key))).to.equal("201");
    expect(outcome(await send(sent, key))).to.equal("201");
    expect(await queue()).to.have.length(1);
    await undo();
    expect((await desk.post(`/api/v1/appointments/${id}/cancellation`, {})).status).to.equal(200);
    expect(outcome(await send(sent, key))).to.equal("409 InvalidTransition");
  });

  it("is not kept where it was refused", async () => {
    const key = unique();
    const task = { path: "/api/v1/tasks", body: { text: "Telephone", patient_id: nobody }, other: {} };

    expect(outcome(await send(task, key))).to.equal("404 NotFound");
    expect(outcome(await send(task, key, desk, { text: "Telephone" }))).to.equal("201");
  });

  it("tells that the clinic knew a patient before only where it did", async () => {
    const body = { name: "Jane Doe", phone: `+1${unique()}` };
    const [first, second] = [unique(), unique()];
    const sent = { path: "/api/v1/patients", body, other: {} };

    const answers = [
      await send(sent, first),
      await send(sent, first),
      await send(sent, second),
      await send(sent, second),
    ];

    expect(answers.map(({ body }) => body.existing)).to.deep.equal([false, false, true, true]);
  });

  it("keeps nothing of a patient who is erased", async () => {
    const doctor = await desk.addDoctor();
    const patient = { name: "Jane Doe" };
    const keys = [unique(), unique(), unique()];
    const post = (path: string, body: object, at: number): Promise<Answer> =>
      send({ path: `/api/v1/${path}`, body, other: {} }, keys[at] ?? "");
    const registered = await post("patients", patient, 0);
    const walkedIn = await post("walk-ins", { doctor_id: doctor.id, patient }, 1);
    const task = await post("tasks", { text: "Telephone Jane Doe", patient_id: registered.body.id }, 2);
    const kept = async (): Promise<string[]> => {
      const rows = await clinic.sql<{ key: string }[]>`
        select idempotency_key as key from queue_requests where clinic_id = ${clinic.id} and idempotency_key in ${clinic.sql(keys)}
      `;
      return rows.map(({ key }) => key);
    };
    expect([registered, walkedIn, task].map(outcome)).to.deep.equal(["201", "201", "201"]);
    expect(await kept()).to.have.members(keys);

    for (const id of [registered.body.id, walkedIn.body.appointment.patient_id]) {
      expect(outcome(await desk.delete(`/api/v1/patients/${id}`))).to.equal("204");
    }

    expect(await kept()).to.deep.equal([]);
  });
});

/** The id of nobody. */
const nobody = "00000000-0000-4000-8000-000000000000";
