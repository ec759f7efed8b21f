import { expect } from "chai";
import { Clinic } from "../support/clinic.ts";
import { setClinicClock } from "../support/clinic-clock.ts";
import { at, session, TimedDesk, type Booked } from "./timed-desk.ts";

describe("whose turn it is among those with a time", () => {
  let clinic: Clinic;
  let desk: TimedDesk;
  let today: string;
  let doctor: { id: string };
  before(async () => {
    clinic = await Clinic.openWithSignIn({ lateness_grace_minutes: 10 });
    desk = await TimedDesk.open(clinic);
    today = await desk.rest.today();
  });
  beforeEach(async () => {
    await setClinicClock(clinic.sql, at(today, "12:00"), clinic.id);
    doctor = await desk.doctorOn(today, [session("12:30", "14:00", 10)]);
  });
  after(() => clinic.close());

  const book = (time: string) => desk.book(doctor.id, { starts_at: at(today, time) });
  async function arrive({ id, patientId }: Booked, time: string): Promise<void> {
    await setClinicClock(clinic.sql, at(today, time), clinic.id);
    await desk.rest.checkIn(id, patientId);
  }
  const order = async (): Promise<string[]> => {
    const { body } = await desk.rest.get(`/api/v1/doctors/${doctor.id}/queue/order?date=${today}`);
    return (body as { appointment_id: string }[]).map((one) => one.appointment_id);
  };
  const turnOf = async ({ id }: Booked): Promise<string> => {
    const [row] = await clinic.sql<
      { turn: Date }[]
    >`select turn_at as turn from queue_entries where appointment_id = ${id}`;
    return row?.turn.toISOString().slice(11, 16) ?? "";
  };

  it("goes by the appointment's time, whoever came first", async () => {
    const [late, early] = [await book("13:00"), await book("12:40")];

    await arrive(late, "12:05");
    await arrive(early, "12:35");

    expect(await order()).to.deep.equal([early.id, late.id]);
  });

  it("keeps it for whoever is late by no more than the clinic's grace, and is the arrival after that", async () => {
    const [inGrace, tooLate, next] = [await book("12:30"), await book("12:40"), await book("12:50")];

    await arrive(next, "12:10");
    await arrive(inGrace, "12:39");
    await arrive(tooLate, "12:51");

    expect(await Promise.all([inGrace, next, tooLate].map(turnOf))).to.deep.equal(["12:30", "12:50", "12:51"]);
    expect(await order()).to.deep.equal([inGrace.id, next.id, tooLate.id]);
  });

  it("follows an appointment that is moved, and its time counts at the check-in", async () => {
    const [moved, other] = [await book("12:30"), await book("12:40")];
    const { to } = (await desk.reschedule(moved.id, { starts_at: at(today, "13:10") })).body;

    await arrive({ ...moved, id: to.id }, "12:10");
    await arrive(other, "12:20");

    expect(await order()).to.deep.equal([other.id, to.id]);
  });
});
