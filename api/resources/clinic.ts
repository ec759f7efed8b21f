import { z } from "zod";
import { readClinic } from "../../db/queries/clinic.ts";
import type { Database } from "../../db/database.ts";
import { calendarDate } from "../../contract/calendar-date.ts";
import type { Config } from "../config.ts";
import { route, type Route } from "../route.ts";

const clinic = z
  .object({
    today: calendarDate.meta({ description: "The date at the clinic" }),
    timezone: z.string().meta({ description: "IANA name", examples: ["Europe/Berlin"] }),
    realtime_url: z
      .string()
      .nullable()
      .meta({
        description: "The address of the WebSocket; null where `REALTIME_URL` is not set",
        examples: ["wss://clinic.example/api/v1/ws/queue"],
      }),
    realtime_port: z.int().meta({
      description: "Without `realtime_url`: the WebSocket's port on the host of this API",
      examples: [8001],
    }),
    sign_in: z.boolean().meta({ description: "Whether calls need a token; false in open mode" }),
  })
  .meta({ id: "Clinic" });

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
    async () => ({
      ...(await database.read(readClinic)),
      realtime_url: REALTIME_URL ?? null,
      realtime_port: REALTIME_PORT,
      sign_in: !isOpen,
    }),
  ),
];
