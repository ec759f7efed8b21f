import { expect } from "chai";
import type { Stage, StaffAppointment } from "../../../client/queue-client.ts";
import { createAccount } from "../../support/accounts.ts";
import type { Clinic } from "../../support/clinic.ts";
import { eventually } from "../../support/eventually.ts";
import type { Rest } from "../../support/rest.ts";

export interface TestDoctor {
  id: string;
  name: string;
  code: string;
}

/** Somebody who is booked or here. */
export interface TestPatient {
  id: string;
  ticket: string;
  patientId: string;
}

interface Visit {
  name: string;
  patient?: object;
  /** The hour of the booking. */
  hour?: number;
  note?: string;
  reason?: string;
  mode?: "in_person" | "phone" | "video";
}

/** What a test of the Doctor page has around it: doctors, rooms and patients, and what a desk does in the same moment. */
export class DoctorsDay {
  readonly desk: Rest;
  readonly date: string;
  readonly #clinic: Clinic;
  readonly #manager: Rest;

  private constructor(clinic: Clinic, desk: Rest, manager: Rest, date: string) {
    this.desk = desk;
    this.date = date;
    this.#clinic = clinic;
    this.#manager = manager;
  }

  /** Begins about noon, by the real clock, because pages tell minutes by it: in whichever time zone that is. */
  static async begin(clinic: Clinic): Promise<DoctorsDay> {
    const desk = clinic.restAs(await clinic.tokenFor({ role: "staff", name: "desk" }));
    const manager = clinic.restAs(await clinic.tokenFor({ role: "manager" }));
    await clinic.sql`update clinics set clock_offset = '0' where id = ${clinic.id}`;
    const ahead = 12 - new Date().getUTCHours();
    const timezone = `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
    const changed = await manager.patch("/api/v1/clinic", { timezone });
    expect(changed.status, JSON.stringify(changed.body)).to.equal(200);
    return new DoctorsDay(clinic, desk, manager, await desk.today());
  }

  async addRoom(name: string): Promise<{ id: string; name: string }> {
    const answer = await this.#manager.post("/api/v1/rooms", { name });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return answer.body as { id: string; name: string };
  }

  /** A doctor or a service; with the name of an account, one who signs in. */
  async addDoctor(fields: { name: string; room_id?: string; kind?: string }, account?: string): Promise<TestDoctor> {
    const doctor = await this.desk.addDoctor(fields);
    if (account !== undefined) await createAccount(this.#clinic, account, doctor.code);
    return doctor;
  }

  /** An account of the staff. */
  async addStaff(name: string): Promise<void> {
    await createAccount(this.#clinic, name);
  }

  async book({ id }: TestDoctor, { name, patient = {}, hour, mode, ...texts }: Visit): Promise<TestPatient> {
    const added = await this.desk.addPatient({ name, birth_date: "1974-05-04", ...patient });
    const fields = { ...(hour !== undefined && { time_slot: hour }), ...texts, ...(mode && { mode }) };
    const booked = await this.desk.book(added.id, id, this.date, fields);
    return { id: booked.id, ticket: booked.ticket, patientId: added.id };
  }

  /** Somebody is booked and checked in. */
  async arrive(doctor: TestDoctor, visit: Visit | string): Promise<TestPatient> {
    const booked = await this.book(doctor, typeof visit === "string" ? { name: visit } : visit);
    await this.desk.checkIn(booked.id, booked.patientId);
    return booked;
  }

  async walkIn({ id }: TestDoctor, name: string, fields: object = {}): Promise<TestPatient> {
    const patient = await this.desk.addPatient({ name });
    const answer = await this.desk.post("/api/v1/walk-ins", { doctor_id: id, patient_id: patient.id, ...fields });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    const { appointment } = answer.body as { appointment: { id: string; ticket: string } };
    return { id: appointment.id, ticket: appointment.ticket, patientId: patient.id };
  }

  /** What the desk does with somebody. */
  async act({ id }: TestPatient, action: string, fields: object = {}): Promise<void> {
    const { queue } = await this.#read(id);
    const body = { action, version: queue?.version, ...fields };
    const answer = await this.desk.post(`/api/v1/appointments/${id}/transitions`, body);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
  }

  async setDay({ id }: TestDoctor, body: object): Promise<void> {
    const answer = await this.desk.call("put /api/v1/doctors/{id}/day", { id, query: `?date=${this.date}`, body });
    expect(answer.status).to.equal(200);
  }

  /** Waits until somebody is at a stage; in the room of this name, where one is given. */
  async at({ id }: TestPatient, stage: Stage, room?: string): Promise<void> {
    await eventually(async () => {
      const { queue } = await this.#read(id);
      expect(queue?.stage).to.equal(stage);
      if (room !== undefined) expect(queue?.room?.name).to.equal(room);
    });
  }

  /** The actions of somebody's history, oldest first. */
  async history({ id }: TestPatient): Promise<string[]> {
    const { body } = await this.desk.get(`/api/v1/appointments/${id}/transitions`);
    return (body as { action: string }[]).map(({ action }) => action);
  }

  async tasks(): Promise<{ kind: string; text: string }[]> {
    return (await this.desk.get("/api/v1/tasks")).body as { kind: string; text: string }[];
  }

  async #read(id: string): Promise<Pick<StaffAppointment, "queue">> {
    const [row] = await this.#clinic.sql<{ doctor_id: string; stage: Stage; version: number; room: string | null }[]>`
      select entry.stage, entry.version, room.name as room
      from queue_entries entry left join rooms room on (room.clinic_id, room.id) = (entry.clinic_id, entry.room_id)
      where entry.appointment_id = ${id}
    `;
    if (!row) return { queue: null };
    const queue = { stage: row.stage, version: row.version, room: row.room === null ? null : { name: row.room } };
    return { queue } as Pick<StaffAppointment, "queue">;
  }
}
