import type { Request, RequestHandler, Response } from "express";
import type { Actor } from "../db/actor.ts";
import type { Clinic } from "../access/clinics.ts";
import type { Revocations } from "../access/revocations.ts";
import { clinicOf } from "./clinic-of.ts";
import { clientAddress, type Trust } from "../platform/client-address.ts";
import { anybody, mayActAs, type Identity } from "../access/identity.ts";
import type { Role, Scope } from "../contract/roles.ts";
import { tokenInCookie, tokenInHeader } from "../access/session-cookie.ts";
import { CannotVerify, TokenError, type Tokens } from "../access/tokens.ts";
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
  /** Undefined in open mode. */
  tokens: Tokens | undefined;
  revocations: Revocations;
  trust: Trust;
}

/** Knows who calls before anything else of the request is looked at, and refuses who may not make this call. */
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
  { tokens, revocations, trust }: AuthenticationOptions,
  request: Request,
  response: Response,
): Promise<Caller> {
  const clinic = clinicOf(response);
  const clinicId = clinic.id;
  const nobody: Actor = {
    sub: null,
    role: tokens ? "nobody" : "anybody",
    name: null,
    session: null,
    address: clientAddress(request, trust),
    request_id: response.locals["requestId"] as string,
  };
  // For the record of a refusal, should it come to one.
  response.locals["caller"] = { clinicId, identity: anybody, actor: nobody, usesCookie: false } satisfies Caller;
  if (!tokens || access === "anyone") return callerOf(response);

  const inHeader = tokenInHeader(request.headers.authorization);
  const token = inHeader ?? tokenInCookie(request.headers.cookie, clinic, request.secure);
  if (token === undefined) throw unauthorized("Sign in first, or send a token");
  const usesCookie = inHeader === undefined;
  if (usesCookie) refuseForgery(request);
  const identity = await verify(token, clinic, { tokens, revocations });
  const { subject: sub, role, name, sessionId: session } = identity;
  return { clinicId, identity, actor: { ...nobody, sub, role, name, session }, usesCookie };
}

async function verify(
  token: string,
  clinic: Clinic,
  { tokens, revocations }: { tokens: Tokens; revocations: Revocations },
): Promise<Identity> {
  try {
    return await revocations.admit(await tokens.verify(token), clinic);
  } catch (error) {
    if (error instanceof TokenError) throw unauthorized(error.message);
    if (error instanceof CannotVerify) throw new ApiError("Unavailable", "Tokens cannot be checked at the moment");
    throw error;
  }
}

/** True when the role may make this call, and its scopes allow it where the token is bound to some. */
function mayCall({ role, scopes }: Identity, access: Exclude<Access, "anyone">): boolean {
  if (role !== "service" && !access.some((grant) => mayActAs(role, grant))) return false;
  return scopes === undefined || access.some((grant) => (scopes as ReadonlySet<string>).has(grant));
}

const unauthorized = (message: string): Refusal => new Refusal("Unauthorized", message);

/**
 * A browser sends its cookie with whatever any page makes it send. So a call that changes something and rests on the
 * cookie must come from a page of ours, as the browser itself says: in `Sec-Fetch-Site`, or in `Origin` where it is
 * older than that.
 */
function refuseForgery(request: Request): void {
  if (["GET", "HEAD", "OPTIONS"].includes(request.method)) return;
  const site = request.get("Sec-Fetch-Site");
  const origin = request.get("Origin");
  const isOurs = site === undefined ? isOwnOrigin(request, origin) : site === "same-origin";
  if (!isOurs) throw new Refusal("Forbidden", "A call with a cookie must come from a page of this server");
}

function isOwnOrigin(request: Request, origin: string | undefined): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  // A page of our name that came without TLS may be anybody's.
  return host === request.get("Host") && (protocol === "https:" || !request.secure);
}
