import type { Clinic } from "../support/clinic.ts";
import type { Answer, Rest } from "../support/rest.ts";

export interface Session {
  starts_at: string;
  ends_at: string;
  slot_minutes: number;
  room_id?: string | null;
}

export interface Slot {
  date: string;
  wall_time: string;
  starts_at: string;
  ends_at: string;
  status: "free" | "taken" | "held" | "full" | "past";
  until: string | null;
  room_id: string | null;
}

export interface Booked {
  id: string;
  slot: number;
  ticket: string;
  starts_at: string | null;
  ends_at: string | null;
  time_slot: number | null;
  confirmation_code: string;
  patientId: string;
}

/** An appointment whose patient is to be told, and why it fits no session any more. */
export interface Told {
  appointment: { id: string; starts_at: string; doctor_id: string; ticket: string; confirmation_code: string };
  patient: { id: string; name: string; phone: string };
  why?: string;
}

/** The moment of a time on the wall of a clinic in UTC. */
export const at = (date: string, time: string): string => `${date}T${time}:00.000Z`;

/** A working session; by default of quarters of an hour. */
export const session = (starts_at: string, ends_at: string, slot_minutes = 15): Session => ({
  starts_at,
  ends_at,
  slot_minutes,
});

/** A session on every weekday. */
export const everyDay = (one: Session, more: object = {}): object[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ...one, ...more }));

export const outcome = ({ status, body }: Answer): string => (status < 400 ? `${status}` : `${status} ${body.error}`);

/** The status of a refusal, and the field that it names. */
export const fieldOf = ({ status, body }: Answer): unknown[] => [status, body.details?.[0]?.field];

/** The times of the free slots that a refused booking names instead. */
export const freeIn = ({ body }: Answer): string[] =>
  (body.details.free as Slot[]).map(({ starts_at }) => starts_at.slice(11, 16));

export const idsIn = (told: Told[]): string[] => told.map(({ appointment }) => appointment.id);

/** The desk of a clinic where doctors work by the clock, and short cuts to what it does there. */
export class TimedDesk {
  readonly clinic: Clinic;
  readonly rest: Rest;

  private constructor(clinic: Clinic, rest: Rest) {
    this.clinic = clinic;
    this.rest = rest;
  }

  /** Of a manager, who may do all that staff may. */
  static async open(clinic: Clinic): Promise<TimedDesk> {
    return new TimedDesk(clinic, clinic.restAs(await clinic.tokenFor({ role: "manager", name: "desk" })));
  }

  async as(claims: Parameters<Clinic["tokenFor"]>[0]): Promise<Rest> {
    return this.clinic.restAs(await this.clinic.tokenFor(claims));
  }

  async asPatient(patient_id: string): Promise<Rest> {
    return this.as({ role: "patient", patient_id });
  }

  /** A doctor with these sessions on a date. */
  async doctorOn(date: string, sessions: Session[], fields: object = {}): Promise<{ id: string }> {
    const doctor = await this.rest.addDoctor(fields);
    await this.setDay(doctor.id, date, { sessions });
    return doctor;
  }

  async setDay(doctorId: string, date: string, fields: object): Promise<Answer> {
    const answer = await this.rest.put(`/api/v1/doctors/${doctorId}/day?date=${date}`, fields);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer;
  }

  async setSchedule(doctorId: string, sessions: object[]): Promise<Answer> {
    return this.rest.put(`/api/v1/doctors/${doctorId}/schedule`, sessions);
  }

  async slots(doctorId: string, date: string, rest = this.rest): Promise<Slot[]> {
    const answer = await rest.get(`/api/v1/doctors/${doctorId}/slots?from=${date}&until=${date}`);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer.body as Slot[];
  }

  /** Each slot of a date as its time in UTC and its status. */
  async shown(doctorId: string, date: string, rest = this.rest): Promise<string[]> {
    return (await this.slots(doctorId, date, rest)).map(
      ({ starts_at, status }) => `${starts_at.slice(11, 16)} ${status}`,
    );
  }

  /** Asks for a slot, for a new patient unless one is given. */
  async tryToBook(doctorId: string, fields: object, rest = this.rest, patientId?: string): Promise<Answer> {
    const patient_id = patientId ?? (await this.rest.addPatient()).id;
    return rest.post("/api/v1/appointments", { patient_id, doctor_id: doctorId, ...fields });
  }

  async book(doctorId: string, fields: object): Promise<Booked> {
    const answer = await this.tryToBook(doctorId, fields);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return { ...answer.body, patientId: answer.body.patient_id };
  }

  async cancel(id: string): Promise<Answer> {
    return this.rest.post(`/api/v1/appointments/${id}/cancellation`, {});
  }

  async reschedule(
    id: string,
    fields: object,
    rest = this.rest,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return rest.post(`/api/v1/appointments/${id}/reschedule`, fields, headers);
  }

  async appointment(id: string, rest = this.rest): Promise<Answer["body"]> {
    return (await rest.get(`/api/v1/appointments/${id}`)).body;
  }

  /** The appointments that fit no session of a doctor any more, and why. */
  async conflicts(doctorId: string): Promise<[string, string | undefined][]> {
    const { body } = await this.rest.get(`/api/v1/doctors/${doctorId}/conflicts`);
    return (body as Told[]).map(({ appointment, why }) => [appointment.id, why]);
  }

  async hold(doctorId: string, starts_at: string, rest = this.rest): Promise<Answer> {
    return rest.post("/api/v1/slot-holds", { doctor_id: doctorId, starts_at });
  }
}
