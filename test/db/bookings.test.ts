import { expect } from "chai";
import * as fc from "fast-check";
import type { Sql } from "../../db/database.ts";
import { someDay } from "../support/clinic.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { clinicId } from "../support/default-clinic.ts";

/** What happens to a doctor's day: somebody books, a slot is cancelled or completed, the capacity changes. */
const operation = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ kind: "book" as const }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom("cancelled" as const, "completed" as const), nth: fc.nat(7) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("capacity" as const), capacity: fc.nat(6) }) },
);

describe("for any course of bookings", function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let sql: Sql;
  before(async () => {
    database = await createDatabase();
    ({ sql } = database);
  });
  after(() => database.drop());

  it("a day takes as many as its capacity, each into the lowest free slot", async () => {
    const [patient] = await sql<[{ id: string }]>`
      insert into patients (name, phone) values ('Pat', '1000000000') returning id
    `;
    let doctors = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 10, maxLength: 40 }), async (steps) => {
        const [doctor] = await sql<[{ id: string }]>`
          insert into doctors (name, code) values ('Dr. Who', ${`D${doctors++}`}) returning id
        `;
        await sql`insert into clinic_days (date) values (${someDay}) on conflict do nothing`;
        await sql`insert into doctor_days (doctor_id, date, capacity) values (${doctor.id}, ${someDay}, 3)`;
        let capacity = 3;
        const slots = new Map<number, string>();

        for (const step of steps) {
          switch (step.kind) {
            case "book": {
              const booked = await sql<{ id: string; slot: number }[]>`
                select id, slot from book_appointment(${clinicId}, ${patient.id}, ${doctor.id}, ${someDay}, null, null)
              `.catch((error: { code: string }) => error.code);
              if (slots.size >= capacity) {
                expect(booked).to.equal("CQ005");
              } else {
                const free = Array.from({ length: slots.size + 1 }, (_, n) => n + 1).find((slot) => !slots.has(slot));
                const [{ id, slot }] = booked as unknown as [{ id: string; slot: number }];
                expect(slot).to.equal(free);
                slots.set(slot, id);
              }
              break;
            }
            case "capacity":
              ({ capacity } = step);
              await sql`
                update doctor_days set capacity = ${capacity} where (doctor_id, date) = (${doctor.id}, ${someDay})
              `;
              break;
            default: {
              const [slot, id] = [...slots][step.nth % slots.size] ?? [0, ""];
              if (slot === 0) break;
              await sql`update appointments set status = ${step.kind} where id = ${id}`;
              if (step.kind === "cancelled") slots.delete(slot);
            }
          }
        }
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});
