import { z } from "zod";
import type { Identity } from "../../access/identity.ts";
import { findDoctor } from "../../db/queries/doctors.ts";
import type { Database, Sql } from "../../db/database.ts";
import { calendarDate } from "../../contract/calendar-date.ts";
import { notFound, notTheirs } from "../api-error.ts";
import { id } from "../../contract/fields.ts";
import { route, type Route } from "../route.ts";

interface DoctorDayList<Item> {
  /** The path of each operation that lists this; `{id}` is the doctor's. */
  paths: Record<string, string>;
  tag: "Appointments" | "Queue";
  summary: string;
  answer: z.ZodType;
  read: (sql: Sql, clinicId: string, doctorId: string, date: string) => Promise<Item[]>;
  /** What of it the caller may see; by default all. */
  show?: (identity: Identity, item: Item) => Item;
}

/** The calls that list something of one doctor's date, under each of the paths that clients use. */
export function doctorDayRoutes<Item>(
  database: Database,
  { paths, read, show = (_identity, item) => item, ...spec }: DoctorDayList<Item>,
): Route[] {
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
          return rows.map((row) => show(identity, row));
        }),
    ),
  );
}
