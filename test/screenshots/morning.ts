import type { ClinicDay, Visit } from "../support/clinic-day.ts";
import { doctors, invent } from "./people.ts";

/** The date of all pictures, in UTC; what happens is told in minutes after its midnight. */
export const date = "2026-11-23";
const clock = (hours: number, minutes: number): number => hours * 60 + minutes;
const momentAt = (minutes: number): Date => new Date(Date.parse(`${date}T00:00:00Z`) + minutes * 60_000);

/** When the pictures are taken: within a minute, so that no count of minutes changes meanwhile. */
export const now = new Date(momentAt(clock(10, 42)).getTime() + 20_000);
const patientsOfEach = 10;

interface Step {
  minutes: number;
  act: () => Promise<void>;
}

/** A morning at a clinic of eight: told in the order in which it happens, by the clinic's own clock. */
export class Morning {
  readonly day: ClinicDay;
  /** By doctor, those who were booked, in their order. */
  readonly visits: Visit[][] = [];
  #doctorIds: string[] = [];
  #steps: Step[] = [];

  constructor(day: ClinicDay) {
    this.day = day;
  }

  async addDoctors(): Promise<void> {
    for (const [n, { name, specialty, room, ...kind }] of doctors.entries()) {
      const { body } = await this.day.other.post("/api/v1/rooms", { name: room });
      const fields = { name, specialty, code: `DOC${n + 1}`, room_id: body.id, ...kind };
      this.#doctorIds.push((await this.day.other.addDoctor(fields)).id);
    }
  }

  /** Everybody is booked, and the morning goes by until now. */
  async pass(): Promise<void> {
    for (const [d, doctorId] of this.#doctorIds.entries()) {
      const visits: Visit[] = [];
      for (let n = 0; n < patientsOfEach; n++) visits.push(await this.#book(doctorId, d * patientsOfEach + n, n));
      this.visits.push(visits);
      this.#plan(visits, d);
    }
    for (const { minutes, act } of this.#steps.toSorted((a, b) => a.minutes - b.minutes)) {
      await this.day.setClock(momentAt(minutes));
      await act();
    }
    await this.stop();
  }

  /** Sets the clock to the minute of the pictures again. */
  async stop(): Promise<void> {
    await this.day.setClock(now);
  }

  async #book(doctorId: string, person: number, n: number): Promise<Visit> {
    const { other } = this.day;
    const patient = await other.addPatient({ ...invent(person), age: undefined, gender: undefined });
    const note = n === 3 || n === 4 ? { note: ["Knee pain, has an X-ray", "Has a letter"][n - 3] } : {};
    const { id, ticket } = await other.book(patient.id, doctorId, date, { time_slot: 9 + Math.floor(n / 3), ...note });
    return { id, ticket, patientId: patient.id, doctorId };
  }

  /** What happens to a doctor's patients; each doctor is a minute behind the one before. */
  #plan(visits: Visit[], d: number): void {
    const arrivals = [clock(8, 45), clock(8, 52), clock(9, 5), clock(9, 20), clock(9, 41), clock(9, 55), clock(10, 12)];
    for (const [n, minutes] of arrivals.slice(0, 7 - (d % 3)).entries()) {
      const { id, patientId } = visits[n] as Visit;
      this.#steps.push({ minutes: minutes + d, act: async () => void (await this.day.other.checkIn(id, patientId)) });
    }
    // To a service several rooms call, each of its own.
    if (d === 7) return;
    this.#act(visits, 0, [clock(9, 1) + d, "call"], [clock(9, 3) + d, "start"], [clock(9, 24) + d, "serve"]);
    this.#act(visits, 1, [clock(9, 26) + d, "call"], [clock(9, 29) + d, "start"], [clock(9, 50) + d, "serve"]);
    this.#act(visits, 2, [clock(9, 52) + d, "call"], [clock(9, 54) + d, "start"]);
    if (d !== 3) this.#act(visits, 2, [clock(10, 18) + d, "serve"]);
    if (d === 0) this.#act(visits, 3, [clock(10, 26), "call"], [clock(10, 28), "start"]);
    if (d === 1) this.#act(visits, 3, [clock(10, 40), "call"]);
    if (d === 2) this.#act(visits, 3, [clock(10, 30), "hold"]);
    if (d === 4) this.#act(visits, 3, [clock(10, 26), "call"], [clock(10, 30), "skip"]);
    if (d === 4) this.#act(visits, 4, [clock(10, 37), "call"]);
    if (d === 5) this.#act(visits, 3, [clock(10, 28), "call"], [clock(10, 31), "start"]);
    if (d === 6) this.#act(visits, 3, [clock(10, 41), "call"]);
    if (d === 2) this.#goAway(visits);
  }

  #act(visits: Visit[], n: number, ...actions: [minutes: number, action: string][]): void {
    const visit = visits[n] as Visit;
    for (const [minutes, action] of actions) this.#steps.push({ minutes, act: () => this.day.act(visit, action) });
  }

  #goAway([visit]: Visit[]): void {
    const body = { state: "away", returns_at: momentAt(clock(11, 0)).toISOString() };
    const act = async (): Promise<void> => {
      const call = `put /api/v1/doctors/${visit?.doctorId}/day?date=${date}`;
      await this.day.other.call(call, { body });
    };
    this.#steps.push({ minutes: clock(10, 35), act });
  }
}
