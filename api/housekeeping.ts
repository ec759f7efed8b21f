import { purgeExpired } from "../db/queries/audit-events.ts";
import type { Database } from "../db/database.ts";
import { isUnreachable } from "../db/database-errors.ts";
import type { Logger } from "../platform/log.ts";
import { repeat } from "../platform/repeat.ts";

const intervalMs = 3_600_000;

/** Deletes what has expired, now and every hour, with jitter so that processes do not do it at the same moment. */
export async function keepHouse(
  stop: AbortSignal,
  { database, log, auditRetentionDays }: { database: Database; log: Logger; auditRetentionDays: number },
): Promise<void> {
  const purge = async (): Promise<void> => {
    try {
      await database.write((sql) => purgeExpired(sql, auditRetentionDays));
    } catch (err) {
      if (!isUnreachable(err)) log.error({ err }, "cannot delete what has expired");
    }
  };
  await repeat(purge, { signal: stop, intervalMs, jitter: 0.5 });
}
