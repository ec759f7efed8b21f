import type { Response } from "express";
import { z } from "zod";
import { findAccount, type Account } from "../db/accounts.ts";
import type { Database, Sql } from "../db/database.ts";
import type { Revocations } from "../db/revocations.ts";
import {
  beginSignIn,
  endSession,
  endSignIn,
  linkPatient,
  renewSession,
  unlinkPatient,
  type Session,
} from "../db/sessions.ts";
import { networkOf } from "../platform/client-address.ts";
import { roles, scopes } from "../platform/identity.ts";
import { isPassword } from "../platform/passwords.ts";
import { sessionCookie } from "../platform/session-cookie.ts";
import type { Claims, Tokens } from "../platform/tokens.ts";
import { ApiError, Refusal } from "./api-error.ts";
import { everybody, type Caller } from "./authentication.ts";
import type { Config } from "./config.ts";
import { id, line, timestamp } from "./fields.ts";
import { route, type Route } from "./route.ts";

const day = 86_400;
/** A screen may be off for long; what ends its token is that it is revoked. */
export const screenTokenLifetimeS = 400 * day;
/** Hashes that run or wait; each takes 19 MiB and some 20 ms of a core. */
const maxHashes = 64;

const credentials = z.object({
  name: line(100).meta({ examples: ["desk"] }),
  password: z
    .string()
    .min(1)
    .max(1_000)
    .meta({ examples: ["correct horse battery staple"] }),
});

const tokenAnswer = z
  .object({
    token: z.string().meta({
      description: "For `Authorization: Bearer`, and for `authenticate` on the WebSocket",
      examples: ["eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic3RhZmYifQ.c2lnbmF0dXJl"],
    }),
    expires_at: timestamp,
  })
  .meta({ id: "Token" });

const session = z
  .object({
    role: z.enum(roles),
    name: z
      .string()
      .nullable()
      .meta({ examples: ["desk"] }),
    doctor_id: id.nullable(),
    patient_id: id.nullable(),
    screen_id: id.nullable(),
    scopes: z
      .array(z.enum(scopes))
      .meta({ description: "What a service may do, or a patient whose token a service issued, at most" }),
    expires_at: timestamp.nullable().meta({ description: "When this token ends; null in open mode" }),
    open: z.boolean().meta({ description: "True in open mode, where nobody has to sign in" }),
  })
  .meta({ id: "Session" });

const link = z.object({
  expires_in: z
    .int()
    .min(60)
    .max(90 * day)
    .default(7 * day)
    .meta({ description: "Lifetime in seconds", examples: [86_400] }),
});

const tag = "Sessions";
const path = "/api/v1/sessions";

export interface SessionRoutesOptions {
  database: Database;
  config: Config;
  tokens: Tokens | undefined;
  revocations: Revocations;
}

export function sessionRoutes({ database, config, tokens, revocations }: SessionRoutesOptions): Route[] {
  const lifetimes = { sessionS: config.SESSION_LIFETIME_S, tokenS: config.TOKEN_LIFETIME_S };
  let hashes = 0;

  async function signIn(name: string, password: string, caller: Caller) {
    const issuer = issuerOf(tokens);
    const { actor } = caller;
    const from = networkOf(actor.address ?? "");
    const admitted = await database.write((sql) => beginSignIn(sql, name, from));
    if (admitted.wait_s > 0) {
      throw new Refusal("RateLimited", "Too many tries to sign in; please wait", null, admitted.wait_s);
    }
    if (hashes >= maxHashes) throw new ApiError("Unavailable", "Too many sign in at once; please try again");
    hashes += 1;
    const isRight = await isPassword(admitted.password_hash, password).finally(() => (hashes -= 1));
    const accountId = isRight ? admitted.account_id : null;
    const passwordHash = admitted.password_hash;
    const end = { name, from, accountId, passwordHash, lifetimes, actor };
    const begun = await database.write((sql) => endSignIn(sql, end));
    const account = begun && (await database.read((sql) => findAccount(sql, begun.account_id ?? "")));
    if (!account) throw new ApiError("Unauthorized", "Wrong name or password");
    return issue(issuer, claimsOf(account, begun), begun.token_lifetime_s);
  }

  /** Another token for the same session. */
  async function renew({ identity }: Caller) {
    const issuer = issuerOf(tokens);
    const { sessionId, role } = identity;
    if (sessionId === null)
      throw new ApiError("ValidationError", "This token was not issued here: renew it where it was");
    const lifetimeS = role === "screen" ? screenTokenLifetimeS : role === "patient" ? 90 * day : lifetimes.tokenS;
    const renewed = await database.write((sql) => renewSession(sql, sessionId, lifetimeS));
    if (!renewed) throw new Refusal("Unauthorized", "The session has ended");
    const claims = await database.read((sql) => readClaims(sql, renewed));
    if (!claims) throw new Refusal("Unauthorized", "The session has ended");
    return issue(issuer, claims, renewed.token_lifetime_s);
  }

  return [
    route(
      {
        method: "post",
        path,
        tag,
        operationId: "signIn",
        summary: "Sign in; the answer also sets the cookie that pages use",
        access: "anyone",
        class: "sign_in",
        body: credentials,
        status: 201,
        answer: tokenAnswer,
        errors: ["Unauthorized", "NotFound", "RateLimited"],
      },
      async ({ body, caller, response }) => {
        const issued = await signIn(body.name.toLowerCase(), body.password, caller);
        setCookie(response, issued.token, issued.expires_at);
        return issued;
      },
    ),
    route(
      {
        method: "get",
        path,
        tag,
        operationId: "getSession",
        summary: "Tell whose token or cookie this call was made with",
        access: everybody,
        status: 200,
        answer: session,
      },
      async ({ caller: { identity } }) => ({
        role: identity.role,
        name: identity.name,
        doctor_id: identity.doctorId ?? null,
        patient_id: identity.patientId ?? null,
        screen_id: identity.screenId ?? null,
        scopes: [...(identity.scopes ?? [])],
        expires_at: Number.isFinite(identity.expiresAt) ? new Date(identity.expiresAt) : null,
        open: tokens === undefined,
      }),
    ),
    route(
      {
        method: "delete",
        path,
        tag,
        operationId: "signOut",
        summary: "Sign out: end the session of this call",
        access: everybody,
        status: 204,
      },
      async ({ caller: { identity, actor }, response }) => {
        const { sessionId } = identity;
        if (sessionId !== null) {
          await database.write((sql) => endSession(sql, sessionId, actor));
          await revocations.refresh();
        }
        for (const secure of [true, false]) {
          response.clearCookie(sessionCookie(secure), { httpOnly: true, sameSite: "strict", secure, path: "/" });
        }
      },
    ),
    route(
      {
        method: "post",
        path: "/api/v1/tokens",
        tag,
        operationId: "renewToken",
        summary: "Renew the token: get another one of the same session that ends later",
        access: everybody,
        status: 201,
        answer: tokenAnswer,
        errors: ["ValidationError", "NotFound"],
      },
      async ({ caller, response }) => {
        const issued = await renew(caller);
        if (caller.usesCookie) setCookie(response, issued.token, issued.expires_at);
        return issued;
      },
    ),
    route(
      {
        method: "post",
        path: "/api/v1/patients/{id}/tokens",
        tag,
        operationId: "issuePatientToken",
        summary: "Issue a token with which a patient sees their own appointments",
        access: ["staff", "book"],
        params: z.object({ id }),
        body: link,
        status: 201,
        answer: tokenAnswer,
        errors: ["NotFound"],
      },
      async ({ params, body, caller }) => {
        const issuer = issuerOf(tokens);
        // The token may do no more than its issuer, and a token that may not read is of no use to a patient.
        const { scopes } = caller.identity;
        if (scopes && !scopes.has("read")) throw new Refusal("Forbidden", "This takes the scope read as well");
        const link = { patientId: params.id, scopes, lifetimeS: body.expires_in };
        const begun = await database.write((sql) => linkPatient(sql, link, caller.actor));
        return issue(issuer, claimsOfPatient(params.id, begun), begun.token_lifetime_s);
      },
    ),
    route(
      {
        method: "delete",
        path: "/api/v1/patients/{id}/tokens",
        tag,
        operationId: "revokePatientTokens",
        summary: "Revoke all tokens that were issued to a patient",
        access: ["staff"],
        params: z.object({ id }),
        status: 204,
        errors: ["NotFound"],
      },
      async ({ params, caller: { actor } }) => {
        await database.write((sql) => unlinkPatient(sql, params.id, actor));
        await revocations.refresh();
      },
    ),
  ];

  function setCookie(response: Response, token: string, expires: Date): void {
    const secure = response.req.secure;
    response.cookie(sessionCookie(secure), token, { httpOnly: true, sameSite: "strict", secure, path: "/", expires });
  }
}

/** @throws ApiError where there is nothing to issue tokens with. */
export function issuerOf(tokens: Tokens | undefined): Tokens {
  if (tokens?.canIssue) return tokens;
  const reason = tokens
    ? "AUTH_SECRET is not set, tokens come from the provider"
    : "this is open mode, nobody signs in";
  throw new ApiError("NotFound", `Not found: ${reason}`);
}

/**
 * A token that ends after so many seconds, by the clock of this machine, which also checks it. The clock of the database may
 * differ.
 */
export async function issue(issuer: Tokens, claims: Claims, lifetimeS: number) {
  const expiresAt = new Date(Date.now() + lifetimeS * 1_000);
  return { token: await issuer.issue(claims, expiresAt), expires_at: expiresAt };
}

function claimsOf(account: Account, { id: sid, database_id: db }: Session): Claims {
  const { id: sub, name, role, doctor_id, scope } = account;
  return { sub, role, name, sid, db, ...(doctor_id !== null && { doctor_id }), ...(scope !== "" && { scope }) };
}

const claimsOfPatient = (id: string, { id: sid, database_id: db }: Session): Claims => ({
  sub: id,
  role: "patient",
  patient_id: id,
  sid,
  db,
});

/** Undefined when the account was disabled. */
async function readClaims(sql: Sql, renewed: Session): Promise<Claims | undefined> {
  const { id: sid, database_id: db, account_id, screen_id, patient_id } = renewed;
  if (screen_id !== null) return { sub: screen_id, role: "screen", screen_id, sid, db };
  if (patient_id !== null) return claimsOfPatient(patient_id, renewed);
  const account = account_id === null ? undefined : await findAccount(sql, account_id);
  return account && claimsOf(account, renewed);
}
