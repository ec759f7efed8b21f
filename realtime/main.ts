import { Database } from "../db/database.ts";
import { DatabaseWatch } from "../db/database-watch.ts";
import { refuseWrongDatabase } from "../db/refuse-wrong-database.ts";
import { Authenticator } from "../access/authenticator.ts";
import { Clinics } from "../access/clinics.ts";
import { Refusals } from "../access/refusals.ts";
import { Revocations } from "../access/revocations.ts";
import { openTokens } from "../access/auth-settings.ts";
import { listen } from "../platform/http-server.ts";
import { createLog } from "../platform/log.ts";
import { openModeNotice } from "../access/open-mode.ts";
import { ownDatabaseUrl, StartError } from "../platform/settings.ts";
import { stopOnSignal, tellReady } from "../platform/shutdown.ts";
import { startOrExit } from "../platform/start.ts";
import { readConfig } from "./config.ts";
import { Feeds } from "./feeds/feeds.ts";
import { Freshness } from "./feeds/freshness.ts";
import { Listener } from "./listener.ts";
import { NotifyQueue } from "./notify-queue.ts";
import { pollUntil } from "./feeds/safety-poll.ts";
import { RealtimeServer } from "./server.ts";

/** A poll and the read that it leads to may take this long before we say that we cannot vouch for freshness. */
const freshnessSlackMs = 2_000;

await startOrExit("realtime", async () => {
  const config = readConfig();
  const tokens = openTokens(config, config.HOST);
  const log = createLog("realtime", config.LOG_LEVEL);
  const url = ownDatabaseUrl(config.REALTIME_DATABASE_URL, config.DATABASE_URL);
  const role = "clinic_realtime";
  const pooler = config.DATABASE_POOLER;
  const listenUrl = config.LISTEN_DATABASE_URL;
  if (pooler === "transaction" && listenUrl === undefined) {
    throw new StartError(
      "LISTEN_DATABASE_URL is required with DATABASE_POOLER=transaction: LISTEN needs a connection of its own",
    );
  }
  const database = new Database({ url, pooler, name: "clinic-queue realtime", role, reads: 4, writes: 1 });
  // A revocation must take effect within a second, whatever else waits.
  const revoked = new Database({ url, pooler, name: "clinic-queue realtime revocations", role, reads: 1 });
  await refuseWrongDatabase(database);

  let following = (): void => {};
  const isFollowing = new Promise<void>((resolve) => (following = resolve));
  const feeds = new Feeds(database, log, config.MAX_FEEDS);
  const freshness = new Freshness(config.POLL_INTERVAL_MS + freshnessSlackMs);
  const listener = new Listener({
    server: listenUrl === undefined ? { url, pooler, role } : { url: listenUrl, role },
    log,
    onNotify: (payload) => feeds.notify(payload),
    onHeartbeat: () => {
      freshness.confirm();
      following();
    },
    onSilence: () => {
      database.replace();
      revoked.replace();
    },
    onListen: () => feeds.refreshAll(),
  });
  const revocations = new Revocations(revoked);
  const clinics = new Clinics(revoked);
  const refusals = new Refusals(database, log);
  const notifyQueue = new NotifyQueue(database, log);
  const watch = new DatabaseWatch(revoked, log, { isProduction: config.NODE_ENV === "production" });
  const authenticator = new Authenticator(tokens, revocations);
  const context = { config, clinics, feeds, freshness, authenticator, revocations, refusals };
  const server = new RealtimeServer(context, { listener, notifyQueue, watch });
  // No connection is let in before it is known whether the database fits this process.
  await watch.look();
  const address = await listen(server.http, config.HOST, config.REALTIME_PORT, "REALTIME_PORT");

  const polling = new AbortController();
  void listener.run();
  const revocationsKnown = revocations.follow(polling.signal);
  void notifyQueue.watch(polling.signal);
  void watch.follow(polling.signal);
  void pollUntil(polling.signal, { feeds, freshness, intervalMs: config.POLL_INTERVAL_MS });

  stopOnSignal(
    log,
    async () => {
      await server.drain(config.DRAIN_TIMEOUT_MS);
      polling.abort();
      listener.stop();
      tokens?.close();
      await refusals.flush();
      await Promise.all([database.end(), revoked.end()]);
    },
    config.DRAIN_TIMEOUT_MS + 5_000,
  );
  log.info({ address }, "listening");
  if (server.maxConnections < config.MAX_CONNECTIONS) {
    log.warn({ connections: server.maxConnections }, "the limit of open files allows fewer than MAX_CONNECTIONS");
  }
  if (!tokens) log.warn(openModeNotice);
  await Promise.all([isFollowing, revocationsKnown]);
  tellReady(address);
});
