import { setTimeout as delay } from "node:timers/promises";
import { configureClinic } from "../db/queries/clinics.ts";
import type { Database } from "../db/database.ts";
import { isNotMigrated, isUnreachable } from "../db/database-errors.ts";
import { codeOf } from "../platform/errors.ts";
import type { Logger } from "../platform/log.ts";
import { StartError } from "../platform/settings.ts";
import type { Clinics } from "../access/clinics.ts";
import type { Config } from "./config.ts";

const retryMs = 500;

/**
 * Writes this process' settings of the clinic to the database, so that all processes and SQL sessions decide by the same
 * rules. Retries until the database can be reached and is migrated.
 *
 * @throws StartError when Postgres does not know the time zone.
 */
export async function applyClinicSettings(
  database: Database,
  clinics: Clinics,
  config: Config,
  log: Logger,
): Promise<void> {
  const settings = {
    timezone: config.CLINIC_TIMEZONE,
    dailyCapacity: config.DAILY_CAPACITY,
    publicNames: config.PUBLIC_NAMES,
    publicSpecialty: config.PUBLIC_SPECIALTY,
    maxBookingsPerDoctorDay: config.MAX_BOOKINGS_PER_DOCTOR_DAY,
    maxBookingsAhead: config.MAX_BOOKINGS_AHEAD,
    bookingHorizonDays: config.BOOKING_HORIZON_DAYS,
  };
  let reported: string | undefined;
  for (;;) {
    try {
      const clinic = await clinics.find(undefined);
      if (!clinic) throw new StartError("the database has no default clinic");
      await database.write((sql) => configureClinic(sql, clinic.id, settings));
      return;
    } catch (error) {
      const code = codeOf(error);
      const needsMigration = isNotMigrated(error);
      if (code === "22023" && !needsMigration)
        throw new StartError("CLINIC_TIMEZONE is not a time zone that Postgres knows");
      if (!needsMigration && !isUnreachable(error)) throw error;
      const reason = needsMigration ? "the database is not migrated: npm run migrate" : "the database is away";
      if (reason !== reported) log.warn({ code }, `waiting: ${reason}`);
      reported = reason;
      await delay(retryMs);
    }
  }
}
