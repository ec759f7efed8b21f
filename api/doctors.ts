import { z } from "zod";
import type { Database } from "../db/database.ts";
import { addDoctor, findDoctor, listDoctors, listDoctorsOn } from "../db/doctors.ts";
import { calendarDate } from "../platform/calendar-date.ts";
import { ApiError, notFound } from "./api-error.ts";
import { id, line, optional, timestamp } from "./fields.ts";
import { route, type Route } from "./route.ts";

const newDoctor = z.object({ name: line(200), code: line(50), specialty: optional(line(100)) });

const doctorFields = {
  id,
  name: z.string(),
  code: z.string(),
  specialty: z.string().nullable(),
  created_at: timestamp,
};
const doctor = z.object(doctorFields).meta({ id: "Doctor" });
const listedDoctor = z
  .object({
    ...doctorFields,
    is_available: z.boolean().optional().meta({ description: "Present on `date`; only when `date` is given" }),
  })
  .meta({ id: "ListedDoctor" });

const tag = "Doctors";

export const doctorRoutes = (database: Database): Route[] => [
  route(
    {
      method: "post",
      path: "/api/v1/doctors",
      tag,
      summary: "Add a doctor",
      body: newDoctor,
      status: 201,
      answer: doctor,
    },
    async ({ body }) => {
      const added = await database.run((sql) => addDoctor(sql, body));
      if (added) return added;
      const details = [{ field: "code", reason: "already exists" }];
      throw new ApiError("ValidationError", "A doctor with this code already exists", details);
    },
  ),
  route(
    {
      method: "get",
      path: "/api/v1/doctors",
      tag,
      summary: "List the doctors",
      query: z.object({ date: calendarDate.optional() }),
      status: 200,
      answer: z.array(listedDoctor),
    },
    ({ query: { date } }) =>
      database.run(async (sql) => (date === undefined ? listDoctors(sql) : listDoctorsOn(sql, date))),
  ),
  route(
    {
      method: "get",
      path: "/api/v1/doctors/{id}",
      tag,
      summary: "Get a doctor",
      params: z.object({ id }),
      status: 200,
      answer: doctor,
      errors: ["NotFound"],
    },
    async ({ params }) => {
      const found = await database.run((sql) => findDoctor(sql, params.id));
      if (!found) throw notFound("Doctor");
      return found;
    },
  ),
];
