import type { IncomingHttpHeaders } from "node:http";
import { isLoopback } from "../platform/loopback.ts";
import { isOwnOrigin, type OwnPages } from "./own-origin.ts";

/** What a process says at its start when nobody has to sign in. */
export const openModeNotice =
  "open mode: whoever is on this machine may do everything; AUTH_SECRET makes people sign in";

/**
 * Says why open mode does not answer a request; undefined when it does.
 *
 * Nobody signs in there, and the browser of whoever is on this machine runs pages of others too. A page cannot change
 * two things that its browser says: `Origin` (or `Sec-Fetch-Site`, for requests that bear none) names where the page
 * is from, and `Host` is the name that the page asked for. A foreign page whose name was made to resolve to
 * 127.0.0.1 (DNS rebinding) has a Host that is not loopback. Programs other than browsers send no Origin.
 */
export function openModeRefusal(headers: IncomingHttpHeaders, pages: Omit<OwnPages, "overTls">): string | undefined {
  if (!isOfThisMachine(headers.host)) {
    return "Host: without sign-in only requests to localhost, 127.0.0.1 or [::1] are answered; set AUTH_SECRET for others";
  }
  const isOurs =
    headers.origin === undefined
      ? [undefined, "same-origin", "none"].includes(headers["sec-fetch-site"])
      : isOwnOrigin(headers, { ...pages, overTls: false });
  return isOurs ? undefined : "Origin: without sign-in only pages of this server are answered, or of ALLOWED_ORIGINS";
}

/** False for a `Host` that is missing, or more than a name and a port. */
function isOfThisMachine(host: string | undefined): boolean {
  if (host === undefined || !/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`http://${host}`)) return false;
  return isLoopback(new URL(`http://${host}`).hostname);
}
