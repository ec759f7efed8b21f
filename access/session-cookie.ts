import { parseCookie } from "cookie";
import type { Clinic } from "./clinics.ts";

/**
 * The name of the cookie that signing in sets: each clinic has its own, because they may share an address. Over TLS the prefix
 * binds it to this host: RFC 6265bis, section 4.1.3.
 */
export function sessionCookie({ code, isDefault }: Clinic, isSecure: boolean): string {
  const name = isDefault ? "clinic_queue" : `clinic_queue.${code}`;
  return isSecure ? `__Host-${name}` : name;
}

/**
 * The token in a `Cookie` header, if there is one. Over TLS the cookie without the prefix is ignored, because another host
 * of the same domain, or an attacker on the network who answers over http, could have set it.
 */
export function tokenInCookie(header: string | undefined, clinic: Clinic, isSecure: boolean): string | undefined {
  return header === undefined ? undefined : parseCookie(header)[sessionCookie(clinic, isSecure)];
}

/** The name of the cookie by which a device is known that signed in before. */
export const deviceCookie = (clinic: Clinic, isSecure: boolean): string => `${sessionCookie(clinic, isSecure)}_device`;

/** The secrets by which a device is known, from earlier sign-ins; undefined when it sends none. */
export function deviceInCookie(header: string | undefined, clinic: Clinic, isSecure: boolean): string | undefined {
  return header === undefined ? undefined : parseCookie(header)[deviceCookie(clinic, isSecure)];
}

/** The token in an `Authorization` header. Empty, which no token is, when the header is not a bearer token. */
export function tokenInHeader(header: string | undefined): string | undefined {
  return header === undefined ? undefined : (/^Bearer +([\w.~+/=-]+) *$/i.exec(header)?.[1] ?? "");
}
