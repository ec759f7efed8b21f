import { expect } from "chai";
import { Clinic, nextDay, someDay } from "../support/clinic.ts";
import type { Answer, Rest } from "../support/rest.ts";
import { at, outcome, session, TimedDesk, type Slot } from "./timed-desk.ts";

const callers = 200;
const slots = 20;

describe(`${callers} callers who want ${slots} slots at once`, function () {
  this.timeout(120_000);
  let clinic: Clinic;
  let desk: TimedDesk;
  let wanted: { id: string };
  /** Patients with a token of their own, of whom every fourth has an appointment with somebody else. */
  let patients: { id: string; rest: Rest; appointment: string }[];
  before(async () => {
    clinic = await Clinic.openWithSignIn({ max_bookings_ahead: 10 });
    desk = await TimedDesk.open(clinic);
    wanted = await desk.doctorOn(someDay, [session("09:00", "12:20", 10)]);
    const other = await desk.doctorOn(nextDay, [session("08:00", "20:00", 10)]);
    const rows = await clinic.sql<{ id: string }[]>`
      insert into patients (clinic_id, name) select ${clinic.id}, 'P ' || n from generate_series(1, ${callers}) n returning id
    `;
    patients = await Promise.all(
      rows.map(async ({ id }, index) => {
        const rest = await desk.asPatient(id);
        if (index % 4 !== 3) return { id, rest, appointment: "" };
        const { body } = await desk.tryToBook(other.id, { date: nextDay }, desk.rest, id);
        return { id, rest, appointment: body.id as string };
      }),
    );
  });
  after(() => clinic.close());

  const startOf = (index: number): string =>
    new Date(Date.parse(at(someDay, "09:00")) + (index % slots) * 600_000).toISOString();
  const alternatives = ({ body }: Answer): string[] =>
    ((body.details?.free ?? []) as Slot[]).map(({ starts_at }) => starts_at);
  const booked = async (): Promise<string[]> => {
    const rows = await clinic.sql<{ starts_at: Date }[]>`
      select starts_at from appointments where doctor_id = ${wanted.id} and status <> 'cancelled' order by 1
    `;
    return rows.map(({ starts_at }) => starts_at.toISOString());
  };

  it("have each once, and are told others that they can have instead, until there is none", async () => {
    const ask = async ({ id, rest, appointment }: (typeof patients)[number], index: number): Promise<Answer> => {
      switch (index % 4) {
        case 0:
          return desk.tryToBook(wanted.id, { starts_at: startOf(0) }, rest, id);
        case 1:
          return desk.tryToBook(wanted.id, { date: someDay }, rest, id);
        case 2:
          return desk.hold(wanted.id, startOf(index), rest);
        default:
          return desk.reschedule(appointment, { doctor_id: wanted.id, starts_at: startOf(index) }, rest);
      }
    };
    const answers = await Promise.all(patients.map(ask));

    const had = answers.filter(({ status }) => status < 300);
    const refused = answers.filter(({ status }) => status >= 300);
    expect(new Set(refused.map(outcome))).to.satisfy((some: Set<string>) =>
      [...some].every((one) => ["409 SlotTaken", "409 CapacityFull"].includes(one)),
    );
    const times = answers.flatMap(({ status, body }, index) =>
      status < 300 && index % 4 !== 2 ? [(body.to ?? body).starts_at as string] : [],
    );
    expect(times.toSorted()).to.deep.equal(await booked());
    expect(new Set(times)).to.have.property("size", times.length);
    // Those who asked for any left none.
    expect(had).to.have.length(slots);
    for (const answer of refused.filter(({ body }) => body.error === "SlotTaken")) {
      const free = alternatives(answer);
      expect(free.length).to.be.at.most(3);
      for (const start of free) expect(Array.from({ length: slots }, (_, n) => startOf(n))).to.include(start);
    }

    // Whoever was refused takes what is told to be free, until nothing is.
    await clinic.sql`delete from slot_holds where clinic_id = ${clinic.id}`;
    for (const { id, rest } of patients.filter((_, index) => index % 4 === 0)) {
      const answer = await desk.tryToBook(wanted.id, { starts_at: startOf(0) }, rest, id);
      if (["409 CapacityFull", "409 AlreadyBooked"].includes(outcome(answer))) continue;
      expect(outcome(answer)).to.equal("409 SlotTaken");
      const [instead] = alternatives(answer);
      if (instead === undefined) continue;
      expect(outcome(await desk.tryToBook(wanted.id, { starts_at: instead }, rest, id))).to.equal("201");
    }
    expect(await booked()).to.deep.equal(Array.from({ length: slots }, (_, n) => startOf(n)));
    expect(new Set(await desk.shown(wanted.id, someDay, desk.rest))).to.satisfy((some: Set<string>) =>
      [...some].every((one) => one.endsWith("taken")),
    );
    const [{ deadlocks }] = await clinic.sql<[{ deadlocks: number }]>`
      select deadlocks::integer from pg_stat_database where datname = current_database()
    `;
    expect(deadlocks).to.equal(0);
  });
});
