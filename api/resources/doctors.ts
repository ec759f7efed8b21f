import { z } from "zod";
import type { Database } from "../../db/database.ts";
import { addDoctor, findDoctor, listDoctors, listDoctorsOn } from "../../db/queries/doctors.ts";
import { calendarDate } from "../../contract/calendar-date.ts";
import { ApiError, notFound } from "../api-error.ts";
import { everybody } from "../authentication.ts";
import { id, line, name, optional, timestamp } from "../../contract/fields.ts";
import { route, type Route } from "../route.ts";

const ticketPrefix = z
  .string()
  .regex(/^[A-Z]{1,3}$/, "must be 1 to 3 letters A to Z")
  .meta({ examples: ["A"] });
const newDoctor = z.object({
  name: name(200).meta({ examples: ["Dr. Smith"] }),
  code: line(50).meta({ examples: ["DOC001"] }),
  specialty: optional(line(100).meta({ examples: ["Cardiology"] })),
  ticket_prefix: optional(ticketPrefix).meta({ description: "Chosen by the server when left out" }),
});

const doctorFields = {
  id,
  name: z.string().meta({ examples: ["Dr. Smith"] }),
  code: z.string().meta({ examples: ["DOC001"] }),
  specialty: z
    .string()
    .nullable()
    .meta({ examples: ["Cardiology"] }),
  ticket_prefix: z.string().meta({ description: "The first letters of this doctor's tickets", examples: ["A"] }),
  created_at: timestamp,
};
const doctor = z.object(doctorFields).meta({ id: "Doctor" });
const listedDoctor = z
  .object({
    ...doctorFields,
    is_available: z
      .boolean()
      .optional()
      .meta({ description: "Whether the doctor is present on `date`; left out without `date`" }),
  })
  .meta({ id: "ListedDoctor" });

const tag = "Doctors";

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
    },
    async ({ body, caller: { actor } }) => {
      const added = await database.write((sql) => addDoctor(sql, body, actor));
      if (added) return added;
      const others = await database.read(listDoctors);
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
      summary: "List the doctors",
      access: everybody,
      query: z.object({ date: calendarDate.optional() }),
      status: 200,
      answer: z.array(listedDoctor),
    },
    ({ query: { date } }) =>
      database.read(async (sql) => (date === undefined ? listDoctors(sql) : listDoctorsOn(sql, date))),
  ),
  route(
    {
      method: "get",
      path: "/api/v1/doctors/{id}",
      tag,
      operationId: "getDoctor",
      summary: "Get a doctor",
      access: everybody,
      params: z.object({ id }),
      status: 200,
      answer: doctor,
      errors: ["NotFound"],
    },
    async ({ params }) => {
      const found = await database.read((sql) => findDoctor(sql, params.id));
      if (!found) throw notFound("Doctor");
      return found;
    },
  ),
];
