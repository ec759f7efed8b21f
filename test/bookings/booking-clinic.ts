import { randomUUID } from "node:crypto";
import type { Sql } from "../../db/database.ts";
import { daysFromNow } from "../support/clinic.ts";
import { noon, setClinicClock } from "../support/clinic-clock.ts";
import type { BookingModel, Call, Result, Session, Slot } from "./model.ts";

const dailyCapacity = 4;
const minuteMs = 60_000;
const wall = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** A clinic of its own in a database that others use too, in UTC at half a minute past noon, with what a model knows of it. */
export class BookingClinic {
  readonly sql: Sql;
  readonly id: string;
  readonly dates = [daysFromNow(0), daysFromNow(30), daysFromNow(31)];
  doctors: string[] = [];
  patients: string[] = [];
  /** The ids of appointments, holds and places on the waitlist, by the names that the model gives them. */
  readonly #ids = new Map<string, string>();

  private constructor(sql: Sql, id: string) {
    this.sql = sql;
    this.id = id;
  }

  static async open(sql: Sql): Promise<BookingClinic> {
    const code = `b${randomUUID().slice(0, 8)}`;
    const [{ id }] = await sql<[{ id: string }]>`
      insert into clinics (code, name, timezone, daily_capacity) values (${code}, ${code}, 'UTC', ${dailyCapacity})
      returning id
    `;
    const clinic = new BookingClinic(sql, id);
    const doctors = await sql<{ id: string }[]>`
      insert into doctors (clinic_id, name, code) select ${id}, 'Dr. ' || n, n from generate_series(1, 2) n returning id
    `;
    const patients = await sql<{ id: string }[]>`
      insert into patients (clinic_id, name, phone)
      select ${id}, 'P ' || n, '100000000' || n from generate_series(0, 7) n
      returning id
    `;
    clinic.doctors = doctors.map((doctor) => doctor.id);
    clinic.patients = patients.map((patient) => patient.id);
    return clinic;
  }

  get capacity(): number {
    return dailyCapacity;
  }

  get [Symbol.toStringTag](): string {
    return this.id;
  }

  /** Sets the clock so many minutes after it began, and half a one, so that nothing happens on a full minute by chance. */
  async setClock(minutes: number): Promise<number> {
    const moment = noon.getTime() + (minutes + 0.5) * minuteMs;
    await setClinicClock(this.sql, new Date(moment), this.id);
    return moment;
  }

  /** Makes a call; one that has to begin anew does so, as the api has it. */
  async perform(on: Sql, name: string, caller: string, call: Call): Promise<Result> {
    for (;;) {
      try {
        return await this.#perform(on, name, caller, call);
      } catch (error) {
        const { code = "", detail } = error as { code?: string; detail?: string };
        if (code === "40001") continue;
        if (!code.startsWith("CQ")) throw new Error(`${JSON.stringify(call)}: ${String(error)}`, { cause: error });
        return ["CQ021", "CQ022"].includes(code) ? `${code} ${alternatives(detail)}` : code;
      }
    }
  }

  async slots(on: Sql, doctor: string, date: string): Promise<Slot[]> {
    return on<Slot[]>`
      select (extract(epoch from starts_at) * 1000)::float8 as start, (extract(epoch from ends_at) * 1000)::float8 as end, status
      from doctor_slots(${this.id}, ${doctor}, ${date}, ${date}, clinic_now(${this.id}))
    `;
  }

  /** All appointments and holds, the waitlist and what is offered to it, by the names of the model, as text to compare. */
  async state(): Promise<string> {
    const names = new Map([...this.#ids].map(([name, id]) => [id, name]));
    const appointments = await this.sql<
      {
        id: string;
        movedTo: string | null;
        doctor: string;
        date: string;
        slot: number;
        start: number | null;
        rest: string;
      }[]
    >`
      select id, rescheduled_to as "movedTo", doctor_id as doctor, date, slot,
        (extract(epoch from starts_at) * 1000)::float8 as start, concat_ws(' ', patient_id, status, outcome) as rest
      from appointments where clinic_id = ${this.id}
    `;
    const holds = await this.sql<{ doctor: string; start: number; caller: string }[]>`
      select doctor_id as doctor, (extract(epoch from starts_at) * 1000)::float8 as start, split_part(caller, ' ', 2) as caller
      from slot_holds where clinic_id = ${this.id}
    `;
    const places = await this.sql<{ id: string; kept: string | null; booked: string | null; rest: string }[]>`
      select id, appointment_id as kept, booked_id as booked,
        concat_ws(' ', patient_id, doctor_id, first_date, last_date, state) as rest
      from waitlist where clinic_id = ${this.id}
    `;
    const offers = await this.sql<{ doctor: string; start: number }[]>`
      select slot_doctor_id as doctor, (extract(epoch from slot_starts_at) * 1000)::float8 as start
      from tasks where clinic_id = ${this.id} and state = 'open' and slot_starts_at is not null
    `;
    return asText(
      appointments.map(({ id, movedTo, doctor, date, slot, start, rest }) =>
        [names.get(id), movedTo && names.get(movedTo), doctor, date, slot, start, rest].join(" "),
      ),
      holds.map(({ doctor, start, caller }) => `${doctor} ${start} ${caller}`),
      places.map(({ id, kept, booked, rest }) =>
        [names.get(id), kept && names.get(kept), booked && names.get(booked), rest].join(" "),
      ),
      offers.map(({ doctor, start }) => `${doctor} ${start}`),
    );
  }

  /** Learns the ids of the holds that a model has. */
  async learnHolds({ holds }: BookingModel): Promise<void> {
    for (const { name, doctor, start } of holds) {
      const [row] = await this.sql<{ id: string }[]>`
        select id from slot_holds
        where (clinic_id, doctor_id, starts_at) = (${this.id}, ${doctor}, ${new Date(start)})
      `;
      this.#ids.set(name, row?.id ?? "");
    }
  }

  async #perform(sql: Sql, name: string, caller: string, call: Call): Promise<Result> {
    const clinic = this.id;
    const actor = sql.json({
      sub: caller,
      role: "staff",
      name: caller,
      session: null,
      address: null,
      request_id: null,
    });
    const idOf = (named: string | null): string | null =>
      named === null ? null : (this.#ids.get(named) ?? randomUUID());
    const moment = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
    switch (call.kind) {
      case "book": {
        const [{ id, slot, start }] = await sql<[Booked]>`
          select id, slot, (extract(epoch from starts_at) * 1000)::float8 as start
          from book_appointment(
            ${clinic}, ${call.patient}, ${call.doctor}, ${call.date}, ${call.hour}, null, ${actor}, 'in_person', null,
            ${moment(call.start)}, null, ${idOf(call.hold)}, ${call.override}
          )
        `;
        this.#ids.set(name, id);
        return `booked ${slot} ${start}`;
      }
      case "hold":
        await sql`select hold_slot(${clinic}, ${call.doctor}, ${moment(call.start)}, ${actor})`;
        return `held ${call.start}`;
      case "release":
        await sql`select release_hold(${clinic}, ${idOf(call.hold)}, ${actor})`;
        return "released";
      case "cancel": {
        const [{ outcome }] = await sql<[{ outcome: string }]>`
          select outcome from cancel_appointment(${clinic}, ${idOf(call.appointment)}, ${actor})
        `;
        return `cancelled ${outcome}`;
      }
      case "move": {
        const { doctor, date, start, override } = call;
        const request = { doctor_id: doctor, date, starts_at: moment(start)?.toISOString() ?? null, override };
        const [{ to }] = await sql<
          [{ to: { id: string; slot: number; ends_at: string | null; starts_at: string | null } }]
        >`
          select reschedule_appointment(${clinic}, ${idOf(call.appointment)}, ${sql.json(request)}, ${actor}) -> 'to' as to
        `;
        this.#ids.set(name, to.id);
        return `booked ${to.slot} ${to.ends_at === null ? null : Date.parse(to.starts_at ?? "")}`;
      }
      case "checkIn":
        await sql`select check_in(${clinic}, ${idOf(call.appointment)}, ${call.patient}, null, ${actor})`;
        return "checked in";
      case "erase":
        await sql`select erase_patient(${clinic}, ${call.patient}, ${actor})`;
        return "erased";
      case "setSessions":
        return this.#setDay(sql, call, { sessions: call.sessions?.map(onTheWall) ?? null });
      case "setCapacity":
        return this.#setDay(sql, call, { capacity: call.capacity });
      case "setPresence":
        return this.#setDay(sql, call, { state: call.isPresent ? "present" : "absent" });
      case "setWeek": {
        const week = call.sessions.flatMap((session) =>
          [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ...onTheWall(session) })),
        );
        await sql`select set_schedule(${clinic}, ${call.doctor}, ${sql.json(week)}, ${actor})`;
        return "set";
      }
      case "wait": {
        const { patient, doctor, from, until, kept } = call;
        const place = { patient_id: patient, doctor_id: doctor, from, until, appointment_id: idOf(kept) };
        const [{ id }] = await sql<[{ id: string }]>`
          select id from add_to_waitlist(${clinic}, ${sql.json(place)}, ${actor})
        `;
        this.#name(id, name);
        return "waits";
      }
      case "withdraw":
        await sql`select change_waitlist(${clinic}, ${idOf(call.place)}, '{"state": "withdrawn"}', ${actor})`;
        return "withdrawn";
      case "decline":
        await sql`
          select note_answer(${clinic}, ${idOf(call.place)}, ${call.doctor}, ${moment(call.start)}, 'no', ${actor})
        `;
        return "declined";
      case "take": {
        const [{ id, slot, start }] = await sql<[Booked]>`
          select id, slot, (extract(epoch from starts_at) * 1000)::float8 as start
          from take_slot(${clinic}, ${idOf(call.place)}, ${call.doctor}, ${moment(call.start)}, ${actor})
        `;
        this.#name(id, name);
        return `booked ${slot} ${start}`;
      }
    }
  }

  /** What is there already keeps its name. */
  #name(id: string, name: string): void {
    if (![...this.#ids.values()].includes(id)) this.#ids.set(name, id);
  }

  async #setDay(sql: Sql, { doctor, date }: { doctor: string; date: string }, changes: object): Promise<Result> {
    await sql`select set_doctor_day(${this.id}, ${doctor}, ${date}, ${sql.json({ ...changes })}, null)`;
    return "set";
  }
}

interface Booked {
  id: string;
  slot: number;
  start: number | null;
}

/** What a model knows, as `BookingClinic.state` writes what is in the database. */
export function stateOf({ appointments, holds, waitlist, offers }: BookingModel): string {
  return asText(
    [...appointments.values()].map(({ name, movedTo, doctor, date, slot, start, patient, status, outcome }) =>
      [name, movedTo, doctor, date, slot, start, [patient, status, outcome].filter(Boolean).join(" ")].join(" "),
    ),
    holds.map(({ doctor, start, caller }) => `${doctor} ${start} ${caller}`),
    [...waitlist.values()].map(({ name, kept, booked, patient, doctor, from, until, state }) =>
      [name, kept, booked, patient, doctor, from, until, state].join(" "),
    ),
    [...offers],
  );
}

const asText = (...parts: [appointments: string[], holds: string[], waitlist: string[], offers: string[]]): string =>
  JSON.stringify(
    parts.map((lines) => lines.toSorted()),
    null,
    1,
  );

const onTheWall = ({ from, until, slotMinutes }: Session) => ({
  starts_at: wall(from),
  ends_at: wall(until),
  slot_minutes: slotMinutes,
});

/** The free slots that a refusal names, by their beginnings. */
function alternatives(detail: string | undefined): string {
  const { free } = JSON.parse(detail ?? "{}") as { free: { starts_at: string }[] };
  return free.map(({ starts_at }) => Date.parse(starts_at)).join(",");
}
