import { z } from "zod";
import type { Database } from "../db/database.ts";
import type { Revocations } from "../db/revocations.ts";
import {
  erasePatient,
  exportPatient,
  findPatient,
  findPatientByPhone,
  isPatientOf,
  registerPatient,
  setTicketOnly,
} from "../db/patients.ts";
import type { Identity } from "../platform/identity.ts";
import { notFound, notTheirs } from "./api-error.ts";
import { id, line, optional, phone, timestamp } from "./fields.ts";
import { route, type Route } from "./route.ts";

const newPatient = z.object({
  name: line(200),
  phone,
  age: optional(z.int().min(0).max(150)),
  gender: optional(line(20)),
  email: optional(z.email("must be an e-mail address").max(254)),
  ticket_only: optional(z.boolean()).transform((wanted) => wanted ?? false),
});

const patient = z
  .object({
    id,
    name: z.string(),
    age: z.int().nullable(),
    gender: z.string().nullable(),
    phone: z.string(),
    email: z.string().nullable(),
    ticket_only: z.boolean().meta({ description: "Public screens show the ticket alone" }),
    created_at: timestamp,
  })
  .meta({ id: "Patient" });

const tag = "Patients";
const params = z.object({ id });

export const patientRoutes = (database: Database, revocations: Revocations): Route[] => [
  route(
    {
      method: "post",
      path: "/api/v1/patients",
      tag,
      summary: "Register a patient, or get the one with this phone",
      access: ["staff", "book"],
      body: newPatient,
      status: 201,
      answer: patient,
    },
    ({ body, caller: { actor } }) => database.write((sql) => registerPatient(sql, body, actor)),
  ),
  route(
    {
      method: "get",
      path: "/api/v1/patients/search",
      tag,
      summary: "Find a patient by phone",
      access: ["staff", "book", "read"],
      query: z.object({ phone }),
      status: 200,
      answer: patient.nullable(),
    },
    async ({ query }) => (await database.read((sql) => findPatientByPhone(sql, query.phone))) ?? null,
  ),
  route(
    {
      method: "get",
      path: "/api/v1/patients/{id}",
      tag,
      summary: "Get a patient",
      access: ["staff", "doctor", "patient", "read"],
      params,
      status: 200,
      answer: patient,
      errors: ["NotFound"],
    },
    async ({ params, caller: { identity } }) => {
      const found = await database.read(async (sql) => {
        const { doctorId } = identity;
        if (!isSelf(identity, params.id)) throw notTheirs("Patient");
        if (doctorId !== undefined && !(await isPatientOf(sql, params.id, doctorId))) throw notTheirs("Patient");
        return findPatient(sql, params.id);
      });
      if (!found) throw notFound("Patient");
      return found;
    },
  ),
  route(
    {
      method: "patch",
      path: "/api/v1/patients/{id}",
      tag,
      summary: "Record a patient's wish about public screens",
      access: ["staff", "patient"],
      params,
      body: z.object({ ticket_only: z.boolean() }),
      status: 200,
      answer: patient,
      errors: ["NotFound"],
    },
    async ({ params, body, caller: { identity, actor } }) => {
      if (!isSelf(identity, params.id)) throw notTheirs("Patient");
      const found = await database.write((sql) => setTicketOnly(sql, params.id, body.ticket_only, actor));
      if (!found) throw notFound("Patient");
      return found;
    },
  ),
  route(
    {
      method: "delete",
      path: "/api/v1/patients/{id}",
      tag,
      summary: "Erase a person: what is left counts, and tells nobody who it was",
      access: ["staff"],
      params,
      status: 204,
      errors: ["NotFound"],
    },
    async ({ params, caller: { actor } }) => {
      await database.write((sql) => erasePatient(sql, params.id, actor));
      await revocations.refresh();
    },
  ),
  route(
    {
      method: "get",
      path: "/api/v1/patients/{id}/export",
      tag,
      summary: "Everything that is kept about a patient",
      access: ["staff", "patient"],
      params,
      status: 200,
      answer: z.object({
        patient: z.object({}).loose(),
        appointments: z.array(z.object({}).loose()),
        sessions: z.array(z.object({}).loose()),
        booking_requests: z.array(z.object({}).loose()),
        audit_events: z.array(z.object({}).loose()),
      }),
      errors: ["NotFound"],
    },
    async ({ params, caller: { identity } }) => {
      if (!isSelf(identity, params.id)) throw notTheirs("Patient");
      const data = await database.read((sql) => exportPatient(sql, params.id));
      if (!data) throw notFound("Patient");
      return data;
    },
  ),
];

/** False for a patient who asks for another one. */
const isSelf = ({ patientId }: Identity, id: string): boolean => (patientId ?? id) === id;
