import { z } from "zod";
import type { Database } from "../../db/database.ts";
import { addDoctor, changeDoctor, findDoctor, listDoctors, listDoctorsOn } from "../../db/queries/doctors.ts";
import { calendarDate } from "../../contract/calendar-date.ts";
import { doctor, doctorUpdate, listedDoctor, newDoctor } from "../../contract/doctor.ts";
import { ApiError, notFound } from "../api-error.ts";
import { viewers } from "../authentication.ts";
import { id } from "../../contract/fields.ts";
import { route, type Route } from "../route.ts";

const tag = "Doctors";

const retired = z
  .enum(["true", "false"])
  .default("false")
  .transform((value) => value === "true")
  .meta({ description: "Whether retired doctors are listed too" });

export const doctorRoutes = (database: Database): Route[] => [
  route(
    {
      method: "post",
      path: "/api/v1/doctors",
      tag,
      operationId: "addDoctor",
      summary: "Add a doctor",
      access: ["staff"],
      body: newDoctor,
      status: 201,
      answer: doctor,
      errors: ["NotFound"],
    },
    async ({ body, caller: { clinicId, actor } }) => {
      const added = await database.write((sql) => addDoctor(sql, clinicId, body, actor));
      if (added) return added;
      const others = await database.read((sql) => listDoctors(sql, clinicId, true));
      const field = others.some(({ code }) => code === body.code) ? "code" : "ticket_prefix";
      const details = [{ field, reason: "already exists" }];
      throw new ApiError("ValidationError", `A doctor with this ${field} already exists`, details);
    },
  ),
  route(
    {
      method: "get",
      path: "/api/v1/doctors",
      tag,
      operationId: "listDoctors",
      summary: "List the doctors who take bookings, or all with `retired`",
      access: viewers,
      query: z.object({ date: calendarDate.optional(), retired }),
      status: 200,
      answer: z.array(listedDoctor),
    },
    ({ query: { date, retired }, caller: { clinicId } }) =>
      database.read(async (sql) =>
        date === undefined ? listDoctors(sql, clinicId, retired) : listDoctorsOn(sql, clinicId, retired, date),
      ),
  ),
  route(
    {
      method: "get",
      path: "/api/v1/doctors/{id}",
      tag,
      operationId: "getDoctor",
      summary: "Get a doctor",
      access: viewers,
      params: z.object({ id }),
      status: 200,
      answer: doctor,
      errors: ["NotFound"],
    },
    async ({ params, caller: { clinicId } }) => {
      const found = await database.read((sql) => findDoctor(sql, clinicId, params.id));
      if (!found) throw notFound("Doctor");
      return found;
    },
  ),
  route(
    {
      method: "patch",
      path: "/api/v1/doctors/{id}",
      tag,
      operationId: "changeDoctor",
      summary: "Change a doctor's name, specialty, area, room or kind, or retire the doctor",
      access: ["staff"],
      params: z.object({ id }),
      body: doctorUpdate,
      status: 200,
      answer: doctor,
      errors: ["NotFound"],
    },
    ({ params, body, caller: { clinicId, actor } }) =>
      database.write((sql) => changeDoctor(sql, clinicId, params.id, body, actor)),
  ),
];
