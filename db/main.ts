import { createLog } from "../platform/log.ts";
import { startOrExit } from "../platform/start.ts";
import { readConfig } from "./config.ts";
import { migrate } from "./schema/migrate.ts";

await startOrExit("migrate", async () => {
  const { migrations, objects, leftToAdministrator } = await migrate(readConfig().DATABASE_URL);
  const hasChanged = migrations.length + objects.length > 0;
  const log = createLog("migrate", "info");
  log.info({ migrations, objects }, hasChanged ? "migrated" : "nothing to migrate");
  if (leftToAdministrator.length > 0) {
    log.warn({ statements: leftToAdministrator }, "an administrator of Postgres must run these where a pooler is used");
  }
});
