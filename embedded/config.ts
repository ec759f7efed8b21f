import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { projectRoot } from "../platform/project-root.ts";
import { databaseUrl, parseSettings } from "../platform/settings.ts";
import { systemEnvironment } from "../platform/system-environment.ts";

/** Where the embedded Postgres keeps its data, from the project's folder. */
export const dataFolder = z
  .string()
  .default(".data")
  .transform((folder) => resolve(fileURLToPath(projectRoot), folder));

/** For commands that work on the database that DATABASE_URL names, or on the embedded one. */
export const readOwnerConfig = () =>
  parseSettings({ DATABASE_URL: databaseUrl.optional(), DATA_DIR: dataFolder }, process.env);

/** What the keeper of an embedded Postgres inherits, and Postgres from it: no secret of anybody's. */
export const keeperEnvironment = () => systemEnvironment(process.env);

/** Does some work while programs put temporary files into a folder of ours. */
export async function withTemporaryFolder(folder: string, work: () => Promise<void>): Promise<void> {
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = folder;
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
}
