import { z } from "zod";
import { databaseUrl, parseSettings, port } from "../platform/settings.ts";

/** The other settings are read, and checked, by the processes that they are for. */
export const readConfig = () =>
  parseSettings(
    {
      DATABASE_URL: databaseUrl.optional(),
      API_PORT: port(8000),
      DATA_DIR: z.string().default(".data"),
      npm_lifecycle_event: z.string().optional(),
    },
    process.env,
  );

/** What the processes inherit. */
export const environment = process.env;
