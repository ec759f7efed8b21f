import type { IncomingHttpHeaders } from "node:http";
import { isLoopback } from "../platform/loopback.ts";

/** What a process says at its start when nobody has to sign in. */
export const openModeNotice =
  "open mode: whoever is on this machine may do everything; AUTH_SECRET makes people sign in";

export interface OwnPages {
  /** ALLOWED_ORIGINS. `*` means pages that bear a token, which open mode does not ask for, so it allows none here. */
  allowedOrigins: "*" | readonly string[];
  /** The port of the api, whose pages are ours. Undefined for the api itself: it is the port that the request names. */
  pagePort?: number;
}

/**
 * Says why open mode does not answer a request; undefined when it does.
 *
 * Nobody signs in there, and the browser of whoever is on this machine runs pages of others too. A page cannot change
 * two things that its browser says: `Origin` (or `Sec-Fetch-Site`, for requests that bear none) names where the page
 * is from, and `Host` is the name that the page asked for. A foreign page whose name was made to resolve to
 * 127.0.0.1 (DNS rebinding) has a Host that is not loopback. Programs other than browsers send no Origin.
 */
export function openModeRefusal(headers: IncomingHttpHeaders, pages: OwnPages): string | undefined {
  const host = parseHost(headers.host);
  if (!host || !isLoopback(host.hostname)) {
    return "Host: without sign-in only requests to localhost, 127.0.0.1 or [::1] are answered; set AUTH_SECRET for others";
  }
  const isOurs =
    headers.origin === undefined
      ? [undefined, "same-origin", "none"].includes(headers["sec-fetch-site"])
      : isAllowedOrigin(headers.origin, host, pages);
  return isOurs ? undefined : "Origin: without sign-in only pages of this server are answered, or of ALLOWED_ORIGINS";
}

function isAllowedOrigin(origin: string, host: URL, { allowedOrigins, pagePort }: OwnPages): boolean {
  if (allowedOrigins !== "*" && allowedOrigins.includes(origin)) return true;
  const own = new URL(host);
  if (pagePort !== undefined) own.port = String(pagePort);
  return origin === own.origin;
}

/** Undefined for a `Host` that is missing or more than a name and a port. */
function parseHost(host: string | undefined): URL | undefined {
  if (host === undefined || !/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`http://${host}`)) return undefined;
  return new URL(`http://${host}`);
}
