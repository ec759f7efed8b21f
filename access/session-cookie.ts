import { parseCookie } from "cookie";

/** The name of the cookie that signing in sets. Over TLS the prefix binds it to this host: RFC 6265bis, section 4.1.3. */
export const sessionCookie = (isSecure: boolean): string => (isSecure ? "__Host-clinic_queue" : "clinic_queue");

/**
 * The token in a `Cookie` header, if there is one. Over TLS the cookie without the prefix is ignored, because another host
 * of the same domain, or an attacker on the network who answers over http, could have set it.
 */
export function tokenInCookie(header: string | undefined, isSecure: boolean): string | undefined {
  return header === undefined ? undefined : parseCookie(header)[sessionCookie(isSecure)];
}

/** The name of the cookie by which a device is known that signed in before. */
export const deviceCookie = (isSecure: boolean): string => `${sessionCookie(isSecure)}_device`;

/** What a device shows to be known, if anything. */
export function deviceInCookie(header: string | undefined, isSecure: boolean): string | undefined {
  return header === undefined ? undefined : parseCookie(header)[deviceCookie(isSecure)];
}

/** The token in an `Authorization` header. Empty, which no token is, when the header is not a bearer token. */
export function tokenInHeader(header: string | undefined): string | undefined {
  return header === undefined ? undefined : (/^Bearer +([\w.~+/=-]+) *$/i.exec(header)?.[1] ?? "");
}
