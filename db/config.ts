import { databaseUrl, parseSettings } from "../platform/settings.ts";

export const readConfig = () => parseSettings({ DATABASE_URL: databaseUrl }, process.env);
