import type { Database } from "../db/database.ts";
import { isUnreachable } from "../db/database-errors.ts";
import { closeDays } from "../db/queries/transitions.ts";
import type { Logger } from "../platform/log.ts";
import { repeat } from "../platform/repeat.ts";

const intervalMs = 60_000;

/** Days that one call closes: a statement takes 5 s at most. */
const atMost = 10;
/** Between two calls while there is more. */
const pauseMs = 100;

/**
 * Closes each clinic's days an hour after they end, also those that ended while no process ran. Of several processes one
 * does it at a time.
 */
export async function closeEndedDays(
  stop: AbortSignal,
  { database, log }: { database: Database; log: Logger },
): Promise<void> {
  const close = async (): Promise<number | void> => {
    try {
      const { closed } = await database.write((sql) => closeDays(sql, atMost));
      if (closed > 0) log.info({ days: closed }, "closed days that are over");
      if (closed === atMost) return pauseMs;
    } catch (err) {
      if (!isUnreachable(err)) log.error({ err }, "cannot close days that are over");
    }
  };
  await repeat(close, { signal: stop, intervalMs, jitter: 0.5 });
}
