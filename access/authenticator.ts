import type { IncomingHttpHeaders } from "node:http";
import { ForeignPage } from "./authentication-errors.ts";
import type { Clinic } from "./clinics.ts";
import { anybody, type Identity } from "./identity.ts";
import type { Revocations } from "./revocations.ts";
import { tokenInCookie, tokenInHeader } from "./session-cookie.ts";
import type { Tokens } from "./tokens.ts";

/** A request whose sender is to be identified. */
export interface SignedRequest {
  headers: IncomingHttpHeaders;
  /** The clinic that the request is for. */
  clinic: Clinic;
  /** Whether the request came over TLS. */
  overTls: boolean;
  /** False when a page of somebody else may have made the browser send its cookie. */
  mayUseCookie: boolean;
}

/** Who sent a request. */
export interface Sender {
  identity: Identity;
  /** The request bears the cookie of a page that signed in, not a token of its own. */
  usesCookie: boolean;
}

/** Finds out who somebody is, by the token in a header, a cookie or a message. In open mode it is anybody. */
export class Authenticator {
  #tokens: Tokens | undefined;
  #revocations: Revocations;

  /** @param tokens undefined in open mode. */
  constructor(tokens: Tokens | undefined, revocations: Revocations) {
    this.#tokens = tokens;
    this.#revocations = revocations;
  }

  /** True when nobody signs in. */
  get isOpen(): boolean {
    return this.#tokens === undefined;
  }

  /**
   * The sender of a request. A token in the `Authorization` header counts for more than the cookie. Undefined when the request
   * bears neither.
   *
   * @throws ForeignPage for a cookie that may not be used; and what `verify` throws.
   */
  async identify({ headers, clinic, overTls, mayUseCookie }: SignedRequest): Promise<Sender | undefined> {
    if (this.isOpen) return { identity: anybody, usesCookie: false };
    const inHeader = tokenInHeader(headers.authorization);
    const token = inHeader ?? tokenInCookie(headers.cookie, clinic, overTls);
    if (token === undefined) return undefined;
    const usesCookie = inHeader === undefined;
    if (usesCookie && !mayUseCookie) throw new ForeignPage("This page may not use the cookie");
    return { identity: await this.verify(token, clinic), usesCookie };
  }

  /**
   * Whom a token names, and what they may do now in a clinic.
   *
   * @throws TokenError when the token is not accepted; CannotVerify while that cannot be told.
   */
  async verify(token: string, clinic: Clinic): Promise<Identity> {
    if (!this.#tokens) return anybody;
    return this.#revocations.admit(await this.#tokens.verify(token), clinic);
  }
}
