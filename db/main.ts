import { createLog } from "../platform/log.ts";
import { startOrExit } from "../platform/start.ts";
import { readConfig } from "./config.ts";
import { migrate } from "./migrate.ts";

await startOrExit("migrate", async () => {
  const { migrations, objects } = await migrate(readConfig().DATABASE_URL);
  const hasChanged = migrations.length + objects.length > 0;
  createLog("migrate", "info").info({ migrations, objects }, hasChanged ? "migrated" : "nothing to migrate");
});
