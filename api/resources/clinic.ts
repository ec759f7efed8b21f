import { changeClinic, readClinic, readSettings } from "../../db/queries/clinics.ts";
import type { Database } from "../../db/database.ts";
import { clinic, clinicSettings, clinicUpdate } from "../../contract/clinic.ts";
import type { Config } from "../config.ts";
import { codeOf } from "../../platform/errors.ts";
import { ApiError } from "../api-error.ts";
import { basePathOf } from "../clinic-of.ts";
import { atClinic } from "../realtime-address.ts";
import { route, type Route } from "../route.ts";

export const clinicRoutes = (database: Database, { REALTIME_URL, REALTIME_PORT }: Config, isOpen: boolean): Route[] => [
  route(
    {
      method: "get",
      path: "/api/v1/clinic",
      tag: "Clinic",
      operationId: "getClinic",
      summary: "Get what a screen must know first: the clinic's date and time zone, and where its WebSocket is",
      access: "anyone",
      status: 200,
      answer: clinic,
    },
    async ({ caller: { clinicId }, response }) => ({
      ...(await database.read((sql) => readClinic(sql, clinicId))),
      realtime_url: REALTIME_URL === undefined ? null : atClinic(REALTIME_URL, basePathOf(response)),
      realtime_port: REALTIME_PORT,
      sign_in: !isOpen,
    }),
  ),
  route(
    {
      method: "get",
      path: "/api/v1/clinic/settings",
      tag: "Clinic",
      operationId: "getClinicSettings",
      summary: "Get what the clinic's managers have decided",
      access: ["staff"],
      status: 200,
      answer: clinicSettings,
    },
    ({ caller: { clinicId } }) => database.read((sql) => readSettings(sql, clinicId)),
  ),
  route(
    {
      method: "patch",
      path: "/api/v1/clinic",
      tag: "Clinic",
      operationId: "changeClinic",
      summary: "Change the clinic's settings, for every process at once; the answer has them all",
      access: ["manager"],
      body: clinicUpdate,
      status: 200,
      answer: clinicSettings,
    },
    ({ body, caller: { clinicId, actor } }) =>
      database.write((sql) => changeClinic(sql, clinicId, body, actor)).catch(explainTimezone),
  ),
];

/** JavaScript and Postgres know different time zones: the clinic's is one that both know. */
export function explainTimezone(error: unknown): never {
  if (codeOf(error) !== "22023") throw error;
  const details = [{ field: "timezone", reason: "is not a time zone that Postgres knows" }];
  throw new ApiError("ValidationError", "timezone: is not a time zone that Postgres knows", details);
}
