import { z } from "zod";
import type { Database } from "../../db/database.ts";
import { findAvailability, setAvailability } from "../../db/queries/doctor-days.ts";
import { availability, newAvailability } from "../../contract/availability.ts";
import { calendarDate } from "../../contract/calendar-date.ts";
import { notFound, Refusal } from "../api-error.ts";
import { viewers } from "../authentication.ts";
import { mayActAs } from "../../access/identity.ts";
import { id } from "../../contract/fields.ts";
import { route, type Route } from "../route.ts";

const path = "/api/v1/doctors/{id}/availability";
const tag = "Doctors";
const params = z.object({ id });

export const availabilityRoutes = (database: Database): Route[] => [
  route(
    {
      method: "post",
      path,
      tag,
      operationId: "setAvailability",
      summary: "Record whether a doctor is present on a date",
      access: ["staff", "doctor"],
      params,
      body: newAvailability,
      status: 200,
      answer: availability,
      errors: ["NotFound"],
    },
    ({ params, body: { date, is_present: isPresent, notes }, caller: { clinicId, identity, actor } }) => {
      const { doctorId = params.id } = identity;
      if (doctorId !== params.id) throw new Refusal("Forbidden", "A doctor may only record their own presence");
      return database.write((sql) => setAvailability(sql, clinicId, { doctorId, date, isPresent, notes }, actor), {
        lane: `${clinicId} ${date}`,
      });
    },
  ),
  route(
    {
      method: "get",
      path,
      tag,
      operationId: "getAvailability",
      summary: "Tell whether a doctor is present on a date: present, unless absence is recorded",
      access: viewers,
      params,
      query: z.object({ date: calendarDate }),
      status: 200,
      answer: availability,
      errors: ["NotFound"],
    },
    async ({ params, query, caller: { clinicId, identity } }) => {
      const found = await database.read((sql) => findAvailability(sql, clinicId, params.id, query.date));
      if (!found) throw notFound("Doctor");
      // Only colleagues, and programs that may read what colleagues read, learn why somebody is away.
      const { role, scopes } = identity;
      const isReader = role === "service" && scopes?.has("read") === true;
      const isColleague = isReader || role === "doctor" || mayActAs(role, "staff");
      return isColleague ? found : { ...found, notes: null, updated_by: null };
    },
  ),
];
