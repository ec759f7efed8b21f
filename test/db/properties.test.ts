import { expect } from "chai";
import * as fc from "fast-check";
import type { Sql } from "../../db/database.ts";
import { readQueueChanges } from "../../db/queries/queue-changes.ts";
import { daysFromNow } from "../support/clinic.ts";
import { createDatabase, openSql, type TestDatabase } from "../support/database.ts";
import { cases, seed } from "../support/seed.ts";
import { clinicId } from "../support/default-clinic.ts";

/** What people and programs do to a clinic's days; the numbers choose among a few doctors, patients and dates. */
const operation = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("book" as const),
      doctor: fc.nat(2),
      patient: fc.nat(3),
      date: fc.nat(2),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("checkIn" as const), nth: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("cancel" as const), nth: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("cancelDay" as const), doctor: fc.nat(2), date: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("move" as const), nth: fc.nat(9), date: fc.nat(2) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("renameDoctor" as const),
      doctor: fc.nat(2),
      name: fc.string({ minLength: 1, maxLength: 8, unit: "grapheme" }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("renamePatient" as const),
      patient: fc.nat(3),
      name: fc.string({ minLength: 1, maxLength: 8, unit: "grapheme" }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("presence" as const),
      doctor: fc.nat(2),
      date: fc.nat(2),
      present: fc.boolean(),
    }),
  },
  // What a person or another program may write in SQL, past our functions.
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("queue" as const), nth: fc.nat(9), position: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("serve" as const),
      nth: fc.nat(9),
      status: fc.constantFrom("waiting", "served", "skipped"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("unqueue" as const), nth: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("unbook" as const), nth: fc.nat(9) }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

const runs = cases(40);

describe("for any course of changes", function () {
  this.timeout(cases(120_000));
  // Date 0 is today, so that patients can check in.
  const dates = [daysFromNow(0), daysFromNow(1), daysFromNow(2)] as const;
  let database: TestDatabase;
  let sql: Sql;
  let connections: (Sql & AsyncDisposable)[];
  let doctors: string[];
  let patients: string[];

  before(async () => {
    database = await createDatabase();
    ({ sql } = database);
    connections = await Promise.all(Array.from({ length: 3 }, () => openSql(database.url, 1)));
  });
  after(async () => {
    for (const connection of connections) await connection[Symbol.asyncDispose]();
    await database.drop();
  });

  async function begin(): Promise<void> {
    await sql`truncate queue_entries, booking_requests, appointments, doctor_days, clinic_days, patients, doctors cascade`;
    const made = async (rows: { id: string }[]) => rows.map(({ id }) => id);
    doctors = await made(
      await sql`insert into doctors (name, code) select 'Dr. ' || n, 'D' || n from generate_series(0, 2) n returning id`,
    );
    patients = await made(
      await sql`insert into patients (name, phone) select 'P ' || n, '100000000' || n from generate_series(0, 3) n returning id`,
    );
  }

  /** Does one operation in one transaction. One that the rules refuse changes nothing. */
  async function perform(on: Sql, step: Operation): Promise<void> {
    const doctor = "doctor" in step ? (doctors[step.doctor] ?? "") : "";
    const patient = "patient" in step ? (patients[step.patient] ?? "") : "";
    const date = "date" in step ? (dates[step.date] ?? "") : "";
    const nth =
      "nth" in step ? on`(select id from appointments order by created_at, id offset ${step.nth} limit 1)` : on``;
    try {
      switch (step.kind) {
        case "book":
          return void (await on`select book_appointment(${clinicId}, ${patient}, ${doctor}, ${date}, null, null)`);
        case "checkIn":
          return void (await on`select check_in(${clinicId}, id, patient_id) from appointments where id = ${nth}`);
        case "cancel":
          return void (await on`update appointments set status = 'cancelled' where id = ${nth} and status = 'booked'`);
        case "cancelDay":
          return void (await on`
            update appointments set status = 'cancelled' where (doctor_id, date) = (${doctor}, ${date}) and status = 'booked'
          `);
        case "move":
          await on.begin(async (transaction) => {
            await transaction`
              insert into clinic_days (date) values (${date}) on conflict do nothing
            `;
            await transaction`
              insert into doctor_days (doctor_id, date) select id, ${date} from doctors on conflict do nothing
            `;
            await transaction`
              update appointments set date = ${date}, slot = slot + 100
              where id = (select id from appointments order by created_at, id offset ${step.nth} limit 1)
                and status = 'booked'
            `;
          });
          return;
        case "renameDoctor":
          return void (await on`update doctors set name = ${step.name} where id = ${doctor}`);
        case "renamePatient":
          return void (await on`update patients set name = ${step.name} where id = ${patient}`);
        case "queue":
          return void (await on`
            insert into queue_entries (appointment_id, doctor_id, date, position)
            select id, doctor_id, date, ${step.position + 1} from appointments where id = ${nth}
          `);
        case "serve":
          return void (await on`update queue_entries set status = ${step.status} where appointment_id = ${nth}`);
        case "unqueue":
          return void (await on`delete from queue_entries where appointment_id = ${nth}`);
        case "unbook":
          return void (await on`delete from appointments where id = ${nth}`);
        case "presence":
          return void (await on`select set_availability(${clinicId}, ${doctor}, ${date}, ${step.present}, null, null)`);
      }
    } catch (error) {
      const code = (error as { code?: string }).code ?? "";
      // Refused by a rule or a constraint, or rolled back as the victim of a deadlock of plain SQL.
      if (!/^(CQ|23|40P01|22)/.test(code)) throw error;
    }
  }

  /** A client of one date that only ever asks for what changed. */
  class Follower {
    readonly date: string;
    revision = 0;
    readonly sections = new Map<string, string>();

    constructor(date: string) {
      this.date = date;
    }

    async catchUp(): Promise<void> {
      const changes = await readQueueChanges(sql, { clinicId, date: this.date }, "staff", this.revision);
      this.revision = changes.revision;
      for (const { doctorId, json } of changes.parts) {
        if (json === null) this.sections.delete(doctorId);
        else this.sections.set(doctorId, json);
      }
    }

    async expectFresh(): Promise<void> {
      const fresh = await readQueueChanges(sql, { clinicId, date: this.date }, "staff", 0);
      const sections = new Map(fresh.parts.flatMap(({ doctorId, json }) => (json === null ? [] : [[doctorId, json]])));
      expect(this.revision).to.equal(fresh.revision);
      expect(this.sections).to.deep.equal(sections);
    }
  }

  it(`snapshot and deltas are a fresh snapshot at every revision, each transaction is one (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 25 }), async (steps) => {
        await begin();
        const followers = dates.map((date) => new Follower(date));
        for (const step of steps) {
          const before = followers.map(({ revision, sections }) => ({ revision, text: JSON.stringify([...sections]) }));
          await perform(sql, step);
          for (const [index, follower] of followers.entries()) {
            await follower.catchUp();
            await follower.expectFresh();
            const { revision, text } = before[index] ?? { revision: 0, text: "" };
            expect(follower.revision - revision).to.be.within(0, 1);
            if (JSON.stringify([...follower.sections]) !== text) expect(follower.revision).to.equal(revision + 1);
          }
        }
      }),
      { numRuns: runs, seed },
    );
  });

  it(`holds from several connections at once (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 3, maxLength: 30 }), async (steps) => {
        await begin();
        const followers = dates.map((date) => new Follower(date));
        for (let done = 0; done < steps.length; done += connections.length) {
          const batch = steps.slice(done, done + connections.length);
          const before = followers.map(({ revision }) => revision);
          await Promise.all(batch.map((step, index) => perform(connections[index] ?? sql, step)));
          for (const [index, follower] of followers.entries()) {
            await follower.catchUp();
            await follower.expectFresh();
            expect(follower.revision - (before[index] ?? 0)).to.be.within(0, batch.length);
          }
        }
      }),
      { numRuns: runs, seed },
    );
  });
});
