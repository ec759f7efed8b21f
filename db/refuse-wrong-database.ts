import { codeOf } from "../platform/errors.ts";
import { StartError } from "../platform/settings.ts";
import type { Database } from "./database.ts";
import { isRefusal, WrongSession } from "./database-errors.ts";

/**
 * Ends the start when DATABASE_URL is wrong: an unknown host, a user, password or database that does not exist, a
 * connection without the role and the time limits that our calls rest on.
 * A database that is merely away is no reason not to start: it comes back, and so do we.
 *
 * @throws StartError
 */
export async function refuseWrongDatabase(database: Database): Promise<void> {
  try {
    await database.read((sql) => sql`select 1`, 5_000);
  } catch (error) {
    if (error instanceof WrongSession) throw new StartError(`DATABASE_URL: ${error.message}`, { cause: error });
    // PgBouncer's "unsupported startup parameter" has the code of a protocol violation.
    if (codeOf(error) === "08P01") {
      throw new StartError("DATABASE_URL leads to a connection pooler: set DATABASE_POOLER, see docs/operations.md", {
        cause: error,
      });
    }
    if (!isRefusal(error)) return;
    throw new StartError(`DATABASE_URL: the database refuses us or is not there (${codeOf(error)})`, { cause: error });
  }
}
