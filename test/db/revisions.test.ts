import { expect } from "chai";
import type { Sql } from "../../db/database.ts";
import { readQueueChanges } from "../../db/queries/queue-changes.ts";
import { everything } from "../../realtime/feeds/part-filter.ts";
import { QueueState } from "../../realtime/feeds/queue-state.ts";
import { daysFromNow, nextDay, someDay } from "../support/clinic.ts";
import { ClinicCourse } from "../support/clinic-course.ts";
import { countWaiting } from "../support/count-waiting.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { clinicId } from "../support/default-clinic.ts";

describe("revisions", () => {
  let database: TestDatabase;
  let sql: Sql;
  before(async () => {
    database = await createDatabase();
    ({ sql } = database);
  });
  beforeEach(() => ClinicCourse.clear(sql));
  after(() => database.drop());

  let made = 0;
  async function addDoctor(): Promise<string> {
    const [doctor] = await sql<[{ id: string }]>`
      insert into doctors (name, code) values ('Dr. Who', ${`D${made++}`}) returning id
    `;
    return doctor.id;
  }
  async function addPatient(): Promise<string> {
    const [patient] = await sql<[{ id: string }]>`
      insert into patients (name, phone) values ('Pat', ${String(1e9 + made++)}) returning id
    `;
    return patient.id;
  }
  /** A room of an area, and a doctor in it. */
  async function addRoom(doctor?: string): Promise<{ room: string; area: string }> {
    const [made] = await sql<[{ room: string; area: string }]>`
      with area as (insert into areas (name) values ('Hall') returning id)
      insert into rooms (name, area_id) select '1', id from area returning id as room, area_id as area
    `;
    if (doctor !== undefined) await sql`update doctors set room_id = ${made.room} where id = ${doctor}`;
    return made;
  }
  const book = async (on: Sql, patient: string, doctor: string, date: string): Promise<string> => {
    const [appointment] = await on<[{ id: string }]>`
      select id from book_appointment(${clinicId}, ${patient}, ${doctor}, ${date}, null, null)
    `;
    return appointment.id;
  };
  const revisionOf = async (date: string): Promise<number> =>
    (await readQueueChanges(sql, { clinicId, date: date }, "staff", 0)).revision;

  it("grow by one a transaction and date, however many statements it has", async () => {
    const [doctor, patient] = await Promise.all([addDoctor(), addPatient()]);

    await sql.begin(async (transaction) => {
      const on = transaction as unknown as Sql;
      await book(on, patient, doctor, someDay);
      await book(on, patient, doctor, someDay);
      await book(on, patient, doctor, nextDay);
      await transaction`update patients set name = 'Pet' where id = ${patient}`;
    });

    expect([await revisionOf(someDay), await revisionOf(nextDay)]).to.deep.equal([1, 1]);
  });

  describe("grow, and are announced, with what is written in SQL past our functions:", () => {
    const writes: Record<string, (appointment: string, other: string) => PromiseLike<unknown>> = {
      "an entry of a queue is added": (_, other) => sql`
        insert into queue_entries (appointment_id, doctor_id, date, position)
        select id, doctor_id, date, 2 from appointments where id = ${other}
      `,
      "an entry is served": (appointment) => sql`
        update queue_entries set stage = 'served' where appointment_id = ${appointment}
      `,
      "an entry is taken out": (appointment) => sql`delete from queue_entries where appointment_id = ${appointment}`,
      "an appointment is added": (appointment) => sql`
        insert into appointments (patient_id, doctor_id, date, slot)
        select patient_id, doctor_id, date, 9 from appointments where id = ${appointment}
      `,
      "an appointment is completed": (appointment) => sql`
        update appointments set status = 'completed' where id = ${appointment}
      `,
      "an appointment is deleted": (_, other) => sql`delete from appointments where id = ${other}`,
      "a doctor has another specialty": () => sql`update doctors set specialty = 'Eyes'`,
      "a doctor has another code": () => sql`update doctors set code = 'NEW'`,
      "a patient has another phone": () => sql`update patients set phone = '5550000000'`,
      "a patient is older": () => sql`update patients set age = 90`,
      "a patient has another gender": () => sql`update patients set gender = 'other'`,
      "a doctor leaves the room": () => sql`update doctors set room_id = null`,
      "a doctor has an area of their own": () =>
        sql`with area as (insert into areas (name) values ('Floor') returning id) update doctors set area_id = area.id from area`,
      "a room has another name": () => sql`update rooms set name = '2'`,
      "a room has no area any more": () => sql`update rooms set area_id = null`,
      "an area has another name": () => sql`update areas set name = 'Lobby'`,
      "a doctor goes": () => sql`update doctor_days set state = 'absent'`,
    };

    for (const [what, write] of Object.entries(writes)) {
      it(what, async () => {
        const [doctor, patient] = await Promise.all([addDoctor(), addPatient()]);
        await addRoom(doctor);
        const appointment = await book(sql, patient, doctor, someDay);
        const other = await book(sql, patient, doctor, someDay);
        await sql`
          insert into queue_entries (appointment_id, doctor_id, date, position)
          values (${appointment}, ${doctor}, ${someDay}, 1)
        `;
        const before = await readQueueChanges(sql, { clinicId, date: someDay }, "staff", 0);
        const heard: unknown[] = [];
        const listening = await sql.listen("queue_changed", (payload) => heard.push(JSON.parse(payload)));

        await write(appointment, other);

        const { revision, parts } = await readQueueChanges(sql, { clinicId, date: someDay }, "staff", before.revision);
        expect(revision).to.equal(before.revision + 1);
        expect(parts.map(({ doctorId }) => doctorId)).to.deep.equal([doctor]);
        expect(parts[0]?.json).not.to.equal(before.parts[0]?.json);
        await eventually(() => expect(heard).to.deep.equal([{ clinic: clinicId, date: someDay, revision }]));
        await listening.unlisten();
      });
    }
  });

  it("do not grow when a transaction is rolled back, or changes nothing that shows", async () => {
    const [doctor, patient] = await Promise.all([addDoctor(), addPatient()]);
    await book(sql, patient, doctor, someDay);

    await sql
      .begin(async (transaction) => {
        await book(transaction as unknown as Sql, patient, doctor, someDay);
        throw new Error("never mind");
      })
      .catch(() => {});
    await sql`update patients set email = 'p@example.org', name = name where id = ${patient}`;
    await sql`update doctor_days set notes = 'back at noon', capacity = 7 where doctor_id = ${doctor}`;
    await sql`update doctors set name = 'Dr. Idle' where id = ${await addDoctor()}`;
    const idle = await addRoom(await addDoctor());
    await sql`update rooms set name = 'Idle', area_id = null where id = ${idle.room}`;
    await sql`update areas set name = 'Idle' where id = ${idle.area}`;
    await sql`update doctors set kind = 'service', retired_at = now() where id = ${doctor}`;

    expect(await revisionOf(someDay)).to.equal(1);
  });

  it("are 1 to n, without a gap, and announced in that order, under concurrent writers", async () => {
    const doctors = await Promise.all(Array.from({ length: 10 }, addDoctor));
    const patient = await addPatient();
    const heard: number[] = [];
    const listening = await sql.listen("queue_changed", (payload) => {
      heard.push((JSON.parse(payload) as { revision: number }).revision);
    });

    await Promise.all(
      doctors.flatMap((doctor) => Array.from({ length: 10 }, () => book(sql, patient, doctor, someDay))),
    );
    await sql.notify("queue_changed", '{"revision":0}');

    const expected = Array.from({ length: 100 }, (_, n) => n + 1);
    while (heard.at(-1) !== 0) await new Promise(setImmediate);
    expect(heard).to.deep.equal([...expected, 0]);
    await listening.unlisten();
  });

  it("touch both dates when an appointment moves, and opposite moves do not deadlock", async () => {
    const [doctor, patient] = await Promise.all([addDoctor(), addPatient()]);
    const here = await book(sql, patient, doctor, someDay);
    const there = await book(sql, patient, doctor, nextDay);

    for (let round = 1; round <= 20; round++) {
      const [first, second] = round % 2 ? [someDay, nextDay] : [nextDay, someDay];
      await Promise.all([
        sql`update appointments set date = ${second}, slot = ${10 + round} where id = ${here}`,
        sql`update appointments set date = ${first}, slot = ${40 + round} where id = ${there}`,
      ]);
    }

    expect([await revisionOf(someDay), await revisionOf(nextDay)]).to.deep.equal([41, 41]);
  });

  it("lock days in date order, so that two who touch several never wait for each other", async () => {
    const [doctor, patient] = await Promise.all([addDoctor(), addPatient()]);
    const dates = Array.from({ length: 6 }, (_, n) => daysFromNow(60 + n));
    for (const date of dates) await book(sql, patient, doctor, date);
    const heldDate = dates[3] ?? "";

    let renamed: Promise<unknown> = Promise.resolve();
    await sql.begin(async (holder) => {
      await holder`select lock_day(${clinicId}, ${heldDate})`;
      renamed = sql`update patients set name = 'Pet' where id = ${patient}`.execute();
      await eventually(async () => expect(await countWaiting(sql, "test")).to.equal(1));
      const free = await sql`select date from clinic_days where date >= ${dates[0] ?? ""} for update skip locked`;
      expect(free.map(({ date }) => date as string)).to.have.members(dates.slice(4));
    });
    await renamed;
  });

  it("tell that a doctor who was away is back", async () => {
    const [doctor, patient] = await Promise.all([addDoctor(), addPatient()]);
    await book(sql, patient, doctor, someDay);
    await sql`select set_availability(${clinicId}, ${doctor}, ${someDay}, false, null, null)`;
    const away = await revisionOf(someDay);

    await sql`select set_availability(${clinicId}, ${doctor}, ${someDay}, true, null, null)`;

    expect(await revisionOf(someDay)).to.equal(away + 1);
  });

  it("bear the time of their change", async () => {
    const [doctor, patient] = await Promise.all([addDoctor(), addPatient()]);
    await book(sql, patient, doctor, someDay);
    await sql`update clinic_days set changed_at = '2020-01-01'`;

    await book(sql, patient, doctor, someDay);

    const { changedAt } = await readQueueChanges(sql, { clinicId, date: someDay }, "staff", 0);
    expect(Number(changedAt)).to.be.closeTo(Date.now(), 60_000);
  });

  it("tell which sections changed since one of them, and which were removed", async () => {
    const [one, two, patient] = [await addDoctor(), await addDoctor(), await addPatient()];
    await book(sql, patient, one, someDay);
    const appointment = await book(sql, patient, two, someDay);
    const changedSince = async (since: number) =>
      (await readQueueChanges(sql, { clinicId, date: someDay }, "staff", since)).parts.map(({ doctorId, json }) => [
        doctorId,
        json !== null,
      ]);

    expect(await changedSince(0)).to.have.deep.members([
      [one, true],
      [two, true],
    ]);
    expect(await changedSince(1)).to.deep.equal([[two, true]]);
    expect(await changedSince(2)).to.deep.equal([]);
    await sql`update appointments set status = 'cancelled' where id = ${appointment}`;
    expect(await changedSince(2)).to.deep.equal([[two, false]]);
    expect(await changedSince(0)).to.have.deep.members([
      [one, true],
      [two, false],
    ]);
    await sql`delete from appointments where id = ${appointment}`;
    expect(await revisionOf(someDay)).to.equal(4);
  });

  describe("tell of a new name whatever is written beside it:", () => {
    const renames = {
      "a patient": (on: Sql, { patient }: Ids) => on`update patients set name = 'Renamed' where id = ${patient}`,
      "a doctor": (on: Sql, { other }: Ids) => on`update doctors set name = 'Renamed' where id = ${other}`,
      "a room": (on: Sql, { room }: Ids) => on`update rooms set name = 'Renamed' where id = ${room}`,
      "an area": (on: Sql, { area }: Ids) => on`update areas set name = 'Renamed' where id = ${area}`,
    };
    const writes = {
      "an appointment is booked": (on: Sql, { patient, other }: Ids) => book(on, patient, other, someDay),
      "one is added in SQL": (on: Sql, { patient, other }: Ids) =>
        on`insert into appointments (patient_id, doctor_id, date, slot) values (${patient}, ${other}, ${someDay}, 8)`,
      "one moves to another doctor": (on: Sql, { other, appointment }: Ids) =>
        on`update appointments set doctor_id = ${other}, slot = 7 where id = ${appointment}`,
      "one moves to another date": (on: Sql, { other, elsewhere }: Ids) =>
        on`update appointments set doctor_id = ${other}, date = ${someDay} where id = ${elsewhere}`,
      "one is not cancelled after all": (on: Sql, { cancelled }: Ids) =>
        on`update appointments set status = 'booked' where id = ${cancelled}`,
      "one is another patient's": (on: Sql, { patient, strangers }: Ids) =>
        on`update appointments set patient_id = ${patient} where id = ${strangers}`,
      "a doctor moves into the room": (on: Sql, { doctor, room }: Ids) =>
        on`update doctors set room_id = ${room} where id = ${doctor}`,
      "another room becomes one of the area": (on: Sql, { elsewhereRoom, area }: Ids) =>
        on`update rooms set area_id = ${area} where id = ${elsewhereRoom}`,
    };
    interface Ids {
      doctor: string;
      room: string;
      elsewhereRoom: string;
      area: string;
      patient: string;
      other: string;
      appointment: string;
      elsewhere: string;
      cancelled: string;
      strangers: string;
    }

    async function arrange(): Promise<Ids> {
      const [doctor, other, patient, stranger] = await Promise.all([
        addDoctor(),
        addDoctor(),
        addPatient(),
        addPatient(),
      ]);
      const { room, area } = await addRoom(other);
      const [{ id: elsewhereRoom }] = await sql<[{ id: string }]>`
        insert into rooms (name) values ('Elsewhere') returning id
      `;
      await sql`update doctors set room_id = ${elsewhereRoom} where id = ${doctor}`;
      const appointment = await book(sql, patient, doctor, someDay);
      const elsewhere = await book(sql, patient, doctor, nextDay);
      const cancelled = await book(sql, patient, other, someDay);
      await sql`update appointments set status = 'cancelled' where id = ${cancelled}`;
      const strangers = await book(sql, stranger, doctor, someDay);
      return { doctor, patient, other, room, elsewhereRoom, area, appointment, elsewhere, cancelled, strangers };
    }

    for (const [who, rename] of Object.entries(renames)) {
      for (const [what, write] of Object.entries(writes)) {
        it(`${who} is renamed while ${what}`, async () => {
          const ids = await arrange();
          const [writer, renamer] = await Promise.all([sql.reserve(), sql.reserve()]);
          const state = new QueueState(someDay);
          const read = async (): Promise<void> =>
            state.apply(await readQueueChanges(sql, { clinicId, date: someDay }, "staff", state.revision));

          await writer`begin`;
          await write(writer, ids);
          await renamer`begin`;
          let isRenamed = false;
          const renamed = rename(renamer, ids).then(() => (isRenamed = true));
          await eventually(async () => {
            const [row] = await sql<[{ waiting: boolean }]>`
              select exists (
                select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
              ) as waiting
            `;
            expect(isRenamed || row.waiting).to.equal(true);
          });
          await writer`commit`;
          await renamed;
          // Between the two commits, where a reader that was woken by the first one reads.
          await read();
          await renamer`commit`;
          await read();

          const whole = new QueueState(someDay);
          whole.apply(await readQueueChanges(sql, { clinicId, date: someDay }, "staff", 0));
          expect(textOf(state)).to.deep.equal(textOf(whole));
          writer.release();
          renamer.release();
        });
      }
    }

    const textOf = (state: QueueState): string[] => state.parts(everything).flatMap(({ json }) => json ?? []);
  });

  it("begin a new epoch in a copy of the database, and keep it otherwise", async () => {
    const epochOf = async (): Promise<string> => {
      await sql`select confirm_epoch()`;
      const [row] = await sql<[{ epoch: string }]>`select epoch from clinics`;
      return row.epoch;
    };
    const epoch = await epochOf();
    expect(await epochOf()).to.equal(epoch);

    // What pg_restore does: other tables of the same names with the same rows.
    await sql`alter table doctor_days drop constraint doctor_days_clinic_id_date_fkey`;
    await sql`alter table day_places drop constraint day_places_clinic_id_date_fkey`;
    await sql`alter table tasks drop constraint tasks_clinic_id_date_fkey`;
    await sql`create table copy (like clinic_days including all)`;
    await sql`drop table clinic_days`;
    await sql`alter table copy rename to clinic_days`;

    const renewed = await epochOf();
    expect(renewed).not.to.equal(epoch);
    expect(await epochOf()).to.equal(renewed);
  });
});
