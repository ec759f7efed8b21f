import { z } from "zod";
import { calendarDate } from "./calendar-date.ts";

export const clinic = z
  .object({
    code: z.string().meta({ description: "What the clinic's address has after `/c/`", examples: ["default"] }),
    name: z.string().meta({ examples: ["Clinic"] }),
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
export type Clinic = z.infer<typeof clinic>;
