import { setTimeout as delay } from "node:timers/promises";
import { step, type Answer, type Queue } from "./cases/actions.ts";
import { HttpCaller } from "./http-caller.ts";
import type { World } from "./world.ts";

/** What each doctor's queue goes through, over and over. */
const course = ["check in", "step", "step", "step"] as const;

interface Doctor {
  queue: Queue;
  booked: { id: string; patientId: string }[];
  /** How many changes there were of this doctor. */
  count: number;
}

/** A clinic's busy day through the api: patients of all doctors are checked in, called, begun with and served, in turn. */
export class BusyDay {
  readonly #caller: HttpCaller;
  readonly #doctors: Doctor[];
  #count = 0;

  private constructor(caller: HttpCaller, doctors: Doctor[]) {
    this.#caller = caller;
    this.#doctors = doctors;
  }

  /** Begins the day anew: the first half of each doctor's patients wait already. */
  static async begin(world: World, port: number): Promise<BusyDay> {
    await world.undoCheckIns();
    const rows = await world.sql<{ id: string; patient_id: string; doctor_id: string }[]>`
      select id, patient_id, doctor_id from appointments order by slot, id
    `;
    const doctors = [...new Set(rows.map(({ doctor_id }) => doctor_id))].map((doctorId, n): Doctor => {
      const own = rows.filter(({ doctor_id }) => doctor_id === doctorId);
      const booked = own.map(({ id, patient_id }) => ({ id, patientId: patient_id }));
      return { queue: { doctorId, after: null }, booked, count: n % course.length };
    });
    const day = new BusyDay(new HttpCaller(port), doctors);
    for (const doctor of doctors) {
      const waiting = doctor.booked.length / 2;
      for (let n = 0; n < waiting; n++) await day.#checkIn(doctor);
    }
    return day;
  }

  /** Makes one change each so many milliseconds. @returns how many there were */
  async change(everyMs: number, forMs: number): Promise<number> {
    const startedAt = performance.now();
    let made = 0;
    while (performance.now() - startedAt < forMs) {
      await this.#change();
      made++;
      await delay(Math.max(0, startedAt + made * everyMs - performance.now()));
    }
    return made;
  }

  close(): void {
    this.#caller.close();
  }

  async #change(): Promise<void> {
    const doctor = this.#doctors[this.#count++ % this.#doctors.length];
    if (!doctor) throw new Error("there are no doctors");
    const what = course[doctor.count++ % course.length];
    if (what === "check in" && doctor.booked.length > 0) await this.#checkIn(doctor);
    else await this.#step(doctor.queue);
  }

  async #checkIn({ booked }: Doctor): Promise<void> {
    const { id, patientId } = booked.shift() ?? {};
    const status = await this.#caller.post("/api/v1/checkins", { appointment_id: id, patient_id: patientId });
    if (status !== 201) throw new Error(`a check-in was answered with ${status}`);
  }

  async #step(queue: Queue): Promise<void> {
    const { status, text } = await this.#caller.ask(...step(queue));
    if (status !== 200) throw new Error(`a step was answered with ${status} ${text}`);
    const { appointment, place } = JSON.parse(text) as Answer;
    if (!appointment) throw new Error("nobody waits: the day is too short for what is measured");
    const { id, queue: entry } = appointment;
    queue.after = place?.after ?? null;
    queue.patient = entry.stage === "served" ? undefined : { id, ...entry };
  }
}
