import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { z } from "zod";
import { describeUnknownSettings, type SettingName } from "./setting-names.ts";

/** A start that cannot go on, told in one line: a bad setting, a port in use, a database that refuses us. */
export class StartError extends Error {}

/** A whole number, as an environment variable gives it. */
export const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/, "must be a whole number")
  .transform(Number);

/** A whole number between two bounds, as an environment variable gives it. */
export const integer = (minimum: number, maximum: number, fallback: number) =>
  wholeNumber.pipe(z.int().min(minimum).max(maximum)).default(fallback);

/** A TCP port. 0 lets the operating system choose; the address that is printed tells which. */
export const port = (fallback: number) => integer(0, 65_535, fallback);

export const databaseUrl = z
  .string({ error: "is required: postgres://user:password@host:port/database" })
  .refine((text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol), {
    error: "must be a URL: postgres://user:password@host:port/database",
  });

/** How a connection pooler gives out its connections, where the URL of the database leads to one. */
export const pooler = z.enum(["session", "transaction"]).optional();

/** The URL that a process connects with: one of its own, whose user needs no more than its rights, or DATABASE_URL. */
export function ownDatabaseUrl(own: string | undefined, shared: string | undefined): string {
  const url = own ?? shared;
  if (url === undefined) throw new StartError("DATABASE_URL is required: postgres://user:password@host:port/database");
  return url;
}

export const host = z.string().min(1).default("127.0.0.1");

export const logLevel = z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info");

/** The environment, and what `.env` in the working directory sets that is not set there. */
export function readEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  // Not `loadEnvFile`: it would put secrets that this process does not ask for into its environment.
  const inFile = existsSync(".env") ? parseEnv(readFileSync(".env", "utf8")) : {};
  return { ...inFile, ...env };
}

/**
 * Reads settings from the environment and from `.env`. Warns, on standard error, of those that seem to be misspelt.
 *
 * @throws StartError naming every setting that is missing or wrong, never its value: it may be a secret.
 */
export function parseSettings<Shape extends z.ZodRawShape>(
  shape: Shape & Record<Exclude<keyof Shape, SettingName>, "its name is missing in setting-names.ts">,
  env: NodeJS.ProcessEnv,
) {
  const environment = readEnvironment(env);
  for (const line of describeUnknownSettings(Object.keys(environment))) process.stderr.write(`${line}\n`);
  // An empty variable is how many deployment tools write "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = z.object<Shape>(shape).safeParse(given);
  if (parsed.success) return parsed.data;
  throw new StartError(parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("; "));
}
