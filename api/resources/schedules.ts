import { z } from "zod";
import { id } from "../../contract/fields.ts";
import { bookingConflict, endedLeave, newLeave, newSchedule, session, stranded } from "../../contract/schedule.ts";
import type { Database } from "../../db/database.ts";
import { findDoctor } from "../../db/queries/doctors.ts";
import { listConflicts, readSchedule, setLeave, setSchedule } from "../../db/queries/schedules.ts";
import { notFound, notTheirs } from "../api-error.ts";
import { viewers } from "../authentication.ts";
import { route, type Route } from "../route.ts";

const tag = "Schedules";
const params = z.object({ id });

/** When doctors work: their week, leave, and what fits it no more. */
export const scheduleRoutes = (database: Database): Route[] => [
  route(
    {
      method: "get",
      path: "/api/v1/doctors/{id}/schedule",
      tag,
      operationId: "getSchedule",
      summary: "List the sessions of a doctor's week",
      access: viewers,
      params,
      status: 200,
      answer: z.array(session),
      errors: ["NotFound"],
    },
    ({ params, caller: { clinicId } }) =>
      database.read(async (sql) => {
        const sessions = await readSchedule(sql, clinicId, params.id);
        if (sessions.length === 0 && !(await findDoctor(sql, clinicId, params.id))) throw notFound("Doctor");
        return sessions;
      }),
  ),
  route(
    {
      method: "put",
      path: "/api/v1/doctors/{id}/schedule",
      tag,
      operationId: "setSchedule",
      summary: "Set the sessions of a doctor's week; appointments stay as they are",
      access: ["manager"],
      params,
      body: newSchedule,
      status: 200,
      answer: z.array(session),
      errors: ["NotFound"],
    },
    async ({ params, body, caller: { clinicId, actor } }) => {
      await database.write((sql) => setSchedule(sql, clinicId, params.id, body, actor));
      return database.read((sql) => readSchedule(sql, clinicId, params.id));
    },
  ),
  route(
    {
      method: "post",
      path: "/api/v1/doctors/{id}/leave",
      tag,
      operationId: "recordLeave",
      summary: "Record that a doctor is absent on all dates of a range",
      access: ["staff"],
      isRepeatable: true,
      params,
      body: newLeave,
      status: 200,
      answer: stranded,
      errors: ["NotFound", "InvalidDate"],
    },
    ({ params, body: { from, until, note = null }, caller: { clinicId, actor } }) =>
      database.write((sql) =>
        setLeave(sql, clinicId, { doctorId: params.id, from, until, note }, { isBack: false, actor }),
      ),
  ),
  route(
    {
      method: "delete",
      path: "/api/v1/doctors/{id}/leave",
      tag,
      operationId: "endLeave",
      summary: "Record that a doctor is there again on the dates of a range",
      access: ["staff"],
      params,
      query: endedLeave,
      status: 200,
      answer: stranded,
      errors: ["NotFound", "InvalidDate"],
    },
    ({ params, query: { from, until }, caller: { clinicId, actor } }) =>
      database.write((sql) =>
        setLeave(sql, clinicId, { doctorId: params.id, from, until, note: null }, { isBack: true, actor }),
      ),
  ),
  route(
    {
      method: "get",
      path: "/api/v1/doctors/{id}/conflicts",
      tag,
      operationId: "listConflicts",
      summary: "List the booked appointments that fit no session of their doctor any more",
      access: ["staff", "doctor"],
      params,
      status: 200,
      answer: z.array(bookingConflict),
      errors: ["NotFound"],
    },
    ({ params, caller: { clinicId, identity } }) =>
      database.read(async (sql) => {
        if ((identity.doctorId ?? params.id) !== params.id) throw notTheirs("Doctor");
        const conflicts = await listConflicts(sql, clinicId, params.id);
        if (conflicts.length === 0 && !(await findDoctor(sql, clinicId, params.id))) throw notFound("Doctor");
        return conflicts;
      }),
  ),
];
