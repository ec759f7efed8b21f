import { z } from "zod";
import { trustNobody, trustProxy } from "../platform/client-address.ts";
import { isLoopback } from "../platform/loopback.ts";
import { integer, StartError } from "../platform/settings.ts";
import { Tokens } from "./tokens.ts";

const minSecretBytes = 32;
const secret = z
  .string()
  .refine((text) => Buffer.byteLength(text) >= minSecretBytes, `must have at least ${minSecretBytes} bytes`);

/** The settings that decide who may see what. They are the same in both processes. */
export const authSettings = {
  AUTH_SECRET: secret.optional(),
  AUTH_SECRET_PREVIOUS: secret.optional(),
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
 * Makes the checker of tokens. Without a secret and a provider the result is undefined: in open mode everybody may do
 * everything. Open mode is for trying the product out, so it is confined to this machine.
 *
 * @throws StartError when the settings of a provider are incomplete; and in open mode when the process would listen on
 * more than loopback, has a proxy in front, or runs in production.
 */
export function openTokens(settings: AuthSettings, host: string): Tokens | undefined {
  const { AUTH_SECRET: secret, AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = settings;
  const previousSecret = settings.AUTH_SECRET_PREVIOUS;
  if (secret === undefined && previousSecret !== undefined)
    throw new StartError("AUTH_SECRET_PREVIOUS is needed beside AUTH_SECRET only");
  const given = [jwksUrl, issuer, audience].filter((value) => value !== undefined);
  if (jwksUrl !== undefined && issuer !== undefined && audience !== undefined) {
    const refreshIntervalMs = settings.AUTH_JWKS_REFRESH_S * 1_000;
    return new Tokens({ secret, previousSecret, provider: { jwksUrl, issuer, audience, refreshIntervalMs } });
  }
  if (given.length > 0) throw new StartError("AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE are needed together");
  if (secret !== undefined) return new Tokens({ secret, previousSecret });
  const way = "set AUTH_SECRET (32 bytes or more), or AUTH_JWKS_URL with AUTH_ISSUER and AUTH_AUDIENCE";
  if (settings.NODE_ENV === "production")
    throw new StartError(`AUTH_SECRET: open mode, without sign-in, is not allowed in production: ${way}`);
  if (settings.TRUST_PROXY !== trustNobody) {
    throw new StartError(`TRUST_PROXY: open mode, without sign-in, must not be behind a proxy: ${way}`);
  }
  if (!isLoopback(host))
    throw new StartError(`HOST: open mode, without sign-in, listens on loopback only, not on ${host}: ${way}`);
  return undefined;
}

/** Keys must come over TLS: on a network anybody could replace them. */
function isKeyAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}
