import { z } from "zod";
import { databaseUrl, parseSettings } from "../platform/settings.ts";

export const readConfig = () => parseSettings({ DATABASE_URL: databaseUrl }, process.env);

export const readAccountConfig = () =>
  parseSettings({ DATABASE_URL: databaseUrl.optional(), DATA_DIR: z.string().default(".data") }, process.env);
