import { z } from "zod";
import type { Database } from "../db/database.ts";
import { findPatient, findPatientByPhone, registerPatient } from "../db/patients.ts";
import { notFound } from "./api-error.ts";
import { id, line, optional, phone, timestamp } from "./fields.ts";
import { route, type Route } from "./route.ts";

const newPatient = z.object({
  name: line(200),
  phone,
  age: optional(z.int().min(0).max(150)),
  gender: optional(line(20)),
  email: optional(z.email("must be an e-mail address").max(254)),
});

const patient = z
  .object({
    id,
    name: z.string(),
    age: z.int().nullable(),
    gender: z.string().nullable(),
    phone: z.string(),
    email: z.string().nullable(),
    created_at: timestamp,
  })
  .meta({ id: "Patient" });

const tag = "Patients";

export const patientRoutes = (database: Database): Route[] => [
  route(
    {
      method: "post",
      path: "/api/v1/patients",
      tag,
      summary: "Register a patient, or get the one with this phone",
      body: newPatient,
      status: 201,
      answer: patient,
    },
    ({ body }) => database.run((sql) => registerPatient(sql, body)),
  ),
  route(
    {
      method: "get",
      path: "/api/v1/patients/search",
      tag,
      summary: "Find a patient by phone",
      query: z.object({ phone }),
      status: 200,
      answer: patient.nullable(),
    },
    async ({ query }) => (await database.run((sql) => findPatientByPhone(sql, query.phone))) ?? null,
  ),
  route(
    {
      method: "get",
      path: "/api/v1/patients/{id}",
      tag,
      summary: "Get a patient",
      params: z.object({ id }),
      status: 200,
      answer: patient,
      errors: ["NotFound"],
    },
    async ({ params }) => {
      const found = await database.run((sql) => findPatient(sql, params.id));
      if (!found) throw notFound("Patient");
      return found;
    },
  ),
];
