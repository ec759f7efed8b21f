import { subtle, type webcrypto } from "node:crypto";
import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  SignJWT,
  type JWTPayload,
  type RemoteJWKSet,
} from "jose";
import { CannotVerify, TokenError } from "./authentication-errors.ts";
import { readIdentity } from "./identity-claims.ts";
import type { Identity } from "./identity.ts";

interface Provider {
  jwksUrl: string;
  issuer: string;
  audience: string;
  /** How often the provider's keys are fetched. A key that it took back is accepted until then. */
  refreshIntervalMs: number;
}

export interface TokensOptions {
  /** At least 32 bytes. */
  secret?: string | undefined;
  /** Tokens that were signed with this secret are accepted as well, while another one replaces it. */
  previousSecret?: string | undefined;
  /** An OIDC provider, whose tokens are accepted as well. */
  provider?: Provider | undefined;
}

/** The claims of a token that we issue, beside those of every token. */
export interface Claims {
  sub: string;
  role: Identity["role"];
  /** The id of the clinic that the token is for. */
  clinic: string;
  /** The session that the token stands on, and the database that has it. */
  sid: string;
  db: string;
  name?: string;
  doctor_id?: string;
  patient_id?: string;
  screen_id?: string;
  /** The waiting area that a screen is for, and sees alone. */
  area_id?: string;
  scope?: string;
}

/** The issuer and the audience of our own tokens. */
const ownIssuer = "clinic-queue";
const maxTokenLength = 8_192;
/** How far a provider's clock may differ from ours. */
const clockToleranceS = 5;
const providerAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

/** Tokens that are signed with unknown keys make us fetch the provider's keys no more often than this. */
const cooldownMs = 5_000;
/**
 * Checks bearer tokens (JWT, RFC 7519), and issues our own.
 *
 * A token's algorithm decides whose it is: HS256 is ours and is checked with our secret alone, any other with the
 * provider's public keys alone, so that neither key can be taken for the other kind.
 */
export class Tokens {
  /** A finished key, because the library would make a new one from bytes for each token. */
  #secret: Promise<webcrypto.CryptoKey> | undefined;
  #previousSecret: Promise<webcrypto.CryptoKey> | undefined;
  #provider: Provider | undefined;
  #keys: RemoteJWKSet | undefined;
  #refresh: NodeJS.Timeout | undefined;

  constructor({ secret, previousSecret, provider }: TokensOptions) {
    this.#secret = secret === undefined ? undefined : toKey(secret);
    this.#previousSecret = previousSecret === undefined ? undefined : toKey(previousSecret);
    this.#provider = provider;
    if (!provider) return;
    // Known keys never expire by age, so that a provider that is down locks nobody out. They are fetched again by the
    // clock, which drops a key that the provider took back, and at once for a token of a key that is new.
    this.#keys = createRemoteJWKSet(new URL(provider.jwksUrl), {
      cacheMaxAge: Infinity,
      cooldownDuration: Math.min(cooldownMs, provider.refreshIntervalMs),
    });
    const reload = (): void => void this.#keys?.reload().catch(() => {});
    reload();
    this.#refresh = setInterval(reload, provider.refreshIntervalMs).unref();
  }

  /** False when there is no secret: then every token is the provider's. */
  get canIssue(): boolean {
    return this.#secret !== undefined;
  }

  close(): void {
    clearInterval(this.#refresh);
  }

  /** @throws TokenError · CannotVerify */
  async verify(token: string): Promise<Identity> {
    if (token.length > maxTokenLength) throw new TokenError("The token is too long");
    const { payload, isOurs } = await this.#check(token);
    return readIdentity(payload, { isOurs, namesUs: payload.iss === ownIssuer });
  }

  /** Signs a token that ends at a moment. Only where `canIssue`. */
  async issue(claims: Claims, expiresAt: Date): Promise<string> {
    if (!this.#secret) throw new Error("there is no secret to sign with");
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuer(ownIssuer)
      .setAudience(ownIssuer)
      .setIssuedAt()
      .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
      .sign(await this.#secret);
  }

  async #check(token: string): Promise<{ payload: JWTPayload; isOurs: boolean }> {
    try {
      const isOurs = decodeProtectedHeader(token).alg === "HS256";
      return { payload: await (isOurs ? this.#checkOurs(token) : this.#checkProviders(token)), isOurs };
    } catch (error) {
      if (error instanceof TokenError || error instanceof CannotVerify) throw error;
      if (error instanceof errors.JWTExpired) throw new TokenError("The token has expired");
      throw new TokenError("The token is not valid");
    }
  }

  async #checkOurs(token: string): Promise<JWTPayload> {
    if (!this.#secret) throw new TokenError("The token is not of a known key");
    const payload = await verifyOurs(token, await this.#secret).catch(async (error: unknown) => {
      if (!this.#previousSecret || !(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
      return verifyOurs(token, await this.#previousSecret);
    });
    // An operator's own tool may sign with the secret and leave out issuer and audience; it must not name others.
    if ((payload.iss ?? ownIssuer) !== ownIssuer || ![payload.aud ?? ownIssuer].flat().includes(ownIssuer)) {
      throw new TokenError("The token is for somebody else");
    }
    return payload;
  }

  async #checkProviders(token: string): Promise<JWTPayload> {
    if (!this.#keys || !this.#provider) throw new TokenError("The token is not of a known key");
    const { issuer, audience } = this.#provider;
    const options = { issuer, audience, algorithms: providerAlgorithms, clockTolerance: clockToleranceS };
    try {
      return (await jwtVerify(token, this.#keys, { ...options, requiredClaims: ["exp", "sub"] })).payload;
    } catch (error) {
      const isOfToken =
        error instanceof errors.JOSEError && /^ERR_(JWT|JWS|JWKS_NO|JWKS_MULTIPLE|JOSE_(ALG|NOT))/.test(error.code);
      if (isOfToken) throw error;
      throw new CannotVerify("The keys of AUTH_JWKS_URL cannot be fetched", { cause: error });
    }
  }
}

async function verifyOurs(token: string, key: webcrypto.CryptoKey): Promise<JWTPayload> {
  return (await jwtVerify(token, key, { algorithms: ["HS256"], requiredClaims: ["exp", "sub"] })).payload;
}

function toKey(secret: string): Promise<webcrypto.CryptoKey> {
  const bytes = new TextEncoder().encode(secret);
  return subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}
