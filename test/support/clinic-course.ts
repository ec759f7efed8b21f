import * as fc from "fast-check";
import type { Sql } from "../../db/database.ts";
import { daysFromNow } from "./clinic.ts";

const tables = [
  "queue_entries",
  "booking_requests",
  "appointments",
  "doctor_days",
  "clinic_days",
  "patients",
  "doctors",
  "rooms",
  "areas",
];

/** Date 0 is today, so that patients can check in. */
export const dates = [daysFromNow(0), daysFromNow(1), daysFromNow(2)] as const;

const shortName = fc.string({ minLength: 1, maxLength: 8, unit: "grapheme" });

/** What people and programs do to a clinic's days; the numbers choose among a few doctors, patients, dates and appointments. */
export const operation = fc.oneof(
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
      name: shortName,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("renamePatient" as const),
      patient: fc.nat(3),
      name: shortName,
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
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("moveDoctor" as const),
      doctor: fc.nat(2),
      room: fc.option(fc.nat(1)),
      area: fc.option(fc.nat(1)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("moveRoom" as const), room: fc.nat(1), area: fc.option(fc.nat(1)) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("renameRoom" as const), room: fc.nat(1), name: shortName }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("renameArea" as const), area: fc.nat(1), name: shortName }) },
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
export type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** A clinic of two areas, two rooms, three doctors and four patients, to whose days operations are done. */
export class ClinicCourse {
  readonly clinicId: string;
  #doctors: string[] = [];
  #patients: string[] = [];
  #areas: string[] = [];
  #rooms: string[] = [];

  constructor(clinicId: string) {
    this.clinicId = clinicId;
  }

  /** Empties the days of all clinics. Nobody is told, and a few rows are deleted sooner than files are replaced. */
  static async clear(sql: Sql): Promise<void> {
    await sql.begin(async (transaction) => {
      await transaction`set local session_replication_role = replica`;
      for (const table of tables) await transaction`delete from ${transaction(table)}`;
    });
  }

  /** Gives the clinic all of them: of the same names, codes and phones in every clinic. */
  async begin(sql: Sql): Promise<void> {
    const idsOf = async (rows: { id: string }[]) => rows.map(({ id }) => id);
    this.#areas = await idsOf(
      await sql`
        insert into areas (clinic_id, name) select ${this.clinicId}, 'A' || n from generate_series(0, 1) n returning id
      `,
    );
    this.#rooms = await idsOf(
      await sql`
        insert into rooms (clinic_id, name) select ${this.clinicId}, 'R' || n from generate_series(0, 1) n returning id
      `,
    );
    this.#doctors = await idsOf(
      await sql`
        insert into doctors (clinic_id, name, code)
        select ${this.clinicId}, 'Dr. ' || n, 'D' || n from generate_series(0, 2) n
        returning id
      `,
    );
    this.#patients = await idsOf(
      await sql`
        insert into patients (clinic_id, name, phone)
        select ${this.clinicId}, 'P ' || n, '100000000' || n from generate_series(0, 3) n
        returning id
      `,
    );
  }

  /** Does one operation in one transaction. One that the rules refuse changes nothing. */
  async perform(on: Sql, step: Operation): Promise<void> {
    const clinic = this.clinicId;
    const doctor = "doctor" in step ? (this.#doctors[step.doctor] ?? "") : "";
    const patient = "patient" in step ? (this.#patients[step.patient] ?? "") : "";
    const area = "area" in step && step.area !== null ? (this.#areas[step.area] ?? "") : null;
    const room = "room" in step && step.room !== null ? (this.#rooms[step.room] ?? "") : null;
    const date = "date" in step ? (dates[step.date] ?? "") : "";
    // In an order that ids and times have no part in, so that a course goes the same way each time.
    const nth =
      "nth" in step
        ? on`(
            select id from appointments where clinic_id = ${clinic}
            order by date, ticket_prefix, ticket_number offset ${step.nth} limit 1
          )`
        : on``;
    try {
      switch (step.kind) {
        case "book":
          return void (await on`select book_appointment(${clinic}, ${patient}, ${doctor}, ${date}, null, null)`);
        case "checkIn":
          return void (await on`
            select check_in(${clinic}, id, patient_id) from appointments where (clinic_id, id) = (${clinic}, ${nth})
          `);
        case "cancel":
          return void (await on`
            update appointments set status = 'cancelled' where (clinic_id, id) = (${clinic}, ${nth}) and status = 'booked'
          `);
        case "cancelDay":
          return void (await on`
            update appointments set status = 'cancelled'
            where (clinic_id, doctor_id, date) = (${clinic}, ${doctor}, ${date}) and status = 'booked'
          `);
        case "move":
          await on.begin(async (transaction) => {
            await transaction`
              insert into clinic_days (clinic_id, date) values (${clinic}, ${date}) on conflict do nothing
            `;
            await transaction`
              insert into doctor_days (clinic_id, doctor_id, date)
              select clinic_id, id, ${date} from doctors where clinic_id = ${clinic}
              on conflict do nothing
            `;
            await transaction`
              update appointments set date = ${date}, slot = slot + 100
              where (clinic_id, id) = (${clinic}, ${nth}) and status = 'booked'
            `;
          });
          return;
        case "renameDoctor":
          return void (await on`update doctors set name = ${step.name} where (clinic_id, id) = (${clinic}, ${doctor})`);
        case "renamePatient":
          return void (await on`update patients set name = ${step.name} where (clinic_id, id) = (${clinic}, ${patient})`);
        case "moveDoctor":
          return void (await on`
            select change_doctor(${clinic}, ${doctor}, ${on.json({ room_id: room, area_id: area })}, null)
          `);
        case "moveRoom":
          return void (await on`update rooms set area_id = ${area} where (clinic_id, id) = (${clinic}, ${room})`);
        case "renameRoom":
          return void (await on`update rooms set name = ${step.name} where (clinic_id, id) = (${clinic}, ${room})`);
        case "renameArea":
          return void (await on`select rename_area(${clinic}, ${area}, ${step.name}, null)`);
        case "queue":
          return void (await on`
            insert into queue_entries (clinic_id, appointment_id, doctor_id, date, position)
            select clinic_id, id, doctor_id, date, ${step.position + 1} from appointments
            where (clinic_id, id) = (${clinic}, ${nth})
          `);
        case "serve":
          return void (await on`
            update queue_entries set stage = ${step.status} where (clinic_id, appointment_id) = (${clinic}, ${nth})
          `);
        case "unqueue":
          return void (await on`delete from queue_entries where (clinic_id, appointment_id) = (${clinic}, ${nth})`);
        case "unbook":
          return void (await on`delete from appointments where (clinic_id, id) = (${clinic}, ${nth})`);
        case "presence":
          return void (await on`select set_availability(${clinic}, ${doctor}, ${date}, ${step.present}, null, null)`);
      }
    } catch (error) {
      const code = (error as { code?: string }).code ?? "";
      // Refused by a rule or a constraint, or rolled back as the victim of a deadlock of plain SQL.
      if (!/^(CQ|23|40P01|22)/.test(code)) throw error;
    }
  }
}
