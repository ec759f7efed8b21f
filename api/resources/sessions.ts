import type { Response } from "express";
import type { Database } from "../../db/database.ts";
import type { Revocations } from "../../access/revocations.ts";
import { endSession, renewSession, type Session } from "../../db/queries/sessions.ts";
import { deviceInCookie } from "../../access/session-cookie.ts";
import type { Tokens } from "../../access/tokens.ts";
import { ApiError, Refusal } from "../api-error.ts";
import { clinicOf } from "../clinic-of.ts";
import { everybody, type Caller } from "../authentication.ts";
import type { Config } from "../config.ts";
import { credentials, invitationAnswer, session, token } from "../../contract/session.ts";
import { claimsFor, issue, issuerOf } from "./issue.ts";
import { clearSessionCookies, setDeviceCookie, setSessionCookie } from "../page-cookies.ts";
import { route, type Route } from "../route.ts";
import { SignIn } from "./sign-in.ts";

const day = 86_400;
/** A screen may be off for long; what ends its token is that it is revoked. */
export const screenTokenLifetimeS = 400 * day;

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
  const signIn = new SignIn(database, lifetimes);

  /** A token of a session; and for a page the cookie, which is good for as long as the session can be renewed. */
  async function issueFor(session: Session, page?: Response) {
    const issuer = issuerOf(tokens);
    const claims = await claimsFor(database, session);
    if (page && session.lifetime_s !== null) {
      const { token } = await issue(issuer, claims, session.lifetime_s);
      setSessionCookie(page, token, session.lifetime_s);
    }
    return issue(issuer, claims, session.token_lifetime_s);
  }

  async function renew({ clinicId, identity: { sessionId, role } }: Caller): Promise<Session> {
    issuerOf(tokens);
    if (sessionId === null)
      throw new ApiError("ValidationError", "This token was not issued here: renew it where it was");
    const lifetimeS = role === "screen" ? screenTokenLifetimeS : role === "patient" ? 90 * day : lifetimes.tokenS;
    const renewed = await database.write((sql) => renewSession(sql, clinicId, sessionId, lifetimeS));
    if (!renewed) throw new Refusal("Unauthorized", "The session has ended");
    return renewed;
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
        answer: token,
        errors: ["Unauthorized", "NotFound", "RateLimited"],
      },
      async ({ body, caller, response }) => {
        issuerOf(tokens);
        const { headers, secure } = response.req;
        const device = {
          shown: deviceInCookie(headers.cookie, clinicOf(response), secure),
          isToBeRemembered: body.remember_device,
        };
        const begun = await signIn.run({ ...body, name: body.name.toLowerCase() }, device, caller);
        if (begun.device !== undefined) setDeviceCookie(response, begun.device);
        return issueFor(begun.session, response);
      },
    ),
    route(
      {
        method: "post",
        path: `${path}/invitation`,
        tag,
        operationId: "acceptInvitation",
        summary: "Set the password of a new account by its invitation, and sign in; the answer also sets the cookie",
        access: "anyone",
        class: "sign_in",
        body: invitationAnswer,
        status: 201,
        answer: token,
        errors: ["NotFound", "RateLimited"],
      },
      async ({ body, caller, response }) => {
        issuerOf(tokens);
        return issueFor(await signIn.accept(body.token, body.password, caller), response);
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
      async ({ caller: { clinicId, identity, actor }, response }) => {
        const { sessionId } = identity;
        if (sessionId !== null) {
          await database.write((sql) => endSession(sql, clinicId, sessionId, actor));
          await revocations.refresh();
        }
        clearSessionCookies(response);
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
        answer: token,
        errors: ["ValidationError", "NotFound"],
      },
      async ({ caller, response }) => {
        return issueFor(await renew(caller), caller.usesCookie ? response : undefined);
      },
    ),
  ];
}
