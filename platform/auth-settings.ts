import { z } from "zod";
import { trustNobody, trustProxy } from "./client-address.ts";
import { isLoopback } from "./loopback.ts";
import { integer, StartError } from "./settings.ts";
import { Tokens } from "./tokens.ts";

const minSecretBytes = 32;

/** The settings of who may see what, which both processes have alike. */
export const authSettings = {
  AUTH_SECRET: z
    .string()
    .refine((secret) => Buffer.byteLength(secret) >= minSecretBytes, `must have at least ${minSecretBytes} bytes`)
    .optional(),
  AUTH_JWKS_URL: z.string().refine(isKeyAddress, "must be an https:// URL (http:// on loopback only)").optional(),
  AUTH_ISSUER: z.string().optional(),
  AUTH_AUDIENCE: z.string().optional(),
  AUTH_JWKS_REFRESH_S: integer(1, 86_400, 300),
  ALLOWED_ORIGINS: z
    .string()
    .default("*")
    .transform((text) => (text === "*" ? ("*" as const) : text.split(/[\s,]+/).filter(Boolean))),
  TRUST_PROXY: trustProxy,
  NODE_ENV: z.string().optional(),
};

type AuthSettings = z.output<z.ZodObject<typeof authSettings>>;

/**
 * What checks tokens, or undefined in open mode: neither a secret nor a provider is set, and everybody may do
 * everything. That is for trying it out, so it is confined to this machine.
 *
 * @throws StartError in open mode when the process would bind another address than loopback, has a proxy in front, or is in
 * production; and
 * when the settings of a provider are incomplete.
 */
export function openTokens(settings: AuthSettings, host: string): Tokens | undefined {
  const { AUTH_SECRET: secret, AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = settings;
  const given = [jwksUrl, issuer, audience].filter((value) => value !== undefined);
  if (jwksUrl !== undefined && issuer !== undefined && audience !== undefined) {
    const refreshIntervalMs = settings.AUTH_JWKS_REFRESH_S * 1_000;
    return new Tokens({ secret, provider: { jwksUrl, issuer, audience, refreshIntervalMs } });
  }
  if (given.length > 0) throw new StartError("AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE are needed together");
  if (secret !== undefined) return new Tokens({ secret });
  const way = "set AUTH_SECRET (32 bytes or more), or AUTH_JWKS_URL with AUTH_ISSUER and AUTH_AUDIENCE";
  if (settings.NODE_ENV === "production")
    throw new StartError(`AUTH_SECRET: in production somebody must sign in: ${way}`);
  if (settings.TRUST_PROXY !== trustNobody) {
    throw new StartError(`TRUST_PROXY: without sign-in no proxy may make this public: ${way}`);
  }
  if (!isLoopback(host)) throw new StartError(`HOST: without sign-in only loopback may be bound, not ${host}: ${way}`);
  return undefined;
}

/** Keys that came unprotected over a network could be anybody's. */
function isKeyAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}
