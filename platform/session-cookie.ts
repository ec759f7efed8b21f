import { parseCookie } from "cookie";

/** The cookie of a page that signed in. Over TLS its name binds it to this host and to TLS: RFC 6265bis, 4.1.3. */
export const sessionCookie = (isSecure: boolean): string => (isSecure ? "__Host-clinic_queue" : "clinic_queue");

/**
 * The token in a `Cookie` header, if there is one. Over TLS the other name counts for nothing: another host of the same
 * domain, or somebody on the way who answers for http, could have set it.
 */
export function tokenInCookie(header: string | undefined, isSecure: boolean): string | undefined {
  return header === undefined ? undefined : parseCookie(header)[sessionCookie(isSecure)];
}

/** The token in an `Authorization` header; an empty one where the header is of another kind, which no token is. */
export function tokenInHeader(header: string | undefined): string | undefined {
  return header === undefined ? undefined : (/^Bearer +([\w.~+/=-]+) *$/i.exec(header)?.[1] ?? "");
}
