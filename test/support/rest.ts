import { randomInt } from "node:crypto";

export interface Answer {
  status: number;
  headers: Headers;
  // A test knows what it asked for.
  // oxlint-disable-next-line no-explicit-any
  body: any;
}

interface Request {
  method?: string;
  body?: string | Uint8Array;
  headers: Record<string, string>;
}

/** What fills a call of the API in. */
export interface Call {
  /** For the path's parameter. */
  id?: string;
  query?: string;
  body?: object;
  /** A file, in place of a body. */
  csv?: string;
}

/** A REST client of a test, with short cuts for what most tests need first. */
export class Rest {
  readonly address: string;
  #headers: Record<string, string>;

  /** @param headers sent with every request, for example the token. */
  constructor(address: string, headers: Record<string, string> = {}) {
    this.address = address;
    this.#headers = headers;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send(path, { headers });
  }

  async delete(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send(path, { method: "DELETE", headers });
  }

  async patch(path: string, body: unknown): Promise<Answer> {
    const headers = { "content-type": "application/json" };
    return this.#send(path, { method: "PATCH", body: JSON.stringify(body), headers });
  }

  async put(path: string, body: unknown): Promise<Answer> {
    const headers = { "content-type": "application/json" };
    return this.#send(path, { method: "PUT", body: JSON.stringify(body), headers });
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.raw(path, JSON.stringify(body), { "content-type": "application/json", ...headers });
  }

  async raw(path: string, body: string | Uint8Array, headers: Record<string, string>): Promise<Answer> {
    return this.#send(path, { method: "POST", body, headers });
  }

  /** Makes a call by its name in the OpenAPI document, like `get /api/v1/patients/{id}`. */
  async call(name: string, { id = "", query = "", body: given, csv }: Call = {}): Promise<Answer> {
    const [method = "", path = ""] = name.split(" ");
    if (csv !== undefined) return this.raw(path.replace(/\{\w+\}/, id) + query, csv, { "content-type": "text/csv" });
    const body = ["get", "delete"].includes(method) ? undefined : given;
    const headers: Record<string, string> = body ? { "content-type": "application/json" } : {};
    return this.#send(path.replace(/\{\w+\}/, id) + query, {
      method: method.toUpperCase(),
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  async addDoctor(fields: object = {}): Promise<{ id: string; name: string; code: string }> {
    return this.#made("/api/v1/doctors", { name: "Dr. Smith", code: `DOC${unique()}`, ...fields });
  }

  async addPatient(fields: object = {}): Promise<{ id: string; name: string; phone: string }> {
    return this.#made("/api/v1/patients", {
      name: "John Doe",
      phone: `+1${unique()}`,
      age: 45,
      gender: "male",
      ...fields,
    });
  }

  async book(
    patientId: string,
    doctorId: string,
    date: string,
    fields: object = {},
  ): Promise<{ id: string; slot: number; ticket: string; confirmation_code: string }> {
    return this.#made("/api/v1/appointments", { patient_id: patientId, doctor_id: doctorId, date, ...fields });
  }

  async checkIn(appointmentId: string, patientId: string): Promise<{ queue_position: number }> {
    return this.#made("/api/v1/checkins", { appointment_id: appointmentId, patient_id: patientId });
  }

  /** A new patient with an appointment. */
  async bookNew(doctorId: string, date: string): Promise<{ id: string; slot: number; patientId: string }> {
    const patient = await this.addPatient();
    return { ...(await this.book(patient.id, doctorId, date)), patientId: patient.id };
  }

  async today(): Promise<string> {
    return ((await this.get("/api/v1/clinic")).body as { today: string }).today;
  }

  async #made<T>(path: string, body: object): Promise<T> {
    const answer = await this.post(path, body);
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  async #send(path: string, { headers, ...init }: Request): Promise<Answer> {
    const response = await fetch(this.address + path, { ...init, headers: { ...this.#headers, ...headers } });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }
}

/** Ten digits that no other call gave. */
export function unique(): string {
  return String(randomInt(1e9, 1e10)).padStart(10, "0");
}
