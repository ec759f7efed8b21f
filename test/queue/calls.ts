import type { Actor } from "../../db/actor.ts";
import { erasePatient } from "../../db/queries/patients.ts";
import { setDoctorDay } from "../../db/queries/doctor-days.ts";
import { checkIn } from "../../db/queries/queue-entries.ts";
import { act, callNext, undoTransition } from "../../db/queries/transitions.ts";
import { addWalkIn } from "../../db/queries/walk-ins.ts";
import type { ErrorCode } from "../../contract/error.ts";
import type { NextCall, NewTransition } from "../../contract/transition.ts";
import { codeOf } from "../../platform/errors.ts";
import { Rest, type Answer } from "../support/rest.ts";
import { tokenFor } from "../support/tokens.ts";
import type { Caller, DoctorState, NextRequest, Request } from "./model.ts";
import { staff, type QueueClinic } from "./queue-clinic.ts";

/** What a call came to. */
export type Result =
  | { done: true; repeated: boolean; appointment: string | null; transition: string | null }
  | { done: false; refused: ErrorCode };

/** The calls that move a queue, past whatever serves them. */
export interface Calls {
  act: (caller: Caller, appointment: string, request: Request, key: string | null) => Promise<Result>;
  next: (caller: Caller, doctor: string, request: NextRequest, key: string | null) => Promise<Result>;
  undo: (caller: Caller, appointment: string, transition: string, key: string | null) => Promise<Result>;
  checkIn: (caller: Caller, appointment: string, patient: string) => Promise<Result>;
  walkIn: (caller: Caller, patient: string, doctor: string, priority: number, key: string | null) => Promise<Result>;
  setState: (doctor: string, state: DoctorState) => Promise<Result>;
  erase: (patient: string) => Promise<Result>;
}

/** What the functions of SQL raise, of what this contract knows. Anything else is an error of ours. */
const codes: Record<string, ErrorCode> = {
  CQ001: "NotFound",
  CQ003: "InvalidDate",
  CQ004: "DoctorUnavailable",
  CQ006: "IdempotencyConflict",
  CQ007: "AlreadyCheckedIn",
  CQ008: "InvalidTransition",
  CQ010: "AlreadyBooked",
  CQ016: "Stale",
  CQ017: "AlreadyCalled",
  CQ018: "PlaceOccupied",
  CQ019: "ValidationError",
  CQ020: "TooLate",
};

/** Whoever calls, as the audit trail names them. */
export const actorOf = ({ kind, sub }: Caller, name = sub): Actor => ({
  ...staff,
  sub,
  name,
  role: kind === "S" ? "staff" : kind === "D" ? "doctor" : "patient",
});

interface Answered {
  appointment: { id: string } | null;
  transition: { id: string } | null;
  repeated: boolean;
}

/** Calls the functions of SQL, as the api does. */
export class SqlCalls implements Calls {
  readonly #clinic: Pick<QueueClinic, "sql" | "id" | "date">;
  /** Marks each call in the history; else the callers' names are there. */
  readonly #name: string | undefined;

  constructor(clinic: Pick<QueueClinic, "sql" | "id" | "date">, name?: string) {
    this.#clinic = clinic;
    this.#name = name;
  }

  async act(caller: Caller, appointment: string, request: Request, key: string | null): Promise<Result> {
    const by = {
      actor: actorOf(caller, this.#name),
      owner: { doctorId: caller.doctor, patientId: caller.patient },
      key,
    };
    const { sql, id } = this.#clinic;
    return answerOf(() => act(sql, id, appointment, request as NewTransition, by));
  }

  async next(caller: Caller, doctor: string, request: NextRequest, key: string | null): Promise<Result> {
    if (caller.doctor !== null && caller.doctor !== doctor) return { done: false, refused: "NotFound" };
    const { sql, id, date } = this.#clinic;
    const next: NextCall = { ...request, date };
    return answerOf(() => callNext(sql, id, doctor, next, { actor: actorOf(caller, this.#name), key }));
  }

  async undo(caller: Caller, appointment: string, transition: string, key: string | null): Promise<Result> {
    const by = { actor: actorOf(caller, this.#name), doctorId: caller.doctor, key };
    const { sql, id } = this.#clinic;
    return answerOf(() => undoTransition(sql, id, appointment, transition, by));
  }

  async checkIn(caller: Caller, appointmentId: string, patientId: string): Promise<Result> {
    if (caller.patient !== null && caller.patient !== patientId) return { done: false, refused: "NotFound" };
    const { sql, id } = this.#clinic;
    const asked = { appointmentId, patientId, byDoctor: caller.doctor };
    return settle(
      () => checkIn(sql, id, asked, actorOf(caller, this.#name)),
      () => doneWith(appointmentId),
    );
  }

  async walkIn(caller: Caller, patient: string, doctor: string, priority: number, key: string | null): Promise<Result> {
    const walkIn = { patient_id: patient, doctor_id: doctor, priority };
    const { sql, id } = this.#clinic;
    return answerOf(() => addWalkIn(sql, id, walkIn, { actor: actorOf(caller, this.#name), key }));
  }

  async setState(doctorId: string, state: DoctorState): Promise<Result> {
    const { sql, id, date } = this.#clinic;
    return settle(
      () => setDoctorDay(sql, id, { doctorId, date, changes: { state } }, staff),
      () => doneWith(null),
    );
  }

  async erase(patient: string): Promise<Result> {
    const { sql, id } = this.#clinic;
    return settle(
      () => erasePatient(sql, id, patient, { ...staff, name: this.#name ?? "desk" }),
      () => doneWith(null),
    );
  }
}

/** Calls the api, each caller with a token. */
export class RestCalls implements Calls {
  readonly #clinic: QueueClinic;
  readonly #address: string;
  readonly #clients = new Map<string, Rest>();

  constructor(clinic: QueueClinic, address: string) {
    this.#clinic = clinic;
    this.#address = `${address}/c/${clinic.code}`;
  }

  async act(caller: Caller, appointment: string, request: Request, key: string | null): Promise<Result> {
    // REST refuses it before it looks at the queue.
    const lacksReason = ["prioritise", "move"].includes(request.action) && request.reason === undefined;
    if (lacksReason) return new SqlCalls(this.#clinic).act(caller, appointment, request, key);
    return this.#post(caller, `/api/v1/appointments/${appointment}/transitions`, request, key);
  }

  async next(caller: Caller, doctor: string, request: NextRequest, key: string | null): Promise<Result> {
    const body = { ...request, date: this.#clinic.date };
    return this.#post(caller, `/api/v1/doctors/${doctor}/queue/next`, body, key);
  }

  async undo(caller: Caller, appointment: string, transition: string, key: string | null): Promise<Result> {
    return this.#post(caller, `/api/v1/appointments/${appointment}/transitions/undo`, { transition }, key);
  }

  async checkIn(caller: Caller, appointment: string, patient: string): Promise<Result> {
    const body = { appointment_id: appointment, patient_id: patient };
    const result = await this.#post(caller, "/api/v1/checkins", body, null);
    return result.done ? doneWith(appointment) : result;
  }

  async walkIn(caller: Caller, patient: string, doctor: string, priority: number, key: string | null): Promise<Result> {
    return this.#post(caller, "/api/v1/walk-ins", { patient_id: patient, doctor_id: doctor, priority }, key);
  }

  async setState(doctor: string, state: DoctorState): Promise<Result> {
    return new SqlCalls(this.#clinic).setState(doctor, state);
  }

  async erase(patient: string): Promise<Result> {
    return new SqlCalls(this.#clinic).erase(patient);
  }

  async #post(caller: Caller, path: string, body: object, key: string | null): Promise<Result> {
    const rest = this.#clients.get(caller.sub) ?? (await this.#signIn(caller));
    this.#clients.set(caller.sub, rest);
    return resultOf(await rest.post(path, body, key === null ? {} : { "idempotency-key": key }));
  }

  async #signIn({ kind, sub, doctor, patient }: Caller): Promise<Rest> {
    const claims =
      kind === "S"
        ? { role: "staff" as const }
        : kind === "D"
          ? { role: "doctor" as const, doctor_id: doctor ?? "" }
          : { role: "patient" as const, patient_id: patient ?? "" };
    const token = await tokenFor({ sub, clinic: this.#clinic.id, ...claims });
    return new Rest(this.#address, { authorization: `Bearer ${token}` });
  }
}

function resultOf({ status, body }: Answer): Result {
  if (status >= 500) throw new Error(`${status} ${JSON.stringify(body)}`);
  if (status >= 400) return { done: false, refused: body.error as ErrorCode };
  return doneAs(body as Answered);
}

async function answerOf(send: () => PromiseLike<[{ answer: Answered }]>): Promise<Result> {
  return settle(send, (rows) => doneAs((rows as [{ answer: Answered }])[0].answer));
}

const doneWith = (appointment: string | null): Result => ({
  done: true,
  repeated: false,
  appointment,
  transition: null,
});
const doneAs = ({ appointment, transition, repeated }: Answered): Result => ({
  done: true,
  repeated,
  appointment: appointment?.id ?? null,
  transition: transition?.id ?? null,
});

/** As the api does, begins anew where what was to be locked has changed meanwhile. A deadlock is an error. */
async function settle(send: () => PromiseLike<unknown>, made: (rows: unknown) => Result): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return made(await send());
    } catch (error) {
      const code = codeOf(error) ?? "";
      const refused = codes[code];
      if (refused !== undefined) return { done: false, refused };
      if (code !== "40001" || attempt === 10) throw error;
    }
  }
}
