import { setTimeout as delay } from "node:timers/promises";
import { Rest } from "../support/rest.ts";
import { Actions, type ActionReport } from "./actions.ts";
import { Random } from "./random.ts";
import type { Place, World } from "./world.ts";

const writerCount = 4;
const maxAppointmentsADoctor = 12;

/** A clinic with doctors and patients. */
interface Staffed extends Place {
  doctors: string[];
  /** A doctor who works by the clock, and not today. */
  timed: string;
  patients: string[];
}

/**
 * Changes the same dates of both clinics all the time: moves the queues of today, books, holds and cancels by REST, renames and
 * marks absent in SQL, and deletes when a doctor's day is full, so that a long run stays the same size.
 */
export class Writers {
  /** Writes that the api or Postgres refused because something was away. */
  failed = 0;
  done = 0;
  #world: World;
  #clinics: Staffed[];
  #random = new Random(1);
  #actions: Actions;
  #running: Promise<void>[] = [];
  #paused = true;

  private constructor(world: World, clinics: Staffed[]) {
    this.#world = world;
    this.#clinics = clinics;
    this.#actions = new Actions(world, this.#random, world.today);
  }

  static async open(world: World): Promise<Writers> {
    const names = ["Dr. Ängström", "Dr. 张伟", "Dr. Zuse", "Dr. 😀", "Dr. adams"];
    const clinics = world.places.map(async (place): Promise<Staffed> => {
      const rest = new Rest(world.api.address + place.basePath);
      const doctors = await Promise.all(names.map((name) => rest.addDoctor({ name })));
      const patients = await Promise.all(Array.from({ length: 3 }, () => rest.addPatient()));
      const { id: timed } = await rest.addDoctor({ name: "Dr. Uhr" });
      const sessions = [{ starts_at: "09:00", ends_at: "11:00", slot_minutes: 10 }];
      for (const date of world.dates) {
        if (date !== world.today) await rest.put(`/api/v1/doctors/${timed}/day?date=${date}`, { sessions });
      }
      // The one that is moved from doctor to doctor.
      await rest.book(patients[0]?.id ?? "", doctors[0]?.id ?? "", world.today);
      return { ...place, timed, doctors: doctors.map(({ id }) => id), patients: patients.map(({ id }) => id) };
    });
    return new Writers(world, await Promise.all(clinics));
  }

  start(): void {
    this.#paused = false;
    this.#running = Array.from({ length: writerCount }, () => this.#write());
  }

  /** Stops, once what is under way has ended. */
  async pause(): Promise<void> {
    this.#paused = true;
    await Promise.all(this.#running);
  }

  /** What became of all that moved a queue. */
  async actions(): Promise<ActionReport> {
    return this.#actions.report(this.#world.sql);
  }

  async #write(): Promise<void> {
    while (!this.#paused) {
      try {
        await this.#change();
        this.done += 1;
      } catch {
        this.failed += 1;
        await delay(20);
      }
    }
  }

  async #change(): Promise<void> {
    const { sql, dates, api } = this.#world;
    const random = this.#random;
    const clinic = random.pick(this.#clinics);
    const { clinicId, basePath, doctors, patients, timed } = clinic;
    if (random.next() < 0.5) return this.#actions.act(clinic);
    const doctor = random.pick(doctors);
    const patient = random.pick(patients);
    const date = random.pick(dates.filter((date) => date !== this.#world.today));
    switch (random.between(1, 13)) {
      case 1:
        await sql`update doctors set name = ${`Dr. ${random.pick(["A", "é", "Z", "😀"])}${random.between(0, 99)}`} where id = ${doctor}`;
        break;
      case 2:
        await sql`update patients set name = ${`Patient ${random.between(0, 999)}`} where id = ${patient}`;
        break;
      case 3:
        await sql`select set_availability(${clinicId}, ${doctor}, ${date}, ${random.next() < 0.5}, null, null)`;
        break;
      case 4: {
        const [booked] = await sql<{ id: string }[]>`
          select id from appointments where status = 'booked' and doctor_id = ${doctor} and date = ${date} limit 1
        `;
        if (!booked) return;
        const path = `/api/v1/appointments/${booked.id}/cancellation`;
        const answer = await new Rest(api.address + basePath).post(path, { reason: "Feels better" });
        if (answer.status >= 500) throw new Error(`${answer.status}`);
        break;
      }
      case 5:
      case 6:
        return this.#takeSlot({ rest: new Rest(api.address + basePath), doctor: timed, patient, date });
      case 7: {
        const path = `/api/v1/doctors/${doctor}/day/cancellation?date=${date}`;
        const answer = await new Rest(api.address + basePath).post(path, { reason: "The doctor is ill" });
        if (answer.status >= 500) throw new Error(`${answer.status}`);
        break;
      }
      case 8:
        return this.#askWaitlist({ rest: new Rest(api.address + basePath), doctor: timed, patient, date });
      default: {
        const answer = await new Rest(api.address + basePath).post("/api/v1/appointments", {
          patient_id: patient,
          doctor_id: doctor,
          date,
        });
        if (answer.status >= 500) throw new Error(`${answer.status}`);
        if (answer.status === 201 && answer.body.slot > maxAppointmentsADoctor) {
          await this.#empty(doctor, date);
        }
      }
    }
  }

  /** Books a slot that is listed as free, which half of the time is held before; or empties the date when none is. */
  async #takeSlot(wanted: { rest: Rest; doctor: string; patient: string; date: string }): Promise<void> {
    const { rest, doctor, patient, date } = wanted;
    const random = this.#random;
    const free = await this.#freeSlots(wanted);
    if (free.length === 0) {
      await this.#world.sql`delete from slot_holds where doctor_id = ${doctor}`;
      return this.#empty(doctor, date);
    }
    const { starts_at } = random.pick(free);
    const hold =
      random.next() < 0.5 ? await rest.post("/api/v1/slot-holds", { doctor_id: doctor, starts_at }) : undefined;
    const booking = { patient_id: patient, doctor_id: doctor, starts_at, hold_id: hold?.body.id ?? null };
    const answer = await rest.post("/api/v1/appointments", booking);
    for (const { status } of [hold, answer].filter((one) => one !== undefined)) {
      if (status >= 500) throw new Error(`${status}`);
    }
  }

  /** Puts a patient on the waitlist, or asks whoever is first on it about a slot that is listed as free. */
  async #askWaitlist(wanted: { rest: Rest; doctor: string; patient: string; date: string }): Promise<void> {
    const { rest, doctor: doctor_id, patient, date } = wanted;
    const random = this.#random;
    const free = await this.#freeSlots(wanted);
    const { starts_at } = free.length > 0 ? random.pick(free) : { starts_at: undefined };
    const { body: first } =
      starts_at === undefined
        ? { body: [] }
        : await rest.get(`/api/v1/waitlist/matches?doctor_id=${doctor_id}&starts_at=${starts_at}`);
    const [waiting] = Array.isArray(first) ? (first as { id: string }[]) : [];
    const answer =
      waiting === undefined
        ? await rest.post("/api/v1/waitlist", { patient_id: patient, doctor_id, from: date, until: date })
        : random.next() < 0.7
          ? await rest.post(`/api/v1/waitlist/${waiting.id}/booking`, { doctor_id, starts_at })
          : await rest.post(`/api/v1/waitlist/${waiting.id}/answers`, { doctor_id, starts_at, answer: "no" });
    if (answer.status >= 500) throw new Error(`${answer.status}`);
  }

  async #freeSlots({ rest, doctor, date }: { rest: Rest; doctor: string; date: string }) {
    const listed = await rest.get(`/api/v1/doctors/${doctor}/slots?from=${date}&until=${date}`);
    if (listed.status >= 500) throw new Error(`${listed.status}`);
    return (listed.body as { starts_at: string; status: string }[]).filter(({ status }) => status === "free");
  }

  /** Deletes a doctor's appointments on a date, with the tasks about them, and whoever waits for the doctor. */
  async #empty(doctor: string, date: string): Promise<void> {
    const { sql } = this.#world;
    const those = sql`select id from appointments where doctor_id = ${doctor} and date = ${date}`;
    await sql`delete from tasks where appointment_id in (${those}) or slot_doctor_id = ${doctor}`;
    await sql`delete from waitlist where doctor_id = ${doctor}`;
    await sql`delete from appointments where doctor_id = ${doctor} and date = ${date}`;
  }
}
