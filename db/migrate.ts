import { fileURLToPath } from "node:url";
import { runner } from "node-pg-migrate";
import { codeOf } from "../platform/errors.ts";
import { projectRoot } from "../platform/project-root.ts";
import { StartError } from "../platform/settings.ts";
import { isRefusal } from "./database.ts";

export const migrationsFolder = fileURLToPath(new URL("db/migrations/", projectRoot));

/**
 * Brings the database to the newest migration; waits for another process that is at it.
 *
 * @returns the names of the migrations that were run.
 * @throws StartError when the database cannot be reached.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const messages: string[] = [];
  const logger = { info: () => {}, warn: () => {}, error: (message: string) => messages.push(message) };
  try {
    const run = await runner({
      databaseUrl: { connectionString: databaseUrl, connectionTimeoutMillis: 5_000 },
      dir: migrationsFolder,
      direction: "up",
      migrationsTable: "migrations",
      advisoryLockMode: "wait",
      singleTransaction: true,
      logger,
    });
    return run.map(({ name }) => name);
  } catch (error) {
    const code = codeOf(error);
    if (code === "42501") throw new StartError((error as Error).message, { cause: error });
    if (isRefusal(error) || code === "ECONNREFUSED") {
      throw new StartError(`DATABASE_URL: the database cannot be reached (${code})`, { cause: error });
    }
    throw new Error(messages.join("\n"), { cause: error });
  }
}
