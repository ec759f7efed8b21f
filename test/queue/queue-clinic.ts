import { randomUUID } from "node:crypto";
import type { Actor } from "../../db/actor.ts";
import type { Sql } from "../../db/database.ts";
import { bookAppointment } from "../../db/queries/appointments.ts";
import { daysFromNow } from "../support/clinic.ts";
import { noon, setClinicClock } from "../support/clinic-clock.ts";
import { createDatabase } from "../support/database.ts";

export const staff: Actor = {
  sub: "desk",
  role: "staff",
  name: "desk",
  session: null,
  address: null,
  request_id: null,
};

/** A clinic of its own in a database that others use too: two doctors, a service, three rooms and eight patients, at noon. */
export class QueueClinic {
  readonly sql: Sql;
  readonly id: string;
  readonly code: string;
  readonly date = daysFromNow(0);
  /** The first has a room, the second has none; the third is a service, for which two rooms call. */
  doctors: string[] = [];
  rooms: string[] = [];
  patients: string[] = [];
  /** How far the clinic's clock is ahead of the real one. */
  #offsetMs = 0;
  #drop = async (): Promise<void> => {};

  private constructor(sql: Sql, id: string, code: string) {
    this.sql = sql;
    this.id = id;
    this.code = code;
  }

  static async open(sql: Sql, order: "appointment" | "arrival" = "appointment"): Promise<QueueClinic> {
    const code = `q${randomUUID().slice(0, 8)}`;
    const [{ id }] = await sql<[{ id: string }]>`
      insert into clinics (code, name, timezone, queue_order, walk_in_delay_minutes, daily_capacity)
      values (${code}, ${code}, 'UTC', ${order}, 5, 100)
      returning id
    `;
    const clinic = new QueueClinic(sql, id, code);
    await clinic.#furnish();
    await clinic.setClock(noon);
    return clinic;
  }

  /** In a database of its own, which close() drops. */
  static async openAlone(): Promise<QueueClinic> {
    const { sql, drop } = await createDatabase();
    const clinic = await QueueClinic.open(sql);
    clinic.#drop = drop;
    return clinic;
  }

  close(): Promise<void> {
    return this.#drop();
  }

  get [Symbol.toStringTag](): string {
    return this.code;
  }

  /** The service, and its rooms. */
  get service(): string {
    return this.doctors[2] ?? "";
  }

  /** The moment at the clinic: the tests and Postgres go by the same clock. */
  get now(): number {
    return Date.now() + this.#offsetMs;
  }

  async setClock(moment: Date): Promise<void> {
    await setClinicClock(this.sql, moment, this.id);
    const [{ offset }] = await this.sql<[{ offset: number }]>`
      select extract(epoch from clock_offset)::float8 * 1000 as offset from clinics where id = ${this.id}
    `;
    this.#offsetMs = offset;
  }

  async advance(ms: number): Promise<void> {
    await this.setClock(new Date(this.now + ms));
  }

  async book(
    patient: string,
    doctor: string,
    { hour = null, mode = "in_person" }: { hour?: number | null; mode?: "in_person" | "phone" } = {},
  ): Promise<{ id: string; slot: number; startsAt: number | null; ticket: string }> {
    const booking = {
      patientId: patient,
      doctorId: doctor,
      date: this.date,
      timeSlot: hour,
      mode,
      idempotencyKey: null,
    };
    const [booked] = await bookAppointment(this.sql, this.id, booking, staff);
    const { id, slot, ticket, starts_at: startsAt } = booked;
    return { id, slot, ticket, startsAt: startsAt === null ? null : Number(startsAt) };
  }

  async #furnish(): Promise<void> {
    const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);
    this.rooms = idsOf(
      await this.sql`
        insert into rooms (clinic_id, name) select ${this.id}, n::text from generate_series(1, 3) n returning id
      `,
    );
    this.doctors = idsOf(
      await this.sql`
        insert into doctors (clinic_id, name, code, kind, room_id)
        values (${this.id}, 'Dr. A', 'A', 'person', ${this.rooms[0] ?? null}),
          (${this.id}, 'Dr. B', 'B', 'person', null), (${this.id}, 'Blood', 'S', 'service', null)
        returning id
      `,
    );
    this.patients = idsOf(
      await this.sql`
        insert into patients (clinic_id, name, phone)
        select ${this.id}, 'P ' || n, '100000000' || n from generate_series(0, 7) n
        returning id
      `,
    );
  }
}
