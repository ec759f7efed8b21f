import { expect } from "chai";
import * as fc from "fast-check";
import type { Sql } from "../../db/database.ts";
import { readQueueChanges } from "../../db/queries/queue-changes.ts";
import { ClinicCourse, dates, operation } from "../support/clinic-course.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { cases, seed } from "../support/seed.ts";
import { clinicId } from "../support/default-clinic.ts";

const runs = cases(20, 40);

describe("for any course of changes", function () {
  this.timeout(cases(120_000));
  const course = new ClinicCourse(clinicId);
  let database: TestDatabase;
  let sql: Sql;
  let connections: Sql[];

  before(async () => {
    database = await createDatabase();
    ({ sql } = database);
    connections = await database.openEach(3);
  });
  after(() => database.drop());

  async function begin(): Promise<void> {
    await ClinicCourse.clear(sql);
    await course.begin(sql);
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
          await course.perform(sql, step);
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
          await Promise.all(batch.map((step, index) => course.perform(connections[index] ?? sql, step)));
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
