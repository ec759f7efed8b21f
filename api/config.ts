import { z } from "zod";
import { authSettings } from "../access/auth-settings.ts";
import { databaseUrl, host, integer, logLevel, parseSettings, pooler, port } from "../platform/settings.ts";

export type Config = ReturnType<typeof readConfig>;

export const readConfig = () =>
  parseSettings(
    {
      ...authSettings,
      API_DATABASE_URL: databaseUrl.optional(),
      DATABASE_URL: databaseUrl.optional(),
      DATABASE_POOLER: pooler,
      HOST: host,
      API_PORT: port(8000),
      REALTIME_PORT: port(8001),
      REALTIME_URL: z.url({ protocol: /^wss?$/, error: "must be a ws:// or wss:// URL" }).optional(),
      CLINIC_TIMEZONE: z
        .string()
        .default("UTC")
        .refine(isTimezone, { error: "is not a time zone, like Europe/Berlin" }),
      DAILY_CAPACITY: integer(1, 1_000, 10),
      MAX_BOOKINGS_PER_DOCTOR_DAY: integer(1, 1_000, 1),
      MAX_BOOKINGS_AHEAD: integer(1, 1_000, 5),
      BOOKING_HORIZON_DAYS: integer(1, 3_650, 365),
      PUBLIC_NAMES: z.enum(["ticket", "initials", "first_name"]).default("ticket"),
      PUBLIC_SPECIALTY: z
        .enum(["true", "false"])
        .default("true")
        .transform((text) => text === "true"),
      TOKEN_LIFETIME_S: integer(1, 86_400, 3_600),
      SESSION_LIFETIME_S: integer(1, 31_536_000, 43_200),
      MAX_READS_PER_MINUTE: integer(1, 1_000_000, 1_200),
      MAX_WRITES_PER_MINUTE: integer(1, 1_000_000, 600),
      MAX_CALLS_PER_MINUTE_PER_ADDRESS: integer(1, 1_000_000, 6_000),
      MAX_SIGN_INS_PER_MINUTE_PER_ADDRESS: integer(1, 1_000_000, 60),
      MAX_PAIRINGS_PER_MINUTE_PER_ADDRESS: integer(1, 1_000_000, 600),
      AUDIT_RETENTION_DAYS: integer(30, 36_500, 3_650),
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
