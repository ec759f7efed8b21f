import { expect } from "chai";
import * as fc from "fast-check";
import type { Sql } from "../../db/database.ts";
import { readQueueChanges } from "../../db/queries/queue-changes.ts";
import { ClinicCourse, dates, operation, type Operation } from "../support/clinic-course.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { clinicId } from "../support/default-clinic.ts";
import { cases, seed } from "../support/seed.ts";

const runs = cases(4, 8);

/** What changes a clinic besides: what its screens show, which begins a new epoch, and patients who are erased. */
const besides = fc.oneof(
  fc.record({ kind: fc.constant("setting" as const), shown: fc.constantFrom("ticket", "initials", "first_name") }),
  fc.record({ kind: fc.constant("erase" as const), phone: fc.nat(3) }),
  fc.record({ kind: fc.constant("forgetDay" as const), date: fc.nat(2) }),
);
const step = fc.oneof({ weight: 9, arbitrary: operation }, { weight: 1, arbitrary: besides });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
/** Long enough that both come to the same doctor and date. */
const howMany = { minLength: 10, maxLength: 25, size: "max" } as const;

describe("two clinics with the same dates, codes and phones", function () {
  this.timeout(cases(120_000));
  let database: TestDatabase;
  let sql: Sql;
  let connections: Sql[];
  let clinics: [ClinicCourse, ClinicCourse];

  before(async () => {
    database = await createDatabase();
    ({ sql } = database);
    connections = await database.openEach(2);
    const [{ id: east }] = await sql<
      [{ id: string }]
    >`insert into clinics (code, name) values ('east', 'East') returning id`;
    clinics = [new ClinicCourse(clinicId), new ClinicCourse(east)];
  });
  after(() => database.drop());

  async function begin(): Promise<void> {
    await ClinicCourse.clear(sql);
    await sql`update clinics set public_names = 'ticket'`;
    for (const clinic of clinics) await clinic.begin(sql);
  }

  async function perform(on: Sql, clinic: ClinicCourse, step: Step): Promise<void> {
    switch (step.kind) {
      case "setting":
        return void (await on`update clinics set public_names = ${step.shown} where id = ${clinic.clinicId}`);
      case "erase":
        return void (await on`
          select erase_patient(clinic_id, id, null) from patients
          where (clinic_id, phone) = (${clinic.clinicId}, ${`100000000${step.phone}`})
        `);
      case "forgetDay":
        return void (await on`
          delete from doctor_days section where (clinic_id, date) = (${clinic.clinicId}, ${dates[step.date] ?? ""})
            and not exists (
              select from appointments a
              where (a.clinic_id, a.date, a.doctor_id) = (section.clinic_id, section.date, section.doctor_id)
            )
        `);
      default:
        return clinic.perform(on, step satisfies Operation);
    }
  }

  /** All that the frames of a clinic's dates are made of, for each audience. */
  async function stateOf(on: Sql, { clinicId }: ClinicCourse) {
    const state = [];
    for (const date of dates) {
      for (const audience of ["staff", "public", "patient"] as const) {
        state.push(await readQueueChanges(on, { clinicId, date }, audience, 0));
      }
    }
    return state;
  }

  it(`never change each other: frames, revisions, epochs, tickets and positions stay (seed ${seed})`, async () => {
    const either = fc.array(fc.record({ index: fc.nat(1), step }), howMany);
    await fc.assert(
      fc.asyncProperty(either, async (course) => {
        await begin();
        const states = [await stateOf(sql, clinics[0]), await stateOf(sql, clinics[1])];
        for (const { index, step } of course) {
          await perform(sql, index === 0 ? clinics[0] : clinics[1], step);
          states[index] = await stateOf(sql, index === 0 ? clinics[0] : clinics[1]);
          const other = 1 - index;
          expect(await stateOf(sql, other === 0 ? clinics[0] : clinics[1])).to.deep.equal(states[other]);
        }
      }),
      { numRuns: runs, seed },
    );
  });

  it(`go the same way side by side as each alone (seed ${seed})`, async () => {
    /** What the clinic showed after each step, without what differs each time. */
    async function courseOf(on: Sql, clinic: ClinicCourse, steps: Step[]): Promise<string[]> {
      const epochs: string[] = [];
      const course: string[] = [];
      for (const step of steps) {
        await perform(on, clinic, step);
        const state = (await stateOf(on, clinic)).map(({ epoch, revision, parts }) => {
          if (!epochs.includes(epoch)) epochs.push(epoch);
          const texts = parts.map(({ json, doctorName, revision, appointmentCount }) =>
            [doctorName, revision, appointmentCount, json ?? "-"]
              .join(" ")
              .replaceAll(anyId, "id")
              .replaceAll(anyTime, "time"),
          );
          return { epoch: epochs.indexOf(epoch), revision, parts: texts.toSorted() };
        });
        course.push(JSON.stringify({ step, state }));
      }
      return course;
    }
    await fc.assert(
      // Mostly the same in both, because that is where they could meet.
      fc.asyncProperty(fc.array(step, howMany), fc.array(step, { maxLength: 5 }), async (first, more) => {
        const second = [...more, ...first];
        const [left, right] = [connections[0] ?? sql, connections[1] ?? sql];
        await begin();
        const alone = [await courseOf(left, clinics[0], first)];
        await begin();
        alone.push(await courseOf(right, clinics[1], second));
        await begin();
        const together = await Promise.all([courseOf(left, clinics[0], first), courseOf(right, clinics[1], second)]);

        expect(together).to.deep.equal(alone);
      }),
      { numRuns: runs, seed },
    );
  });
});

const anyId = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;
const anyTime = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
