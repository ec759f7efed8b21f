import * as fc from "fast-check";
import { Clinic } from "../support/clinic.ts";
import { cases, seed } from "../support/seed.ts";
import { RestCalls, SqlCalls } from "./calls.ts";
import { Course, happenings } from "./course.ts";
import { QueueClinic } from "./queue-clinic.ts";

const days = cases(27);
const steps = 75;

describe("the queue", function () {
  this.timeout(cases(240_000));
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.openWithSignIn();
  });
  after(() => clinic.close());

  async function check(numRuns: number, callsOf: (one: QueueClinic) => SqlCalls | RestCalls): Promise<void> {
    const order = fc.constantFrom("appointment", "arrival");
    await fc.assert(
      fc.asyncProperty(order, happenings(steps), async (order, course) => {
        const one = await QueueClinic.open(clinic.sql, order);
        await new Course(one, callsOf(one), order).run(course);
      }),
      { numRuns, seed, includeErrorInReport: true, interruptAfterTimeLimit: cases(60_000) },
    );
  }

  it(`is as the model says after each of ${days * steps} steps (seed ${seed})`, async () => {
    await check(days, (one) => new SqlCalls(one));
  });

  it(`is as the model says through REST (seed ${seed})`, async () => {
    await check(cases(1, 2), (one) => new RestCalls(one, clinic.api.address));
  });
});
