import { ClinicClient } from "../../../client/node.ts";
import type { Clinic } from "../../support/clinic.ts";
import type { DoctorDayUpdate } from "../../../contract/doctor-day.ts";

/** A doctor of a test, and the room to which patients are called. */
export interface Doctor {
  id: string;
  roomId: string | undefined;
}

export interface Arrived {
  id: string;
  ticket: string;
}

/** What happens before a board: patients arrive and are called. */
export class WaitingRoom {
  readonly #clinic: Clinic;
  readonly #client: ClinicClient;

  constructor(clinic: Clinic, token?: string) {
    this.#clinic = clinic;
    this.#client = new ClinicClient({ url: clinic.address, token });
  }

  async addArea(name: string): Promise<string> {
    return (await this.#client.call("addArea", { body: { name } })).id;
  }

  /** @param prefix what the tickets of the doctor's patients begin with */
  async addDoctor(
    name: string,
    prefix: string,
    { room, areaId, specialty }: { room?: string; areaId?: string; specialty?: string } = {},
  ): Promise<Doctor> {
    const roomId = room === undefined ? undefined : await this.addRoom(room);
    const body = { name, code: prefix, ticket_prefix: prefix, room_id: roomId, area_id: areaId, specialty };
    const { id } = await this.#client.call("addDoctor", { body });
    return { id, roomId };
  }

  async addRoom(name: string): Promise<string> {
    return (await this.#client.call("addRoom", { body: { name } })).id;
  }

  async arrive({ id }: Doctor, name = "John Doe"): Promise<Arrived> {
    const { appointment } = await this.#client.walkIn({ doctor_id: id, patient: { name }, reason: "Cough" });
    return appointment;
  }

  async arriveMany(doctor: Doctor, count: number): Promise<Arrived[]> {
    const arrived: Arrived[] = [];
    for (let i = 0; i < count; i++) arrived.push(await this.arrive(doctor));
    return arrived;
  }

  /** Calls the doctor's next patient, after serving the one who is there. */
  async callNext({ id, roomId }: Doctor, finish?: Arrived): Promise<void> {
    await this.#client.next(id, { room_id: roomId, finish: finish?.id });
  }

  async act({ id }: Arrived, action: "recall" | "start" | "serve" | "skip"): Promise<void> {
    await this.#client.act(id, action);
  }

  /** @returns the id of the transition, to be undone */
  async call({ id }: Arrived, { roomId }: Doctor): Promise<string> {
    const { transition } = await this.#client.act(id, "call", { room_id: roomId, reason: "In pain" });
    return transition?.id ?? "";
  }

  async undo({ id }: Arrived, transition: string): Promise<void> {
    await this.#client.undo(id, transition);
  }

  async setDay({ id }: Doctor, body: DoctorDayUpdate): Promise<void> {
    const date = await this.#clinic.rest.today();
    await this.#client.call("setDoctorDay", { params: { id }, query: { date }, body });
  }
}
