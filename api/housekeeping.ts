import { purgeExpired, type Retention } from "../db/queries/audit-events.ts";
import type { Database } from "../db/database.ts";
import { isUnreachable } from "../db/database-errors.ts";
import type { Logger } from "../platform/log.ts";
import { repeat } from "../platform/repeat.ts";

const intervalMs = 3_600_000;

/** Rows of a kind that one call deletes: it ends well within a second, so nobody waits for it long. */
const atMost = 500;
/** Between two calls while there is more, so that bookings and vacuum keep up. */
const pauseMs = 100;

/** Deletes what has expired, now and every hour, with jitter so that processes do not do it at the same moment. */
export async function keepHouse(
  stop: AbortSignal,
  { database, log, retention }: { database: Database; log: Logger; retention: Retention },
): Promise<void> {
  const purge = async (): Promise<number | void> => {
    try {
      const { is_more } = await database.write((sql) => purgeExpired(sql, retention, atMost));
      if (is_more) return pauseMs;
    } catch (err) {
      if (!isUnreachable(err)) log.error({ err }, "cannot delete what has expired");
    }
  };
  await repeat(purge, { signal: stop, intervalMs, jitter: 0.5 });
}
