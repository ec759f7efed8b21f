import { setTimeout as delay } from "node:timers/promises";
import { configureClinic } from "../db/clinic.ts";
import { isUnreachable, type Database } from "../db/database.ts";
import { codeOf } from "../platform/errors.ts";
import type { Logger } from "../platform/log.ts";
import { StartError } from "../platform/settings.ts";
import type { Config } from "./config.ts";

const retryMs = 500;

/**
 * Writes this process' settings of the clinic to the database, where the rules are decided: so any number of
 * processes and SQL sessions agree. Tries until the database is there and migrated.
 *
 * @throws StartError when Postgres does not know the time zone.
 */
export async function applyClinicSettings(database: Database, config: Config, log: Logger): Promise<void> {
  const { CLINIC_TIMEZONE, DAILY_CAPACITY } = config;
  let reported: string | undefined;
  for (;;) {
    try {
      await database.run((sql) => configureClinic(sql, CLINIC_TIMEZONE, DAILY_CAPACITY));
      return;
    } catch (error) {
      const code = codeOf(error);
      if (code === "22023") throw new StartError("CLINIC_TIMEZONE is not a time zone that Postgres knows");
      const isNotMigrated = code === "42883" || code === "42P01";
      if (!isNotMigrated && !isUnreachable(error)) throw error;
      const reason = isNotMigrated ? "the database is not migrated: npm run migrate" : "the database is away";
      if (reason !== reported) log.warn({ code }, `waiting: ${reason}`);
      reported = reason;
      await delay(retryMs);
    }
  }
}
