import { z } from "zod";
import type { Database } from "../../db/database.ts";
import type { Revocations } from "../../access/revocations.ts";
import {
  erasePatient,
  exportPatient,
  findPatient,
  findPatientByPhone,
  isPatientOf,
  registerPatient,
  setTicketOnly,
} from "../../db/queries/patients.ts";
import type { Identity } from "../../access/identity.ts";
import { notFound, notTheirs } from "../api-error.ts";
import { id, phone } from "../../contract/fields.ts";
import { newPatient, patient, patientExport, patientUpdate } from "../../contract/patient.ts";
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
      body: newPatient,
      status: 201,
      answer: patient,
    },
    ({ body, caller: { clinicId, actor } }) => database.write((sql) => registerPatient(sql, clinicId, body, actor)),
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
      summary: "Record whether public screens may show more of a patient than the ticket",
      access: ["staff", "patient"],
      params,
      body: patientUpdate,
      status: 200,
      answer: patient,
      errors: ["NotFound"],
    },
    async ({ params, body, caller: { clinicId, identity, actor } }) => {
      if (!isSelf(identity, params.id)) throw notTheirs("Patient");
      const found = await database.write((sql) => setTicketOnly(sql, clinicId, params.id, body.ticket_only, actor));
      if (!found) throw notFound("Patient");
      return found;
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
