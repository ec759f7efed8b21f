import { z } from "zod";
import { findDoctor } from "../../db/queries/doctors.ts";
import type { Database, Sql } from "../../db/database.ts";
import { calendarDate } from "../../contract/calendar-date.ts";
import { notFound, notTheirs } from "../api-error.ts";
import { id } from "../../contract/fields.ts";
import { route, type Route } from "../route.ts";

interface DoctorDayList {
  /** The path of each operation that lists this; `{id}` is the doctor's. */
  paths: Record<string, string>;
  tag: "Appointments" | "Queue";
  summary: string;
  answer: z.ZodType;
  read: (sql: Sql, clinicId: string, doctorId: string, date: string) => Promise<unknown[]>;
}

/** The calls that list something of one doctor's date, under each of the paths that clients use. */
export function doctorDayRoutes(database: Database, { paths, read, ...spec }: DoctorDayList): Route[] {
  return Object.entries(paths).map(([operationId, path]) =>
    route(
      {
        ...spec,
        method: "get",
        path,
        operationId,
        access: ["staff", "doctor", "read"],
        params: z.object({ id }),
        query: z.object({ date: calendarDate }),
        status: 200,
        errors: ["NotFound"],
      },
      ({ params, query, caller: { clinicId, identity } }) =>
        database.read(async (sql) => {
          if ((identity.doctorId ?? params.id) !== params.id) throw notTheirs("Doctor");
          const rows = await read(sql, clinicId, params.id, query.date);
          if (rows.length === 0 && !(await findDoctor(sql, clinicId, params.id))) throw notFound("Doctor");
          return rows;
        }),
    ),
  );
}
