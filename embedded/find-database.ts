import { StartError } from "../platform/settings.ts";
import { readOwnerConfig } from "./config.ts";
import { findEmbeddedPostgres } from "./embedded-postgres.ts";

/**
 * The database's owner's URL: what DATABASE_URL says, or of the embedded Postgres that `npm start` runs.
 *
 * @throws StartError when there is neither.
 */
export async function findDatabase(): Promise<string> {
  const { DATABASE_URL, DATA_DIR } = readOwnerConfig();
  const url = DATABASE_URL ?? (await findEmbeddedPostgres(DATA_DIR));
  if (url === undefined) throw new StartError("set DATABASE_URL, or run npm start meanwhile in another terminal");
  return url;
}
