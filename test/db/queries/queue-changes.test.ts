import { expect } from "chai";
import type { Sql } from "../../../db/database.ts";
import { readQueueChanges } from "../../../db/queries/queue-changes.ts";
import type { Section } from "../../../contract/websocket/section.ts";
import { codeOf } from "../../../platform/errors.ts";
import { someDay } from "../../support/clinic.ts";
import { createDatabase, type TestDatabase } from "../../support/database.ts";
import { clinicId } from "../../support/default-clinic.ts";
import { rejection } from "../../support/rejection.ts";

describe("queue_changes()", () => {
  let database: TestDatabase;
  let sql: Sql;
  before(async () => {
    database = await createDatabase();
    ({ sql } = database);
  });
  after(() => database.drop());

  it("has appointments by slot, and counts those whose patient is there", async () => {
    const [doctor] = await sql<
      [{ id: string }]
    >`insert into doctors (name, code) values ('Dr. Who', 'D1') returning id`;
    const [patient] = await sql<[{ id: string }]>`
      insert into patients (name, phone) values ('Pat', '1234567890') returning id
    `;
    for (let n = 0; n < 4; n++)
      await sql`select book_appointment(${clinicId}, ${patient.id}, ${doctor.id}, ${someDay}, null, null)`;
    await sql`update appointments set slot = 10 - slot`;
    await sql`update appointments set status = 'checked_in' where slot = 9`;
    await sql`update appointments set status = 'completed' where slot = 8`;
    await sql`update appointments set status = 'cancelled' where slot = 7`;

    const { parts } = await readQueueChanges(sql, { clinicId, date: someDay }, "staff", 0);

    const section = JSON.parse(parts[0]?.json ?? "null") as Section;
    expect(section.appointments.map(({ slot, status }) => [slot, status])).to.deep.equal([
      [6, "booked"],
      [8, "completed"],
      [9, "checked_in"],
    ]);
    expect([section.total_appointments, section.checked_in_count]).to.deep.equal([3, 1]);
  });

  it("shows nobody a cancelled appointment", async () => {
    for (const audience of ["staff", "public", "patient"] as const) {
      const { parts } = await readQueueChanges(sql, { clinicId, date: someDay }, audience, 0);

      expect(parts.map(({ appointmentCount }) => appointmentCount)).to.deep.equal([3]);
      expect(parts[0]?.json).not.to.include("cancelled");
    }
  });

  it("reads nothing for an audience that it does not know", async () => {
    const error = await rejection(sql`select * from queue_changes(${clinicId}, ${someDay}, 0, 'everybody')`);

    expect(codeOf(error)).to.equal("20000");
  });
});
