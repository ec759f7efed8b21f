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
  patients: string[];
}

/**
 * Changes the same dates of both clinics all the time: moves the queues of today, books and cancels by REST, renames and marks
 * absent in SQL, and deletes when a doctor's day is full, so that a long run stays the same size.
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
      return { ...place, doctors: doctors.map(({ id }) => id), patients: patients.map(({ id }) => id) };
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
    const { clinicId, basePath, doctors, patients } = clinic;
    if (random.next() < 0.5) return this.#actions.act(clinic);
    const doctor = random.pick(doctors);
    const patient = random.pick(patients);
    const date = random.pick(dates.filter((date) => date !== this.#world.today));
    switch (random.between(1, 10)) {
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
      default: {
        const answer = await new Rest(api.address + basePath).post("/api/v1/appointments", {
          patient_id: patient,
          doctor_id: doctor,
          date,
        });
        if (answer.status >= 500) throw new Error(`${answer.status}`);
        if (answer.status === 201 && answer.body.slot > maxAppointmentsADoctor) {
          await sql`delete from appointments where doctor_id = ${doctor} and date = ${date}`;
        }
      }
    }
  }
}
