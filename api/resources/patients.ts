import { z } from "zod";
import type { Database } from "../../db/database.ts";
import type { Revocations } from "../../access/revocations.ts";
import { listAppointmentsOf } from "../../db/queries/appointments.ts";
import {
  changePatient,
  erasePatient,
  exportPatient,
  findPatient,
  findPatientByPhone,
  findPatients,
  isPatientOf,
  mergePatient,
  registerPatient,
} from "../../db/queries/patients.ts";
import type { Identity } from "../../access/identity.ts";
import { appointmentPage } from "../../contract/appointment.ts";
import { notFound, notTheirs, onlyForStaff } from "../api-error.ts";
import { shownTo } from "./appointments.ts";
import { id, phone, words } from "../../contract/fields.ts";
import { idempotencyHeaders } from "../idempotency-key.ts";
import { nextCursor, page } from "../page.ts";
import {
  newPatient,
  patient,
  patientExport,
  patientMerge,
  patientPage,
  patientUpdate,
  registeredPatient,
} from "../../contract/patient.ts";
import { route, type Route } from "../route.ts";

const tag = "Patients";
const params = z.object({ id });

export const patientRoutes = (database: Database, revocations: Revocations): Route[] => [
  route(
    {
      method: "post",
      path: "/api/v1/patients",
      tag,
      operationId: "registerPatient",
      summary: "Register a patient, or get the patient who already has this phone number",
      access: ["staff", "book"],
      headers: idempotencyHeaders,
      body: newPatient,
      status: 201,
      answer: registeredPatient,
      errors: ["IdempotencyConflict"],
    },
    ({ headers, body, caller: { clinicId, actor } }) => {
      const by = { actor, key: headers["idempotency-key"] ?? null };
      return database.write((sql) => registerPatient(sql, clinicId, body, by));
    },
  ),
  route(
    {
      method: "get",
      path: "/api/v1/patients/search",
      tag,
      operationId: "findPatientByPhone",
      summary: "Find a patient by phone number; null where nobody has it",
      access: ["staff", "book", "read"],
      query: z.object({
        phone: z.string().meta({ description: "Encode `+` as `%2B`", examples: ["+1 234 567 890"] }),
      }),
      status: 200,
      answer: z.union([patient, z.null()]),
    },
    async ({ query, caller: { clinicId } }) => {
      // Existing clients search for whatever was typed: a text that is no phone number belongs to nobody.
      const { data: number } = phone.safeParse(query.phone);
      if (number === undefined) return null;
      return (await database.read((sql) => findPatientByPhone(sql, clinicId, number))) ?? null;
    },
  ),
  route(
    {
      method: "get",
      path: "/api/v1/patients/{id}",
      tag,
      operationId: "getPatient",
      summary: "Get a patient",
      access: ["staff", "doctor", "patient", "read"],
      params,
      status: 200,
      answer: patient,
      errors: ["NotFound"],
    },
    async ({ params, caller: { clinicId, identity } }) => {
      const found = await database.read(async (sql) => {
        const { doctorId } = identity;
        if (!isSelf(identity, params.id)) throw notTheirs("Patient");
        if (doctorId !== undefined && !(await isPatientOf(sql, clinicId, params.id, doctorId)))
          throw notTheirs("Patient");
        return findPatient(sql, clinicId, params.id);
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
      operationId: "updatePatient",
      summary: "Change what is known of a patient; patients themselves decide about `ticket_only`",
      access: ["staff", "patient"],
      params,
      body: patientUpdate,
      status: 200,
      answer: patient,
      errors: ["NotFound", "AlreadyExists"],
    },
    ({ params, body, caller: { clinicId, identity, actor } }) => {
      if (!isSelf(identity, params.id)) throw notTheirs("Patient");
      const other = Object.keys(body).find((field) => field !== "ticket_only");
      if (identity.role === "patient" && other !== undefined) throw onlyForStaff(other);
      return database.write((sql) => changePatient(sql, clinicId, params.id, body, actor));
    },
  ),
  route(
    {
      method: "get",
      path: "/api/v1/patients",
      tag,
      operationId: "findPatients",
      summary: "Find patients by name, phone number or today's ticket",
      access: ["staff", "book", "read"],
      query: z.object({
        query: words(200).meta({
          description: "Words of the name in any order, begun ones too; with one typing error where nothing matches",
          examples: ["ostergard s"],
        }),
        ...page.shape,
      }),
      status: 200,
      answer: patientPage,
    },
    async ({ query: { query: typed, cursor = null, limit }, caller: { clinicId } }) => {
      const wanted = { typed, after: cursor, limit: limit + 1 };
      const found = await database.read((sql) => findPatients(sql, clinicId, wanted));
      return { patients: found.slice(0, limit), next_cursor: nextCursor(found, limit) };
    },
  ),
  route(
    {
      method: "post",
      path: "/api/v1/patients/{id}/merge",
      tag,
      operationId: "mergePatient",
      summary: "Merge a patient into another record of the same person",
      access: ["staff"],
      params,
      body: patientMerge,
      status: 200,
      answer: patient,
      errors: ["NotFound"],
    },
    async ({ params, body, caller: { clinicId, actor } }) => {
      const merged = await database.write((sql) => mergePatient(sql, clinicId, params.id, body.into, actor));
      await revocations.refresh();
      return merged;
    },
  ),
  route(
    {
      method: "get",
      path: "/api/v1/patients/{id}/appointments",
      tag,
      operationId: "listPatientAppointments",
      summary: "List a patient's appointments, the newest date first",
      access: ["staff", "patient"],
      params,
      query: page,
      status: 200,
      answer: appointmentPage,
      errors: ["NotFound"],
    },
    async ({ params, query: { cursor = null, limit }, caller: { clinicId, identity } }) => {
      if (!isSelf(identity, params.id)) throw notTheirs("Patient");
      const found = await database.read(async (sql) => {
        const rows = await listAppointmentsOf(sql, clinicId, params.id, { after: cursor, limit: limit + 1 });
        if (rows.length === 0 && !(await findPatient(sql, clinicId, params.id))) throw notFound("Patient");
        return rows;
      });
      const appointments = found.slice(0, limit).map((one) => shownTo(identity, one));
      return { appointments, next_cursor: nextCursor(found, limit) };
    },
  ),
  route(
    {
      method: "delete",
      path: "/api/v1/patients/{id}",
      tag,
      operationId: "erasePatient",
      summary: "Erase a patient: the data of the person goes, anonymous appointments stay",
      access: ["staff"],
      params,
      status: 204,
      errors: ["NotFound"],
    },
    async ({ params, caller: { clinicId, actor } }) => {
      await database.write((sql) => erasePatient(sql, clinicId, params.id, actor));
      await revocations.refresh();
    },
  ),
  route(
    {
      method: "get",
      path: "/api/v1/patients/{id}/export",
      tag,
      operationId: "exportPatient",
      summary: "Export everything that is stored about a patient",
      access: ["staff", "patient"],
      params,
      status: 200,
      answer: patientExport,
      errors: ["NotFound"],
    },
    async ({ params, caller: { clinicId, identity } }) => {
      if (!isSelf(identity, params.id)) throw notTheirs("Patient");
      const data = await database.read((sql) => exportPatient(sql, clinicId, params.id));
      if (!data) throw notFound("Patient");
      return data;
    },
  ),
];

/** False for a patient who asks about somebody else. */
const isSelf = ({ patientId }: Identity, id: string): boolean => (patientId ?? id) === id;
