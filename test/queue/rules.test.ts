import { expect } from "chai";
import type { Sql } from "../../db/database.ts";
import { setDoctorDay } from "../../db/queries/doctor-days.ts";
import { erasePatient, mergePatient } from "../../db/queries/patients.ts";
import { addTask } from "../../db/queries/tasks.ts";
import { closeDays } from "../../db/queries/transitions.ts";
import { daysFromNow } from "../support/clinic.ts";
import { countWaiting } from "../support/count-waiting.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { SqlCalls, type Result } from "./calls.ts";
import type { Caller, Request } from "./model.ts";
import { QueueClinic, staff } from "./queue-clinic.ts";
import { readState, type EntryRow, type StepRow } from "./state.ts";

const desk: Caller = { kind: "S", sub: "desk", doctor: null, patient: null };

describe("in the queue", () => {
  let database: TestDatabase;
  let sql: Sql;
  let clinic: QueueClinic;
  let calls: SqlCalls;
  before(async () => {
    database = await createDatabase();
    ({ sql } = database);
  });
  beforeEach(async () => {
    clinic = await QueueClinic.open(sql);
    calls = new SqlCalls(clinic);
  });
  after(() => database.drop());

  const [first, second, service] = [0, 1, 2];
  const doctor = (index: number): string => clinic.doctors[index] ?? "";
  const patient = (index: number): string => clinic.patients[index] ?? "";
  /** Somebody is booked with a doctor and checked in: the appointment's id. */
  async function arrive(who: number, at: number): Promise<string> {
    const { id } = await clinic.book(patient(who), doctor(at));
    await calls.checkIn(desk, id, patient(who));
    return id;
  }
  async function entry(appointment: string): Promise<EntryRow> {
    const { entries } = await readState(sql, clinic.id, clinic.date);
    return entries.find((row) => row.appointment === appointment) as EntryRow;
  }
  /** Acts on what is there now. */
  async function act(appointment: string, request: Request, caller = desk): Promise<Result> {
    const { version } = await entry(appointment);
    return calls.act(caller, appointment, caller.kind === "P" ? request : { version: version ?? 0, ...request }, null);
  }
  async function newestStep(appointment: string): Promise<StepRow> {
    const { steps } = await readState(sql, clinic.id, clinic.date);
    return steps.findLast((step) => step.appointment === appointment) as StepRow;
  }
  const undo = async (appointment: string) => calls.undo(desk, appointment, (await newestStep(appointment)).id, null);
  async function order(of: number): Promise<string[]> {
    const rows = await sql<{ appointment_id: string }[]>`
      select appointment_id from waiting_in_order(${clinic.id}, ${clinic.date}, ${doctor(of)}) order by rank
    `;
    return rows.map(({ appointment_id }) => appointment_id);
  }
  const closeDay = async () => {
    await clinic.setClock(new Date(Date.parse(`${clinic.date}T00:00:00Z`) + 25.5 * 3_600_000));
    await closeDays(sql, 100);
  };

  it("an answer to a call goes with the call that is taken back", async () => {
    const id = await arrive(0, first);
    await act(id, { action: "call" });
    const { id: called } = await newestStep(id);
    await act(id, { action: "acknowledge", answer: "coming" });

    await calls.undo(desk, id, called, null);

    expect(await entry(id)).to.include({ stage: "waiting", answer: null });
  });

  it("a move that is taken back leaves the order as it was", async () => {
    const all = [await arrive(0, first), await arrive(1, first), await arrive(2, first)];
    const turn = await entry(all[0] ?? "");
    await sql`update queue_entries set turn_at = ${new Date(turn.turnAt)} where clinic_id = ${clinic.id}`;
    const [one = "", two, three = ""] = all;
    await act(three, { action: "move", reason: "in pain", before_appointment: one });
    expect(await order(first)).to.deep.equal([three, one, two]);

    await undo(three);

    expect(await order(first)).to.deep.equal([one, two, three]);
  });

  it("whoever is brought back to a doctor does not take the slot of another walk-in", async () => {
    const walkIn = async (who: number): Promise<string> => {
      await calls.walkIn(desk, patient(who), doctor(first), 0, null);
      const { entries } = await readState(sql, clinic.id, clinic.date);
      return entries.find((row) => row.patient === patient(who))?.appointment ?? "";
    };
    const sentAway = await walkIn(0);
    await act(sentAway, { action: "transfer", doctor_id: doctor(second) });
    const newcomer = await walkIn(1);
    const [held, freed] = [await entry(newcomer), await entry(sentAway)];

    const undone = await undo(sentAway);

    expect(freed.slot, "the number with the other doctor").to.equal(held.slot);
    expect(undone.done, JSON.stringify(undone)).to.equal(true);
    expect((await entry(sentAway)).slot).to.equal(held.slot + 1);
  });

  it("whoever was called by mistake finds the old place, though others were moved meanwhile", async () => {
    const all = [await arrive(0, first), await arrive(1, first), await arrive(2, first)];
    const turn = await entry(all[0] ?? "");
    await sql`update queue_entries set turn_at = ${new Date(turn.turnAt)} where clinic_id = ${clinic.id}`;
    const [one = "", two = "", three = ""] = all;
    await act(two, { action: "call", reason: "mistaken" });
    await act(three, { action: "move", reason: "in pain", before_appointment: one });

    await act(two, { action: "requeue" });

    expect(await order(first)).to.deep.equal([three, one, two]);
  });

  it("staff may serve somebody late who was to come back to another doctor", async () => {
    const id = await arrive(0, first);
    await act(id, { action: "transfer", doctor_id: doctor(second), return: true });
    await closeDay();

    const served = await act(id, { action: "serve" });

    expect(served).to.include({ done: true });
    expect(await entry(id)).to.include({ stage: "served", status: "completed", doctor: doctor(second) });
  });

  it("a doctor who called somebody and sent them away has called, and whom they were sent to has not", async () => {
    const [called, left, judged] = [await arrive(0, first), await arrive(1, second), await arrive(2, first)];
    await act(called, { action: "start" });
    await act(called, { action: "transfer", doctor_id: doctor(second) });

    await closeDay();

    expect([(await entry(judged)).stage, (await entry(left)).stage]).to.deep.equal(["left", "waiting"]);
  });

  it("a call that was taken back judges nobody", async () => {
    const id = await arrive(0, first);
    await act(id, { action: "call" });
    await undo(id);

    await closeDay();

    expect(await entry(id)).to.include({ stage: "waiting", outcome: null });
  });

  it("what is there already is repeated, whatever was done since", async () => {
    const id = await arrive(0, first);
    const again = async (request: Request) => {
      expect(await act(id, request)).to.include({ done: true, repeated: false });
      await act(id, { action: "prioritise", priority: (await entry(id)).priority === 0 ? 1 : 0, reason: "in pain" });
      const before = await entry(id);
      expect(await calls.act(desk, id, { ...request, version: 0 }, null)).to.include({ done: true, repeated: true });
      expect(await entry(id)).to.deep.equal(before);
    };

    await again({ action: "call" });
    await again({ action: "start" });
    await again({ action: "hold" });
  });

  it("nobody is called to a second room of one service", async () => {
    await clinic.book(patient(0), doctor(service));
    await sql`select book_appointment(${clinic.id}, ${patient(0)}, ${doctor(service)}, ${clinic.date}, null, null)`;
    const { entries } = await readState(sql, clinic.id, clinic.date);
    for (const { appointment } of entries) await calls.checkIn(desk, appointment, patient(0));
    const next = (room: number) =>
      calls.next(desk, doctor(service), { after: null, room_id: clinic.rooms[room] ?? "" }, null);

    const [one, two] = [await next(1), await next(2)];

    expect(one).to.have.property("appointment").that.is.a("string");
    expect(two).to.include({ done: true, appointment: null });
  });

  it("a second click on next is answered as the first, though the doctor has gone meanwhile", async () => {
    const id = await arrive(0, first);
    const next = () => calls.next(desk, doctor(first), { after: null }, null);
    await next();
    await setDoctorDay(
      sql,
      clinic.id,
      { doctorId: doctor(first), date: clinic.date, changes: { state: "finished" } },
      staff,
    );

    expect(await next()).to.include({ done: true, repeated: true, appointment: id });
  });

  it("a doctor reads the ticket alone of another's patient who has the room", async () => {
    const [theirs, own] = [await arrive(0, first), await arrive(1, second)];
    const [room = ""] = clinic.rooms;
    await act(theirs, { action: "call", room_id: room });
    const { ticket } = await entry(theirs);
    const detailFor = async (role: string) => {
      const request = { action: "call", version: 1, room_id: room };
      const asking = sql`select act_in_queue(${clinic.id}, ${own}, ${sql.json(request)}, ${sql.json({ ...staff, role })})`;
      const error = await asking.then(
        () => undefined,
        (error: unknown) => error as { code: string; detail: string },
      );
      expect(error?.code).to.equal("CQ018");
      return JSON.parse(error?.detail ?? "") as object;
    };

    expect(await detailFor("doctor")).to.deep.equal({ ticket });
    expect(await detailFor("staff")).to.deep.equal({ ticket, room: "1", appointment_id: theirs, stage: "called" });
  });

  it("an undo whose place is taken says by whom, and offers the way back", async () => {
    const [one, two] = [await arrive(0, first), await arrive(1, first)];
    await act(one, { action: "call" });
    await act(one, { action: "skip" });
    const { id: skip } = await newestStep(one);
    await act(two, { action: "call" });

    const asking = sql`select undo_transition(${clinic.id}, ${one}, ${skip}, ${sql.json(staff)})`;
    const error = await asking.catch((error: unknown) => error as { code: string; detail: string });

    expect(error).to.include({ code: "CQ018" });
    const { ticket } = await entry(two);
    expect(JSON.parse((error as { detail: string }).detail)).to.deep.include({ ticket, actions: ["requeue"] });
  });

  it("erasing somebody clears a reason also where it stands in what was before", async () => {
    const id = await arrive(0, first);
    await act(id, { action: "hold", reason: "outside, in tears" });
    await act(id, { action: "resume" });

    await erasePatient(sql, clinic.id, patient(0), staff);

    const [{ text }] = await sql<[{ text: string }]>`
      select string_agg(t::text, '') as text from transitions t where appointment_id = ${id}
    `;
    expect(text).not.to.include("tears");
  });

  /** Somebody holds an earlier date; another call must wait for it before it holds a later one. */
  async function expectOrder(change: () => PromiseLike<unknown>, [early, late]: [string, string]): Promise<void> {
    let free: object[] = [];
    let changing: PromiseLike<unknown> | undefined;
    await sql.begin(async (holder) => {
      await holder`select lock_day(${clinic.id}, ${early})`;
      changing = Promise.resolve(change());
      await eventually(async () => expect(await countWaiting(sql, "test")).to.equal(1));
      free = await sql`
        select from clinic_days where (clinic_id, date) = (${clinic.id}, ${late}) for update skip locked
      `;
    });
    await changing;
    expect(free, "the later date is free meanwhile").to.have.length(1);
  }

  it("merging locks the dates of both patients in one order", async () => {
    const [today, tomorrow] = [daysFromNow(0), daysFromNow(1)];
    await sql`select book_appointment(${clinic.id}, ${patient(0)}, ${doctor(first)}, ${tomorrow}, null, null)`;
    await sql`select book_appointment(${clinic.id}, ${patient(1)}, ${doctor(first)}, ${today}, null, null)`;

    await expectOrder(() => mergePatient(sql, clinic.id, patient(0), patient(1), staff), [today, tomorrow]);
  });

  it("erasing locks the dates of tasks in the order of the others", async () => {
    const [today, tomorrow] = [daysFromNow(0), daysFromNow(1)];
    await sql`select book_appointment(${clinic.id}, ${patient(0)}, ${doctor(first)}, ${tomorrow}, null, null)`;
    const task = { kind: "other", text: "Telephone", date: today, patient_id: patient(0) } as const;
    await addTask(sql, clinic.id, task, { actor: staff, doctorId: null, key: null });

    await expectOrder(() => erasePatient(sql, clinic.id, patient(0), staff), [today, tomorrow]);
  });
});
