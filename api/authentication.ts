import type { Request, RequestHandler, Response } from "express";
import type { Actor } from "../db/actor.ts";
import { actorOf } from "../access/actor-of.ts";
import { CannotVerify, ForeignPage, TokenError } from "../access/authentication-errors.ts";
import type { Authenticator } from "../access/authenticator.ts";
import { clinicOf } from "./clinic-of.ts";
import { clientAddress, type Trust } from "../platform/client-address.ts";
import { anybody, mayActAs, type Identity } from "../access/identity.ts";
import type { Role, Scope } from "../contract/roles.ts";
import { isOwnOrigin } from "../access/own-origin.ts";
import { ApiError, Refusal } from "./api-error.ts";

/**
 * Who may make a call: roles, and for services the scope that they need. `anyone` needs no token at all. Where staff may, a
 * manager may too.
 */
export type Access = "anyone" | readonly (Exclude<Role, "service"> | Scope)[];

/** Everybody who may know of the clinic's doctors. */
export const viewers = ["staff", "doctor", "screen", "patient", "book", "check_in", "read"] as const satisfies Access;

/** Everybody who has a token at all. */
export const everybody = [...viewers, "operator", "kiosk"] as const satisfies Access;

/** Who makes a call. */
export interface Caller {
  /** The clinic that the call is for. */
  clinicId: string;
  identity: Identity;
  actor: Actor;
  /** The call bears the cookie of a page that signed in, not a token of its own. */
  usesCookie: boolean;
}

export interface AuthenticationOptions {
  authenticator: Authenticator;
  trust: Trust;
}

/** Identifies the caller before anything else of the request is read, and refuses callers who may not make this call. */
export const authenticate =
  (access: Access, options: AuthenticationOptions): RequestHandler =>
  async (request, response, next) => {
    const caller = await identify(access, options, request, response);
    response.locals["caller"] = caller;
    if (access !== "anyone" && caller.identity !== anybody && !mayCall(caller.identity, access)) {
      throw new Refusal("Forbidden", `The role ${caller.identity.role} may not do this`);
    }
    next();
  };

export const callerOf = (response: Response): Caller => response.locals["caller"] as Caller;

async function identify(
  access: Access,
  { authenticator, trust }: AuthenticationOptions,
  request: Request,
  response: Response,
): Promise<Caller> {
  const clinic = clinicOf(response);
  const clinicId = clinic.id;
  const from = { address: clientAddress(request, trust), requestId: response.locals["requestId"] as string };
  const stranger = actorOf(authenticator.isOpen ? anybody : undefined, from);
  // If the call is refused from here on, the audit trail names this caller.
  response.locals["caller"] = { clinicId, identity: anybody, actor: stranger, usesCookie: false } satisfies Caller;
  if (access === "anyone") return callerOf(response);

  const { headers, secure: overTls } = request;
  const signed = { headers, clinic, overTls, mayUseCookie: mayUseCookie(request) };
  const sender = await authenticator.identify(signed).catch(explain);
  if (!sender) throw new Refusal("Unauthorized", "Sign in first, or send a token");
  return { clinicId, ...sender, actor: actorOf(sender.identity, from) };
}

function explain(error: unknown): never {
  if (error instanceof TokenError) throw new Refusal("Unauthorized", error.message);
  if (error instanceof ForeignPage)
    throw new Refusal("Forbidden", "A call with a cookie must come from a page of this server");
  if (error instanceof CannotVerify) throw new ApiError("Unavailable", "Tokens cannot be checked at the moment");
  throw error;
}

/** True when the role may make this call, and its scopes allow it where the token is bound to some. */
function mayCall({ role, scopes }: Identity, access: Exclude<Access, "anyone">): boolean {
  if (role !== "service" && !access.some((grant) => mayActAs(role, grant))) return false;
  return scopes === undefined || access.some((grant) => (scopes as ReadonlySet<string>).has(grant));
}

/**
 * A browser sends its cookie with whatever any page makes it send. So a call that changes something and rests on the
 * cookie must come from a page of ours, as the browser itself says: in `Sec-Fetch-Site`, or in `Origin` where it is
 * older than that.
 */
function mayUseCookie({ method, headers, secure: overTls }: Request): boolean {
  if (["GET", "HEAD", "OPTIONS"].includes(method)) return true;
  const site = headers["sec-fetch-site"];
  return site === undefined ? isOwnOrigin(headers, { allowedOrigins: [], overTls }) : site === "same-origin";
}
