import { readClinic } from "../../db/queries/clinics.ts";
import type { Database } from "../../db/database.ts";
import { clinic } from "../../contract/clinic.ts";
import type { Config } from "../config.ts";
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
];
