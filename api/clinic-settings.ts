import type { ClinicSettings } from "../contract/clinic.ts";
import { configureClinic } from "../db/queries/clinics.ts";
import type { Database } from "../db/database.ts";
import { isNotMigrated, isUnreachable } from "../db/database-errors.ts";
import { codeOf } from "../platform/errors.ts";
import type { Logger } from "../platform/log.ts";
import { repeat } from "../platform/repeat.ts";
import { StartError } from "../platform/settings.ts";
import type { Clinics } from "../access/clinics.ts";
import type { Config } from "./config.ts";

const retryMs = 500;

/** How the environment names the settings that it can give the first clinic. */
const names = {
  timezone: "CLINIC_TIMEZONE",
  daily_capacity: "DAILY_CAPACITY",
  public_names: "PUBLIC_NAMES",
  public_specialty: "PUBLIC_SPECIALTY",
  max_bookings_per_doctor_day: "MAX_BOOKINGS_PER_DOCTOR_DAY",
  max_bookings_ahead: "MAX_BOOKINGS_AHEAD",
  booking_horizon_days: "BOOKING_HORIZON_DAYS",
} as const satisfies Partial<Record<keyof ClinicSettings, keyof Config>>;

const settings = Object.keys(names) as (keyof typeof names)[];

/**
 * Gives the default clinic this process' settings if no process did before. From then on the database says what counts, and
 * this only warns of settings that differ. Retries until the database can be reached and is migrated,
 * or this process stops.
 *
 * @throws StartError when Postgres does not know the time zone.
 */
export async function configureFirstClinic(
  database: Database,
  clinics: Clinics,
  config: Config,
  log: Logger,
  stop: AbortSignal,
): Promise<void> {
  const given = settings.filter((setting) => config[names[setting]] !== undefined);
  const wanted = Object.fromEntries(given.map((setting) => [setting, config[names[setting]]]));
  let reported: string | undefined;
  const configure = async (): Promise<"done" | undefined> => {
    try {
      const clinic = await clinics.find(undefined);
      if (!clinic) throw new StartError("the database has no default clinic");
      const found = await database.write((sql) => configureClinic(sql, clinic.id, wanted));
      const ignored = given.filter((setting) => found[setting] !== wanted[setting]).map((setting) => names[setting]);
      if (ignored.length > 0) log.warn({ ignored }, ignoredNotice);
      return "done";
    } catch (error) {
      const code = codeOf(error);
      const needsMigration = isNotMigrated(error);
      if (code === "22023" && !needsMigration)
        throw new StartError("CLINIC_TIMEZONE is not a time zone that Postgres knows");
      if (!needsMigration && !isUnreachable(error)) throw error;
      const reason = needsMigration ? "the database is not migrated: npm run migrate" : "the database is away";
      if (reason !== reported) log.warn({ code }, `waiting: ${reason}`);
      reported = reason;
      return undefined;
    }
  };
  await repeat(configure, { signal: stop, intervalMs: retryMs });
}

const ignoredNotice =
  "the clinic's settings in the database differ from this process' environment, which has no effect any more: PATCH /api/v1/clinic changes them";
