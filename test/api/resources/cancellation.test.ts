import { expect } from "chai";
import { Clinic, someDay } from "../../support/clinic.ts";
import { noon, setClinicClock } from "../../support/clinic-clock.ts";
import type { Answer, Rest } from "../../support/rest.ts";

const hourMs = 3_600_000;
const outcome = ({ status, body }: Answer): string => (status < 400 ? `${status}` : `${status} ${body.error}`);

describe("cancelling", () => {
  let clinic: Clinic;
  let desk: Rest;
  let today: string;
  let doctor: { id: string };
  before(async () => {
    clinic = await Clinic.openWithSignIn({ max_bookings_per_doctor_day: 10 });
    desk = clinic.restAs(await clinic.tokenFor({ role: "staff", name: "desk" }));
    today = await desk.today();
  });
  beforeEach(async () => {
    doctor = await desk.addDoctor();
  });
  after(() => clinic.close());

  interface Booked {
    id: string;
    slot: number;
    ticket: string;
    patientId: string;
  }
  async function book(date = someDay, fields: object = {}): Promise<Booked> {
    const { id: patientId } = await desk.addPatient();
    return { ...(await desk.book(patientId, doctor.id, date, fields)), patientId };
  }
  const cancel = (id: string, rest = desk, body: object = {}): Promise<Answer> =>
    rest.post(`/api/v1/appointments/${id}/cancellation`, body);
  const asPatient = async ({ patientId }: Booked): Promise<Rest> =>
    clinic.restAs(await clinic.tokenFor({ role: "patient", patient_id: patientId }));
  const act = async ({ id }: Booked, action: string, version: number, rest = desk): Promise<Answer> =>
    rest.post(`/api/v1/appointments/${id}/transitions`, { action, version });
  const eventsOf = async (id: string) =>
    (await desk.get(`/api/v1/audit?entity_id=${id}&action=update`)).body.events as {
      actor_name: string;
      after: Record<string, unknown>;
    }[];

  it("frees the slot, burns the ticket, and is told to whoever watches", async () => {
    const [first, second] = [await book(), await book()];
    const socket = await clinic.connectAs(await clinic.tokenFor({ role: "staff" }));
    await socket.subscribe(someDay);

    const { status, body } = await cancel(first.id);

    expect([status, body.status, body.outcome]).to.deep.equal([200, "cancelled", "cancelled_by_clinic"]);
    expect(body).to.deep.equal((await desk.get(`/api/v1/appointments/${first.id}`)).body);
    const told = JSON.stringify(await socket.next());
    expect([told.includes(first.id), told.includes(second.id)]).to.deep.equal([false, true]);
    const third = await book();
    expect([third.slot, third.ticket.slice(-1)]).to.deep.equal([first.slot, "3"]);
    await socket.close();
  });

  it("is kept with who, when and why, and a repeat changes none of it", async () => {
    const booked = await book();
    const { body } = await cancel(booked.id, desk, { reason: "The doctor is ill" });

    const again = await cancel(booked.id, await asPatient(booked), { reason: "Something else" });

    expect([again.status, again.body]).to.deep.equal([200, body]);
    const [event, ...others] = await eventsOf(booked.id);
    expect(others).to.deep.equal([]);
    expect(event).to.deep.include({ actor_name: "desk" });
    expect(event?.after).to.include({
      status: "cancelled",
      outcome: "cancelled_by_clinic",
      cancel_reason: "The doctor is ill",
    });
    const exported = (await desk.get(`/api/v1/patients/${booked.patientId}/export`)).body;
    expect(exported.appointments[0]).to.include({ cancel_reason: "The doctor is ill" });
  });

  it("has a reason of one line of 200 characters at most, and nothing beside it", async () => {
    const { id } = await book();

    for (const body of [{ reason: "x".repeat(201) }, { reason: "two\nlines" }, { why: "x" }, []]) {
      expect(outcome(await cancel(id, desk, body))).to.equal("400 ValidationError");
    }
  });

  it("is the patient's until two hours before, and then the desk's alone", async () => {
    // At the clinic it is shortly after noon.
    const [late, early] = [await book(today, { time_slot: 14 }), await book(today, { time_slot: 15 })];

    const answers = [await cancel(late.id, await asPatient(late)), await cancel(early.id, await asPatient(early))];

    expect(answers.map(outcome)).to.deep.equal(["409 TooLate", "200"]);
    expect(answers[0]?.body.message).to.include("call the desk");
    expect(answers[1]?.body).to.include({ outcome: "cancelled_by_patient", note: null });
    expect((await cancel(late.id)).body).to.include({ outcome: "cancelled_by_clinic" });
  });

  it("counts the day's beginning for an appointment without a time, also for a program", async () => {
    const [ofToday, later] = [await book(today), await book(someDay)];
    const program = clinic.restAs(await clinic.tokenFor({ role: "service", scope: "book" }));

    for (const rest of [program, await asPatient(ofToday)]) {
      expect(outcome(await cancel(ofToday.id, rest))).to.equal("409 TooLate");
    }
    expect((await cancel(later.id, program)).body).to.include({ outcome: "cancelled_by_patient" });
  });

  it("goes by the notice that the clinic wants", async () => {
    const manager = clinic.restAs(await clinic.tokenFor({ role: "manager" }));
    const booked = await book(today, { time_slot: 15 });
    const self = await asPatient(booked);

    await manager.patch("/api/v1/clinic", { cancellation_notice_minutes: 240 });
    const tooLate = await cancel(booked.id, self);
    await manager.patch("/api/v1/clinic", { cancellation_notice_minutes: 120 });

    expect([outcome(tooLate), outcome(await cancel(booked.id, self))]).to.deep.equal(["409 TooLate", "200"]);
  });

  it("is refused to somebody in the queue, with leave as the way out where there is one", async () => {
    const booked = await book(today);
    const self = await asPatient(booked);
    await desk.checkIn(booked.id, booked.patientId);

    const told = [await cancel(booked.id), await cancel(booked.id, self)];
    await act(booked, "start", 1);
    told.push(await cancel(booked.id), await cancel(booked.id, self));
    await act(booked, "serve", 2);
    told.push(await cancel(booked.id));

    expect(told.map(outcome)).to.deep.equal(Array(5).fill("409 InvalidTransition"));
    expect(told.map(({ body }) => body.details)).to.deep.equal([
      { stage: "waiting", actions: ["leave"] },
      { stage: "waiting", actions: ["leave"] },
      { stage: "in_consultation", actions: ["leave"] },
      { stage: "in_consultation", actions: [] },
      { stage: "served", actions: [] },
    ]);
    expect(told[0]?.body.message).to.include("leave");
  });

  it("is possible once the check-in is taken back, and ends what could be done with the patient", async () => {
    const booked = await book(today);
    await desk.checkIn(booked.id, booked.patientId);
    const [step] = (await desk.get(`/api/v1/appointments/${booked.id}/transitions`)).body as [{ id: string }];
    await desk.post(`/api/v1/appointments/${booked.id}/transitions/undo`, { transition: step.id });

    expect(outcome(await cancel(booked.id))).to.equal("200");

    const checkIn = { appointment_id: booked.id, patient_id: booked.patientId };
    expect(outcome(await desk.post("/api/v1/checkins", checkIn))).to.equal("409 InvalidTransition");
    expect(outcome(await act(booked, "requeue", 2))).to.match(/^409/);
  });

  it("comes to exactly one order of a cancellation and a check-in at once", async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => book(today)));

    const answers = await Promise.all(
      all.map(({ id, patientId }) =>
        Promise.all([
          cancel(id),
          desk.post("/api/v1/checkins", { appointment_id: id, patient_id: patientId }),
          cancel(id),
        ]).then((three) => three.map(outcome).join(", ")),
      ),
    );

    const possible = ["200, 409 InvalidTransition, 200", "409 InvalidTransition, 201, 409 InvalidTransition"];
    for (const answer of answers) expect(possible).to.include(answer);
    const [{ wrong }] = await clinic.sql<[{ wrong: number }]>`
      select count(*)::int as wrong from appointments appointment
      left join queue_entries entry on entry.appointment_id = appointment.id
      where appointment.doctor_id = ${doctor.id} and (appointment.status = 'cancelled') = (entry.stage is not null)
    `;
    expect(wrong).to.equal(0);
  });

  it("keeps no reason about somebody who was erased", async () => {
    const booked = await book();
    // Erasure cancels what is to come: this one was of yesterday, and its day is open.
    await clinic.sql`update patients set erased_at = now(), phone = null where id = ${booked.patientId}`;

    await cancel(booked.id, desk, { reason: "Moved away" });

    const [row] = await clinic.sql`select status, cancel_reason from appointments where id = ${booked.id}`;
    expect(row).to.deep.equal({ status: "cancelled", cancel_reason: null });
  });

  it("is over when the day is closed", async () => {
    const booked = await book(today);
    await setClinicClock(clinic.sql, new Date(noon.getTime() + 14 * hourMs), clinic.id);
    await clinic.sql`
      update clinic_days set closed_at = now() where (clinic_id, date) = (${clinic.id}, ${today})
    `;

    expect(outcome(await cancel(booked.id))).to.equal("422 InvalidDate");
  });
});
