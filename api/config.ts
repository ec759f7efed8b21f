import { z } from "zod";
import { authSettings } from "../access/auth-settings.ts";
import { clinicSettings, timezone } from "../contract/clinic.ts";
import {
  databaseUrl,
  host,
  integer,
  logLevel,
  parseSettings,
  pooler,
  port,
  wholeNumber,
} from "../platform/settings.ts";

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
      // What the first clinic is made with. Where nothing is set, the tables' defaults count.
      CLINIC_TIMEZONE: timezone.optional(),
      DAILY_CAPACITY: wholeNumber.pipe(clinicSettings.shape.daily_capacity).optional(),
      MAX_BOOKINGS_PER_DOCTOR_DAY: wholeNumber.pipe(clinicSettings.shape.max_bookings_per_doctor_day).optional(),
      MAX_BOOKINGS_AHEAD: wholeNumber.pipe(clinicSettings.shape.max_bookings_ahead).optional(),
      BOOKING_HORIZON_DAYS: wholeNumber.pipe(clinicSettings.shape.booking_horizon_days).optional(),
      PUBLIC_NAMES: clinicSettings.shape.public_names.optional(),
      PUBLIC_SPECIALTY: z
        .enum(["true", "false"])
        .transform((text) => text === "true")
        .optional(),
      TOKEN_LIFETIME_S: integer(1, 86_400, 3_600),
      SESSION_LIFETIME_S: integer(1, 31_536_000, 43_200),
      MAX_READS_PER_MINUTE: integer(1, 1_000_000, 1_200),
      MAX_WRITES_PER_MINUTE: integer(1, 1_000_000, 600),
      MAX_CALLS_PER_MINUTE_PER_ADDRESS: integer(1, 1_000_000, 6_000),
      MAX_SIGN_INS_PER_MINUTE_PER_ADDRESS: integer(1, 1_000_000, 60),
      MAX_PAIRINGS_PER_MINUTE_PER_ADDRESS: integer(1, 1_000_000, 600),
      AUDIT_RETENTION_DAYS: integer(30, 36_500, 3_650),
      RECORD_RETENTION_DAYS: wholeNumber.pipe(z.int().min(365).max(36_500)).optional(),
      LOG_LEVEL: logLevel,
    },
    process.env,
  );
