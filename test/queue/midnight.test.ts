import { expect } from "chai";
import type { Sql } from "../../db/database.ts";
import { readQueueChanges, type Audience } from "../../db/queries/queue-changes.ts";
import { closeDays } from "../../db/queries/transitions.ts";
import { createDatabase, openSql, type TestDatabase } from "../support/database.ts";
import { SqlCalls, type Result } from "./calls.ts";
import type { Caller, Request } from "./model.ts";
import { QueueClinic } from "./queue-clinic.ts";
import { readState, type EntryRow, type State } from "./state.ts";

const desk: Caller = { kind: "S", sub: "desk", doctor: null, patient: null };

describe("a day of the queue", () => {
  let database: TestDatabase;
  let sql: Sql;
  let clinic: QueueClinic;
  let calls: SqlCalls;
  let doctor: string;
  before(async () => {
    database = await createDatabase();
    ({ sql } = database);
  });
  beforeEach(async () => {
    // What other clinics of this database have to close is not this test's.
    await sql`update clinic_days set closed_at = now() where closed_at is null`;
    clinic = await QueueClinic.open(sql);
    calls = new SqlCalls(clinic);
    [doctor = ""] = clinic.doctors;
  });
  after(() => database.drop());

  /** So many hours after the date began by the calendar. */
  const at = (hours: number): Date => new Date(Date.parse(`${clinic.date}T00:00:00Z`) + hours * 3_600_000);
  const close = async (on = sql): Promise<number> => (await closeDays(on, 100))[0].closed;
  const state = (): Promise<State> => readState(sql, clinic.id, clinic.date);
  const entryOf = async (id: string) =>
    (await state()).entries.find(({ appointment }) => appointment === id) as EntryRow;
  const patient = (index: number): string => clinic.patients[index] ?? "";
  async function arrive(who: number, with_ = doctor): Promise<string> {
    const { id } = await clinic.book(patient(who), with_);
    expect(await calls.checkIn(desk, id, patient(who))).to.include({ done: true });
    return id;
  }
  async function act(id: string, request: Request): Promise<Result> {
    return calls.act(desk, id, { version: (await entryOf(id)).version ?? 0, ...request }, null);
  }
  const startDayAt = (time: string) => sql`update clinics set day_starts_at = ${time} where id = ${clinic.id}`;

  it("lasts until the hour at which the clinic's days begin", async () => {
    await startDayAt("04:00");
    const [early, late] = [await clinic.book(patient(0), doctor), await clinic.book(patient(1), doctor, { hour: 2 })];
    expect(late.startsAt).to.equal(at(26).getTime());

    await clinic.setClock(at(27.98));
    const inTime = await calls.checkIn(desk, early.id, patient(0));
    await clinic.setClock(at(28));
    const tooLate = await calls.checkIn(desk, late.id, patient(1));

    expect(inTime).to.include({ done: true });
    expect(tooLate).to.deep.equal({ done: false, refused: "InvalidDate" });
  });

  it("stays open for an hour after its end", async () => {
    await startDayAt("04:00");
    const id = await arrive(0);
    await clinic.setClock(at(28.5));

    expect(await act(id, { action: "call" })).to.include({ done: true });
    await clinic.setClock(at(28.98));
    expect(await close()).to.equal(0);
    await clinic.setClock(at(29.02));
    expect(await close()).to.equal(1);

    expect(await entryOf(id)).to.include({ stage: "left" });
    expect(await act(id, { action: "requeue" })).to.deep.equal({ done: false, refused: "InvalidDate" });
  });

  it("ends for each as the stage says", async () => {
    const [waiting, called, consulting, held, skipped, served] = [
      await arrive(0),
      await arrive(1),
      await arrive(2),
      await arrive(3),
      await arrive(4),
      await arrive(5),
    ];
    const booked = await clinic.book(patient(6), doctor);
    const [room = "", other = "", third = ""] = clinic.rooms;
    await act(skipped, { action: "call", reason: "test", room_id: third });
    await act(skipped, { action: "skip" });
    await act(served, { action: "call", reason: "test", room_id: third });
    await act(served, { action: "serve" });
    await act(held, { action: "hold" });
    await act(consulting, { action: "start", room_id: room });
    await act(called, { action: "call", reason: "test", room_id: other });

    await clinic.setClock(at(25.1));
    await close();

    const ends = new Map((await state()).entries.map(({ appointment, ...row }) => [appointment, row]));
    const endOf = (id: string) => {
      const { stage, status, outcome, consultedS } = ends.get(id) as EntryRow;
      return [stage, status, outcome, consultedS];
    };
    expect(endOf(waiting)).to.deep.equal(["left", "checked_in", "left", 0]);
    expect(endOf(called)).to.deep.equal(["left", "checked_in", "left", 0]);
    expect(endOf(held)).to.deep.equal(["left", "checked_in", "left", 0]);
    expect(endOf(consulting)).to.deep.equal(["served", "completed", "served", 0]);
    expect(endOf(skipped)).to.deep.equal(["no_show", "checked_in", "no_show", 0]);
    expect(endOf(served)).to.deep.equal(["served", "completed", "served", 0]);
    expect(endOf(booked.id)).to.deep.equal([null, "booked", "no_show", null]);
    expect((await state()).places.map(({ appointment }) => appointment)).to.deep.equal([null, null, null]);
  });

  it("is closed when the clinic is back after days, once", async () => {
    const id = await arrive(0);
    await act(id, { action: "call" });
    await clinic.setClock(at(24 * 4));

    expect(await close()).to.equal(1);
    const closed = await state();
    expect(await close()).to.equal(0);

    expect(await state()).to.deep.equal(closed);
    expect(await entryOf(id)).to.include({ stage: "left" });
  });

  it("is closed by one of two who come at once", async () => {
    const id = await arrive(0);
    await act(id, { action: "call" });
    await clinic.setClock(at(25.1));
    await using other = await openSql(database.url, 1);

    const found = await sql.begin(async (first) => [
      await close(first as unknown as Sql),
      // Does not wait, or nobody would answer.
      await close(other),
    ]);

    expect(found).to.deep.equal([1, 0]);
    expect((await state()).steps.filter(({ action }) => action === "close")).to.have.length(1);
  });

  it("lets staff serve somebody for seven days after", async () => {
    const [one, two] = [await arrive(0), await arrive(1)];
    await act(one, { action: "call" });
    await clinic.setClock(at(7 * 24 + 23));
    await close();

    expect(await act(one, { action: "serve" })).to.include({ done: true });
    await clinic.setClock(at(8 * 24 + 1));
    expect(await act(two, { action: "serve" })).to.deep.equal({ done: false, refused: "InvalidDate" });
    expect(await entryOf(one)).to.include({ stage: "served", status: "completed" });
  });

  it("changes nothing over midnight and closing where people only check in", async () => {
    await arrive(0);
    await arrive(1);
    await arrive(2, clinic.doctors[1]);
    await clinic.book(patient(3), doctor);
    const texts = async () => {
      const audiences: Audience[] = ["staff", "public", "patient"];
      const views = audiences.map(async (audience) => {
        const day = { clinicId: clinic.id, date: clinic.date };
        const { parts } = await readQueueChanges(sql, day, audience, 0);
        return parts.map(({ doctorId, reader, json }) => `${doctorId} ${reader} ${json}`).toSorted();
      });
      return Promise.all(views);
    };
    const before = await texts();
    const rows = await state();

    await clinic.setClock(at(24.01));
    expect(await texts()).to.deep.equal(before);
    await clinic.setClock(at(26));
    expect(await close()).to.equal(1);

    expect(await texts()).to.deep.equal(before);
    expect(await state()).to.deep.equal(rows);
  });

  it("judges nobody on a date from before the release that can call", async () => {
    await sql`update clinics set calls_since = ${clinic.date}::date + 1 where id = ${clinic.id}`;
    const id = await arrive(0);
    await act(id, { action: "start" });
    await clinic.setClock(at(26));

    await close();

    expect(await entryOf(id)).to.include({ stage: "in_consultation", outcome: null });
  });
});
