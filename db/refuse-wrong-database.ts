import { codeOf } from "../platform/errors.ts";
import { StartError } from "../platform/settings.ts";
import type { Database } from "./database.ts";
import { isRefusal } from "./database-errors.ts";

/**
 * Ends the start when DATABASE_URL is wrong: an unknown host, a user, password or database that does not exist.
 * A database that is merely away is no reason not to start: it comes back, and so do we.
 *
 * @throws StartError
 */
export async function refuseWrongDatabase(database: Database): Promise<void> {
  try {
    await database.read((sql) => sql`select 1`, 5_000);
  } catch (error) {
    if (!isRefusal(error)) return;
    throw new StartError(`DATABASE_URL: the database refuses us or is not there (${codeOf(error)})`, { cause: error });
  }
}
