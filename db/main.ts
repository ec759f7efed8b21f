import { createLog } from "../platform/log.ts";
import { startOrExit } from "../platform/start.ts";
import { readConfig } from "./config.ts";
import { migrate } from "./migrate.ts";

await startOrExit("migrate", async () => {
  const names = await migrate(readConfig().DATABASE_URL);
  createLog("migrate", "info").info({ migrations: names }, names.length > 0 ? "migrated" : "nothing to migrate");
});
