import { createServer } from "node:http";
import { Database } from "../db/database.ts";
import { DatabaseWatch } from "../db/database-watch.ts";
import { refuseWrongDatabase } from "../db/refuse-wrong-database.ts";
import { Clinics } from "../access/clinics.ts";
import { Refusals } from "../access/refusals.ts";
import { Revocations } from "../access/revocations.ts";
import { openTokens } from "../access/auth-settings.ts";
import { drain, fittingConnections, limitConnections, listen, serverLimits } from "../platform/http-server.ts";
import { createLog } from "../platform/log.ts";
import { openModeNotice } from "../access/open-mode.ts";
import { ownDatabaseUrl } from "../platform/settings.ts";
import { stopOnSignal, tellReady } from "../platform/shutdown.ts";
import { startOrExit } from "../platform/start.ts";
import { createApp } from "./app.ts";
import { configureFirstClinic } from "./clinic-settings.ts";
import { readConfig } from "./config.ts";
import { closeEndedDays } from "./day-end.ts";
import { keepHouse } from "./housekeeping.ts";

/** Requests that are under way at SIGTERM get this long; a statement takes 5 s at most. */
const drainTimeoutMs = 6_000;
const databaseEndMs = 4_000;
const maxConnections = 10_000;

await startOrExit("api", async () => {
  const config = readConfig();
  const tokens = openTokens(config, config.HOST);
  const log = createLog("api", config.LOG_LEVEL);
  const url = ownDatabaseUrl(config.API_DATABASE_URL, config.DATABASE_URL);
  const postgres = { url, pooler: config.DATABASE_POOLER, role: "clinic_api" } as const;
  const database = new Database({ ...postgres, name: "clinic-queue api" });
  const health = new Database({ ...postgres, name: "clinic-queue api health", reads: 1 });
  // A revocation must take effect within a second, whatever else waits.
  const revoked = new Database({ ...postgres, name: "clinic-queue api revocations", reads: 1 });
  const revocations = new Revocations(revoked);
  const clinics = new Clinics(revoked);
  const watch = new DatabaseWatch(health, log, { isProduction: config.NODE_ENV === "production" });
  const refusals = new Refusals(database, log);
  await refuseWrongDatabase(database);

  let ready = false;
  const app = createApp({ config, clinics, database, watch, log, tokens, revocations, refusals, isReady: () => ready });
  const server = createServer(serverLimits, app);
  limitConnections(server, fittingConnections(maxConnections));
  const address = await listen(server, config.HOST, config.API_PORT, "API_PORT");

  const stopping = new AbortController();
  stopOnSignal(
    log,
    async () => {
      await drain(server, drainTimeoutMs);
      stopping.abort();
      tokens?.close();
      await refusals.flush();
      await Promise.all([database.end(), health.end(), revoked.end()]);
    },
    drainTimeoutMs + databaseEndMs,
  );
  log.info({ address }, "listening");
  if (!tokens) log.warn(openModeNotice);
  await configureFirstClinic(database, clinics, config, log, stopping.signal);
  await revocations.follow(stopping.signal);
  await watch.look();
  void watch.follow(stopping.signal);
  const retention = { auditDays: config.AUDIT_RETENTION_DAYS, recordDays: config.RECORD_RETENTION_DAYS ?? null };
  void keepHouse(stopping.signal, { database, log, retention });
  void closeEndedDays(stopping.signal, { database, log });
  ready = true;
  tellReady(address);
});
