import { z } from "zod";
import { databaseUrl, host, integer, logLevel, parseSettings, port } from "../platform/settings.ts";

export type Config = ReturnType<typeof readConfig>;

export const readConfig = () =>
  parseSettings(
    {
      DATABASE_URL: databaseUrl,
      HOST: host,
      API_PORT: port(8000),
      REALTIME_PORT: port(8001),
      REALTIME_URL: z.url({ protocol: /^wss?$/, error: "must be a ws:// or wss:// URL" }).optional(),
      ALLOWED_ORIGINS: z.string().default("*"),
      CLINIC_TIMEZONE: z
        .string()
        .default("UTC")
        .refine(isTimezone, { error: "is not a time zone, like Europe/Berlin" }),
      DAILY_CAPACITY: integer(1, 1_000, 10),
      LOG_LEVEL: logLevel,
    },
    process.env,
  );

/** A name that JavaScript knows. An offset is not a name: Postgres reads its sign the other way round. */
function isTimezone(name: string): boolean {
  try {
    Intl.DateTimeFormat("en", { timeZone: name });
    return /^[a-z]/i.test(name);
  } catch {
    return false;
  }
}
