import { z } from "zod";
import { dataFolder } from "../embedded/config.ts";
import { databaseUrl, host, parseSettings, port, readEnvironment } from "../platform/settings.ts";
import { settingNames } from "../platform/setting-names.ts";
import { systemEnvironment } from "../platform/system-environment.ts";

/** The other settings are checked by the processes that they are for. */
export const readConfig = () =>
  parseSettings(
    {
      DATABASE_URL: databaseUrl.optional(),
      API_DATABASE_URL: databaseUrl.optional(),
      REALTIME_DATABASE_URL: databaseUrl.optional(),
      LISTEN_DATABASE_URL: databaseUrl.optional(),
      DATA_DIR: dataFolder,
      HOST: host,
      API_PORT: port(8000),
      AUTH_SECRET: z.string().optional(),
      AUTH_JWKS_URL: z.string().optional(),
    },
    process.env,
  );

export const isStartedByNpm = (): boolean => process.env["npm_lifecycle_event"] !== undefined;

/** What both processes are started with: our settings, but for those that give access to the database. */
export function sharedEnvironment(): NodeJS.ProcessEnv {
  const environment = readEnvironment(process.env);
  const names = settingNames.filter((name) => !name.endsWith("DATABASE_URL"));
  return { ...systemEnvironment(environment), ...pick(environment, names) };
}

/** The variables by which a driver completes a DATABASE_URL, like PGSSLMODE and PGPASSWORD. */
export function driverEnvironment(): NodeJS.ProcessEnv {
  const environment = readEnvironment(process.env);
  const names = Object.keys(environment).filter((name) => /^PG[A-Z]+$/.test(name));
  return pick(environment, names);
}

function pick(environment: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.flatMap((name) => (name in environment ? [[name, environment[name]]] : [])));
}
