import { authSettings } from "../access/auth-settings.ts";
import { databaseUrl, host, integer, logLevel, parseSettings, pooler, port } from "../platform/settings.ts";

export type Config = ReturnType<typeof readConfig>;

export const readConfig = () =>
  parseSettings(
    {
      ...authSettings,
      REALTIME_DATABASE_URL: databaseUrl.optional(),
      DATABASE_URL: databaseUrl.optional(),
      DATABASE_POOLER: pooler,
      LISTEN_DATABASE_URL: databaseUrl.optional(),
      HOST: host,
      REALTIME_PORT: port(8001),
      // Whose pages are our own.
      API_PORT: port(8000),
      LOG_LEVEL: logLevel,
      MAX_CONNECTIONS: integer(1, 1_000_000, 10_000),
      MAX_CONNECTIONS_PER_ADDRESS: integer(1, 1_000_000, 1_000),
      MAX_UNAUTHENTICATED: integer(1, 1_000_000, 1_000),
      MAX_UNAUTHENTICATED_PER_ADDRESS: integer(1, 1_000_000, 100),
      MAX_CONNECTIONS_PER_CALLER: integer(1, 1_000_000, 500),
      MAX_CONNECTIONS_PER_PATIENT: integer(1, 1_000_000, 20),
      MAX_MESSAGES_PER_SECOND_PER_CALLER: integer(1, 1_000_000, 200),
      MAX_DATES_PER_CALLER: integer(1, 1_000_000, 100),
      MAX_NEW_DATES_PER_SECOND_PER_CALLER: integer(1, 1_000_000, 10),
      MAX_FEEDS: integer(1, 1_000_000, 2_000),
      MAX_UPGRADES_PER_SECOND: integer(1, 1_000_000, 5_000),
      MAX_MESSAGES_PER_SECOND: integer(1, 10_000, 20),
      MAX_SUBSCRIBES_PER_SECOND: integer(1, 10_000, 10),
      AUTHENTICATE_TIMEOUT_MS: integer(100, 600_000, 10_000),
      SUBSCRIBE_TIMEOUT_MS: integer(100, 86_400_000, 300_000),
      HEARTBEAT_INTERVAL_MS: integer(100, 600_000, 30_000),
      STALL_TIMEOUT_MS: integer(100, 600_000, 15_000),
      POLL_INTERVAL_MS: integer(100, 60_000, 2_000),
      DRAIN_TIMEOUT_MS: integer(100, 60_000, 5_000),
    },
    process.env,
  );
