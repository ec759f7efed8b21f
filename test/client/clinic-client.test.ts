import { expect } from "chai";
import {
  ClinicClient,
  InvalidTransitionError,
  PlaceOccupiedError,
  QueueClient,
  StaleError,
  type Answer,
} from "../../client/node.ts";
import { Clinic } from "../support/clinic.ts";
import { closed, opened } from "../support/leaks.ts";
import { rejection } from "../support/rejection.ts";

describe("a client of the clinic", () => {
  let clinic: Clinic;
  let queue: QueueClient<"staff">;
  let client: ClinicClient;
  let today: string;
  before(async () => {
    clinic = await Clinic.open();
    today = await clinic.rest.today();
  });
  after(() => clinic.close());
  beforeEach(() => {
    queue = new QueueClient<"staff">({ url: clinic.socketUrl });
    opened(queue, "a queue client");
    queue.watch(today);
    client = new ClinicClient({ url: clinic.address, queue });
  });
  afterEach(() => {
    queue.close();
    closed(queue);
  });

  /** A doctor with so many patients who wait. */
  async function doctorWith(count: number): Promise<{ id: string; waiting: Answer<"bookAppointment">[] }> {
    const { id } = await clinic.rest.addDoctor();
    const waiting: Answer<"bookAppointment">[] = [];
    for (let i = 0; i < count; i++) {
      const patient = await client.registerPatient({ name: `Patient ${i}` });
      const booked = await client.book({ patient_id: patient.id, doctor_id: id, date: today });
      await client.checkIn({ appointment_id: booked.id, patient_id: patient.id });
      waiting.push(booked);
    }
    return { id, waiting };
  }

  it("acts right after each answer, and is never stale by its own fault", async () => {
    const { id, waiting } = await doctorWith(2);

    await workThrough(client, id, waiting);
  });

  it("cancels what is booked, and says of somebody in the queue that they leave instead", async () => {
    const { id, waiting } = await doctorWith(1);
    const patient = await client.registerPatient({ name: "Better" });
    const booked = await client.book({ patient_id: patient.id, doctor_id: id, date: today });

    const cancelled = await client.cancel(booked.id, { reason: "Feels better" });
    const error = await rejection(client.cancel(waiting[0]?.id ?? ""));

    expect(cancelled).to.include({ id: booked.id, status: "cancelled", outcome: "cancelled_by_clinic" });
    expect(error).to.be.instanceOf(InvalidTransitionError);
    expect(error).to.deep.include({ stage: "waiting", actions: ["leave"] });
  });

  it("is not stale either where the queue that it holds is long out of date", async () => {
    const { id, waiting } = await doctorWith(2);
    const old = await queue.until(({ doctors }) =>
      doctors.some((section) => section.doctor.id === id && section.waiting_count === 2),
    );
    const late = { queue: old, until: async () => Promise.reject(new Error("Nothing comes")) };

    await workThrough(new ClinicClient({ url: clinic.address, queue: late }), id, waiting);
  });

  /** Does something at once after each answer, with two who wait for a doctor. */
  async function workThrough(client: ClinicClient, id: string, waiting: { id: string }[]): Promise<void> {
    const [first = "", second = ""] = waiting.map((appointment) => appointment.id);

    await client.act(first, "prioritise", { priority: 1, reason: "In pain" });
    await client.act(first, "prioritise", { priority: 0, reason: "No longer" });
    const called = await client.next(id);
    await client.act(first, "start");
    const next = await client.next(id, { finish: first });
    await client.act(first, "requeue");
    await client.act(second, "start");
    await client.act(second, "hold", { reason: "Blood test" });
    const again = await client.next(id);
    const undone = await client.undo(first, again.transition?.id ?? "");
    await client.act(second, "resume");
    await client.act(second, "call", { reason: "Promised" });

    expect(called.appointment?.id).to.equal(first);
    expect(next.appointment?.id).to.equal(second);
    expect(again.appointment?.id).to.equal(first);
    expect(undone.appointment.queue?.stage).to.equal("waiting");
  }

  it("knows what became of both when a call and the service before it are taken back", async () => {
    const { id, waiting } = await doctorWith(2);
    const [first = "", second = ""] = waiting.map((appointment) => appointment.id);
    await client.next(id);
    await client.act(first, "start");
    const { transition } = await client.next(id, { finish: first });

    await client.undo(second, transition?.id ?? "");
    const served = await client.act(first, "serve");
    const nobodyIsThere = await client.next(id);

    expect(served.appointment.queue?.stage).to.equal("served");
    expect(nobodyIsThere.appointment?.id).to.equal(second);
  });

  it("comes to the end of the queue, and goes on from there", async () => {
    const { id, waiting } = await doctorWith(1);
    const [first = ""] = waiting.map((appointment) => appointment.id);
    await client.next(id);

    const end = await client.next(id, { finish: first });
    const { appointment } = await client.walkIn({ doctor_id: id, patient: { name: "Walk In" } });
    const more = await client.next(id);

    expect(end.appointment).to.equal(null);
    expect(more.appointment?.id).to.equal(appointment.id);
  });

  it("calls two different patients where two are asked for one after the other, into two rooms", async () => {
    const { id } = await doctorWith(2);
    const rooms = await Promise.all(["Left", "Right"].map((name) => client.call("addRoom", { body: { name } })));

    const calls = await Promise.all(rooms.map((room) => client.next(id, { room_id: room.id })));

    expect(new Set(calls.map(({ appointment }) => appointment?.id)).size).to.equal(2);
  });

  it("calls into a room that a colleague used before", async () => {
    const room = await client.call("addRoom", { body: { name: "Shared" } });
    const [colleague, doctor] = [await doctorWith(1), await doctorWith(1)];
    for (const { id } of [colleague, doctor]) {
      await client.call("changeDoctor", { params: { id }, body: { room_id: room.id } });
    }
    const called = await client.next(colleague.id);
    await client.act(called.appointment?.id ?? "", "serve");
    const own = new QueueClient<"doctor">({ url: clinic.socketUrl });
    opened(own, "a queue client");
    own.watch(today, { doctorId: doctor.id, view: "doctor" });
    await own.until(({ doctors }) => doctors.some(({ room }) => room?.name === "Shared"));
    const alone = new ClinicClient({ url: clinic.address, queue: own });

    // The doctor's own part of the queue shows the doctor's room, whoever used it.
    const { appointment, repeated } = await alone.next(doctor.id);

    expect(appointment?.id).to.equal(doctor.waiting[0]?.id);
    expect(repeated).to.equal(false);
    own.close();
    closed(own);
  });

  it("says that somebody else acted, what is the case now, and is right the next time", async () => {
    const { id, waiting } = await doctorWith(3);
    const [first = "", second = "", third = ""] = waiting.map((appointment) => appointment.id);
    const blind = new ClinicClient({ url: clinic.address });
    const other = new ClinicClient({ url: clinic.address });
    await other.next(id);
    const { place } = await other.next(id, { finish: first });

    const stale = await rejection(blind.next(id, { finish: second }));
    const { appointment } = await blind.next(id, { finish: second });

    expect(stale).to.be.instanceOf(StaleError);
    expect((stale as StaleError).place)
      .to.deep.equal(place)
      .and.include({ appointment_id: second });
    expect(appointment?.id).to.equal(third);

    await other.act(third, "prioritise", { version: 2, priority: 1, reason: "In pain" });
    const staleEntry = await rejection(blind.act(third, "start"));
    const started = await blind.act(third, "start");

    expect((staleEntry as StaleError).entry).to.include({ stage: "called", version: 3 });
    expect(started.appointment.queue?.stage).to.equal("in_consultation");
  });

  it("says who is there, and what is possible instead", async () => {
    const { id, waiting } = await doctorWith(2);
    const [first = "", second = ""] = waiting.map((appointment) => appointment.id);
    await client.next(id);

    const occupied = await rejection(client.next(id));
    const impossible = await rejection(client.act(second, "skip"));

    expect(occupied).to.be.instanceOf(PlaceOccupiedError);
    expect(occupied).to.include({ ticket: waiting[0]?.ticket, room: null, appointmentId: first, stage: "called" });
    expect(impossible).to.be.instanceOf(InvalidTransitionError);
    expect((impossible as InvalidTransitionError).stage).to.equal("waiting");
    expect((impossible as InvalidTransitionError).actions)
      .to.include("hold")
      .and.not.include("skip");
  });

  it("calls nobody twice where the answer was lost", async () => {
    const { id, waiting } = await doctorWith(2);
    let losses = 0;
    const forgetful = new ClinicClient({
      url: clinic.address,
      queue,
      firstRetryMs: 1,
      fetch: async (url, init) => {
        const answer = await fetch(url, init);
        await answer.clone().text();
        if (losses++ === 0) throw new TypeError("The connection was lost");
        return answer;
      },
    });

    const { appointment, repeated } = await forgetful.next(id);

    expect(appointment?.id).to.equal(waiting[0]?.id);
    expect(repeated).to.equal(true);
    const { doctors } = await queue.until(({ doctors }) =>
      doctors.some(({ doctor, calls }) => doctor.id === id && calls.length > 0),
    );
    expect(doctors.find(({ doctor }) => doctor.id === id)).to.include({ waiting_count: 1 });
  });

  it("lists what the desk has to do, finds patients, and sets a doctor's day", async () => {
    const { id } = await doctorWith(0);
    await client.registerPatient({ name: "Zoe Zimmermann" });
    await client.call("addTask", { body: { text: "Call back" } });

    const { patients } = await client.findPatients("zimmer");
    const day = await client.setDoctorDay(id, today, { state: "away", notice: "Back soon" });

    expect(patients.map(({ name }) => name)).to.deep.equal(["Zoe Zimmermann"]);
    expect(day).to.include({ state: "away", notice: "Back soon" });
    expect((await client.tasks({ state: "open" })).map(({ text }) => text)).to.deep.equal(["Call back"]);
  });
});
