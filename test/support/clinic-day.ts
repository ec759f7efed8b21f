import { expect } from "chai";
import { setClinicClock } from "./clinic-clock.ts";
import type { Clinic } from "./clinic.ts";
import { createAccount } from "./accounts.ts";
import { eventually } from "./eventually.ts";
import type { Rest } from "./rest.ts";

export interface Visit {
  /** Of the appointment. */
  id: string;
  ticket: string;
  patientId: string;
  doctorId: string;
}

/** A day of a clinic in which people work at the Desk: doctors, rooms, an account, and another desk that acts by REST. */
export class ClinicDay {
  readonly clinic: Clinic;
  /** The other desk: what it does comes from another account. */
  readonly other: Rest;
  readonly today: string;

  private constructor(clinic: Clinic, other: Rest, today: string) {
    this.clinic = clinic;
    this.other = other;
    this.today = today;
  }

  /** @param name the account of the desk, which signs in with the password of all test accounts */
  static async begin(clinic: Clinic, name = "anna"): Promise<ClinicDay> {
    await createAccount(clinic, name);
    const other = clinic.restAs(await clinic.tokenFor({ role: "manager" }));
    return new ClinicDay(clinic, other, await other.today());
  }

  async addDoctor(name: string, room?: string): Promise<string> {
    const place =
      room === undefined ? {} : { room_id: (await this.other.post("/api/v1/rooms", { name: room })).body.id };
    return (await this.other.addDoctor({ name, ...place })).id;
  }

  async book(doctorId: string, name: string, fields: object = {}): Promise<Visit> {
    const patient = await this.other.addPatient({ name, ...fields });
    const { id, ticket } = await this.other.book(patient.id, doctorId, this.today);
    return { id, ticket, patientId: patient.id, doctorId };
  }

  /** Books somebody and checks them in. */
  async waiting(doctorId: string, name: string, fields: object = {}): Promise<Visit> {
    const visit = await this.book(doctorId, name, fields);
    await this.other.checkIn(visit.id, visit.patientId);
    return visit;
  }

  /** The other desk takes an action, whatever the version. */
  async act({ id }: Visit, action: string, fields: object = {}): Promise<void> {
    const version = await this.version(id);
    const answer = await this.other.post(`/api/v1/appointments/${id}/transitions`, { action, version, ...fields });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
  }

  async version(id: string): Promise<number> {
    const [row] = await this.clinic.sql<
      { version: number }[]
    >`select version from queue_entries where appointment_id = ${id}`;
    return row?.version ?? 0;
  }

  async stage({ id }: Visit): Promise<string | null> {
    const [row] = await this.clinic.sql<
      { stage: string | null }[]
    >`select stage from queue_entries where appointment_id = ${id}`;
    return row?.stage ?? null;
  }

  /** Waits until the database has somebody in a stage. */
  async becomes(visit: Visit, stage: string | null): Promise<void> {
    await eventually(async () => expect(await this.stage(visit)).to.equal(stage));
  }

  /** How often an action is in the history of somebody, also where it was taken back. */
  async count({ id }: Visit, action: string): Promise<number> {
    const steps = (await this.other.get(`/api/v1/appointments/${id}/transitions`)).body as { action: string }[];
    return steps.filter((step) => step.action === action).length;
  }

  /** Sets the clinic's clock, from which it goes on. */
  async setClock(moment: Date): Promise<void> {
    await setClinicClock(this.clinic.sql, moment, this.clinic.id);
  }
}
