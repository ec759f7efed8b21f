import { expect } from "chai";
import type { Sql } from "../../db/database.ts";
import { readOrder } from "../../db/queries/transitions.ts";
import { QueueClinic, staff } from "./queue-clinic.ts";

describe("why those who wait stand where they stand", () => {
  let sql: Sql;
  let clinic: QueueClinic;
  before(async () => {
    clinic = await QueueClinic.openAlone();
    ({ sql } = clinic);
  });
  after(() => clinic.close());

  const act = (id: string, request: object) =>
    sql`select act_in_queue(${clinic.id}, ${id}, ${sql.json({ ...request, reason: "test" })}, ${sql.json(staff)})`;
  /** Somebody new who waits for a doctor. */
  async function walkIn(doctor: string, name: string, more: object = {}): Promise<{ id: string; patient: string }> {
    const request = { doctor_id: doctor, patient: { name }, ...more };
    const [{ answer }] = await sql<[{ answer: { appointment: { id: string; patient_id: string } } }]>`
      select add_walk_in(${clinic.id}, ${sql.json(request)}, ${sql.json(staff)}) as answer
    `;
    return { id: answer.appointment.id, patient: answer.appointment.patient_id };
  }

  it("is told in one pass as each of them would be told when called", async () => {
    const [doctor = "", colleague = ""] = clinic.doctors;
    const all: { id: string; patient: string }[] = [];
    for (let n = 0; n < 24; n++) all.push(await walkIn(doctor, `P ${n}`, { priority: n % 5 === 0 ? 1 : 0 }));
    const [one, two, three, four] = all as [(typeof all)[0], (typeof all)[0], (typeof all)[0], (typeof all)[0]];
    const elsewhere = await walkIn(colleague, "unused", { patient_id: two?.patient, patient: undefined });
    await act(elsewhere.id, { action: "start", version: 1 });
    await act(one?.id ?? "", { action: "hold", version: 1 });
    await act(three?.id ?? "", { action: "leave", version: 1 });
    await act(four?.id ?? "", { action: "move", version: 1, after_appointment: all[8]?.id });

    const order = await readOrder(sql, clinic.id, doctor, clinic.date);

    const told = await sql<{ id: string; facts: object }[]>`
      select appointment.id, call_facts(entry, appointment) as facts
      from queue_entries entry
      join appointments appointment on appointment.id = entry.appointment_id
      join waiting_in_order(${clinic.id}, ${clinic.date}, ${doctor}) waiting on waiting.appointment_id = appointment.id
      order by waiting.rank
    `;
    expect(order.map(({ appointment_id, facts }) => ({ id: appointment_id, facts }))).to.deep.equal([...told]);
    expect(order.map(({ rank }) => rank)).to.deep.equal(told.map((_, index) => index + 1));
    const whys = new Set(order.flatMap(({ facts }) => facts.passed_over.map(({ why }) => why)));
    expect([...whys].toSorted()).to.deep.equal(["elsewhere", "on_hold", "out_of_order"]);
  });
});
