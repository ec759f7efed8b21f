import { expect } from "chai";
import * as fc from "fast-check";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import type { Sql } from "../../db/database.ts";
import { cases, seed } from "../support/seed.ts";
import { BookingClinic, stateOf } from "./booking-clinic.ts";
import { BookingModel, findOrder, type Call, type Result } from "./model.ts";
import { anything, callerOf, callFor, daily, withOne } from "./wishes.ts";

const callers = 8;
/** Minutes between two rounds: a hold lasts through one of them, and not through three. */
const passing = fc.constantFrom(0, 0, 2);
const course = (maxLength: number) => fc.array(fc.tuple(anything, passing), { minLength: 10, maxLength });

describe("bookings", function () {
  this.timeout(cases(180_000));
  let database: TestDatabase;
  let connections: Sql[];
  before(async () => {
    database = await createDatabase();
    connections = await database.openEach(callers);
  });
  after(() => database.drop());

  /** A clinic, its model, and the minutes that have passed there. */
  class Course {
    readonly clinic: BookingClinic;
    model: BookingModel;
    #minutes = 0;
    #calls = 0;

    constructor(clinic: BookingClinic) {
      this.clinic = clinic;
      this.model = new BookingModel(clinic.dates[0] ?? "", clinic.capacity);
    }

    async pass(minutes: number): Promise<void> {
      this.#minutes += minutes;
      this.model.now = await this.clinic.setClock(this.#minutes);
    }

    /** Makes a call alone, and expects what the model says of it. */
    async perform(caller: string, call: Call): Promise<void> {
      const name = this.name();
      const expected = this.model.perform(name, caller, call);
      const result = await this.clinic.perform(database.sql, name, caller, call);
      expect(result, JSON.stringify(call)).to.equal(expected);
      if (call.kind === "hold") await this.clinic.learnHolds(this.model);
    }

    /** Makes calls at once, and expects an order of them that explains what each came to, and how it is then. */
    async performAtOnce(wanted: { caller: string; call: Call }[]): Promise<void> {
      const made = wanted.map((one) => ({ ...one, name: this.name() }));
      const results: Result[] = await Promise.all(
        made.map(({ name, caller, call }, index) =>
          this.clinic.perform(connections[index] ?? database.sql, name, caller, call),
        ),
      );
      const calls = made.map((one, index) => ({ ...one, result: results[index] ?? "" }));
      const state = await this.clinic.state();
      const end = findOrder(this.model, calls, (model) => stateOf(model) === state);
      if (!end)
        expect.fail(`no order explains ${JSON.stringify(calls, null, 1)}\nfrom ${stateOf(this.model)}\nto ${state}`);
      this.model = end;
      await this.clinic.learnHolds(this.model);
    }

    async expectSlots(): Promise<void> {
      for (const doctor of this.clinic.doctors) {
        for (const date of this.clinic.dates) {
          expect([...(await this.clinic.slots(database.sql, doctor, date))], `${doctor} ${date}`).to.deep.equal(
            this.model.slots(doctor, date),
          );
        }
      }
    }

    name(): string {
      return `c${(this.#calls += 1)}`;
    }
  }

  const open = async (): Promise<Course> => {
    const course = new Course(await BookingClinic.open(database.sql));
    await course.pass(0);
    return course;
  };
  const property = async <T>(arbitrary: fc.Arbitrary<T>, numRuns: number, check: (given: T) => Promise<void>) =>
    fc.assert(fc.asyncProperty(arbitrary, check), {
      numRuns: cases(Math.ceil(numRuns / 2), numRuns),
      seed,
      includeErrorInReport: true,
    });

  it(`are as the model says, and so are the slots, after each step of any course (seed ${seed})`, async () => {
    await property(course(40), 25, async (steps) => {
      const one = await open();
      for (const [wish, minutes] of steps) {
        await one.pass(minutes);
        const call = callFor(wish, one.clinic, one.model);
        if (call) await one.perform(callerOf(wish), call);
        await one.expectSlots();
      }
      expect(await one.clinic.state()).to.equal(stateOf(one.model));
    });
  });

  it(`give each slot that is listed free to whoever asks, and none that is not (seed ${seed})`, async () => {
    await property(course(25), 20, async (steps) => {
      const one = await open();
      for (const [wish, minutes] of steps) {
        await one.pass(minutes);
        const call = callFor(wish, one.clinic, one.model);
        if (call) await one.perform(callerOf(wish), call);
      }
      const [connection = database.sql] = connections;
      for (const doctor of one.clinic.doctors) {
        for (const date of one.clinic.dates) {
          for (const { start, status } of await one.clinic.slots(connection, doctor, date)) {
            // Tried, and taken back.
            await connection`begin`;
            const [{ id }] = await connection<[{ id: string }]>`
              insert into patients (clinic_id, name) values (${one.clinic.id}, 'Somebody') returning id
            `;
            const call = {
              kind: "book",
              patient: id,
              doctor,
              date,
              start,
              hour: null,
              hold: null,
              override: false,
            } as const;
            const tried = await one.clinic.perform(connection, "tried", "somebody", call);
            await connection`rollback`;
            expect(tried.split(" ")[0], `${date} ${start} ${status}`).to.equal(codes[status]);
          }
        }
      }
    });
  });

  it(`come to exactly one order of what ${callers} callers do at once (seed ${seed})`, async () => {
    const rounds = fc.array(fc.tuple(fc.array(daily, { minLength: callers, maxLength: callers }), passing), {
      minLength: 1,
      maxLength: 5,
    });
    await property(fc.tuple(course(12), rounds), 15, async ([steps, rounds]) => {
      const one = await open();
      for (const [wish] of steps) {
        const call = callFor(wish, one.clinic, one.model);
        if (call) await one.perform(callerOf(wish), call);
      }
      for (const [wishes, minutes] of rounds) {
        await one.pass(minutes);
        await one.performAtOnce(
          wishes.flatMap((wish) => {
            const call = callFor(wish, one.clinic, one.model);
            return call ? [{ caller: callerOf(wish), call }] : [];
          }),
        );
        await one.expectSlots();
      }
    });
  });

  it(`move, end or arrive in one order when all of it is done to one appointment at once (seed ${seed})`, async () => {
    const day = { from: 780, until: 900, slotMinutes: 20 };
    await property(fc.array(withOne, { minLength: callers, maxLength: callers }), 40, async (wishes) => {
      const one = await open();
      const [patient = ""] = one.clinic.patients;
      const [today = ""] = one.clinic.dates;
      for (const doctor of one.clinic.doctors) await one.perform("desk", { kind: "setWeek", doctor, sessions: [day] });
      const [doctor = ""] = one.clinic.doctors;
      const booking = { patient, doctor, date: today, start: null, hour: null, hold: null, override: false };
      await one.perform("desk", { kind: "book", ...booking });
      // The patient would give it up for another one.
      const [kept = ""] = one.model.appointments.keys();
      await one.perform("desk", { kind: "wait", patient, doctor, from: today, until: today, kept });
      // Somebody else books where it may go, too.
      const book = { kind: "book", ...booking, patient: one.clinic.patients[1] ?? "" } as const;
      await one.performAtOnce([
        ...wishes.slice(1).flatMap((wish) => {
          const call = callFor(wish, one.clinic, one.model);
          return call ? [{ caller: callerOf(wish), call }] : [];
        }),
        { caller: "desk", call: book },
      ]);
      await one.expectSlots();
    });
  });

  it("never waited for one another in a ring", async () => {
    const [{ deadlocks }] = await database.sql<[{ deadlocks: number }]>`
      select deadlocks::integer from pg_stat_database where datname = current_database()
    `;
    expect(deadlocks).to.equal(0);
  });
});

/** What a booking comes to, by how its slot is listed. */
const codes = { free: "booked", taken: "CQ022", held: "CQ022", full: "CQ005", past: "CQ021" };
