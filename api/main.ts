import { createServer } from "node:http";
import { Database } from "../db/database.ts";
import { refuseWrongDatabase } from "../db/refuse-wrong-database.ts";
import { drain, listen } from "../platform/http-server.ts";
import { createLog } from "../platform/log.ts";
import { stopOnSignal, tellReady } from "../platform/shutdown.ts";
import { startOrExit } from "../platform/start.ts";
import { createApp } from "./app.ts";
import { applyClinicSettings } from "./clinic-settings.ts";
import { readConfig } from "./config.ts";

/** Requests that are under way at SIGTERM get this long; a statement takes 5 s at most. */
const drainTimeoutMs = 6_000;
const databaseEndMs = 4_000;

await startOrExit("api", async () => {
  const config = readConfig();
  const log = createLog("api", config.LOG_LEVEL);
  const database = new Database({ url: config.DATABASE_URL, name: "clinic-queue api" });
  const health = new Database({ url: config.DATABASE_URL, name: "clinic-queue api health", max: 1 });
  await refuseWrongDatabase(database);

  let ready = false;
  const app = createApp({ config, database, health, log, isReady: () => ready });
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, app);
  const address = await listen(server, config.HOST, config.API_PORT, "API_PORT");

  stopOnSignal(
    log,
    async () => {
      await drain(server, drainTimeoutMs);
      await Promise.all([database.end(), health.end()]);
    },
    drainTimeoutMs + databaseEndMs,
  );
  log.info({ address }, "listening");
  await applyClinicSettings(database, config, log);
  ready = true;
  tellReady(address);
});
