import type { IncomingHttpHeaders } from "node:http";

/** Which pages are ours, besides those that come from where the request itself went. */
export interface OwnPages {
  /** ALLOWED_ORIGINS. `*` names no page: it lets any page send a token, but only a page of ours may do without one. */
  allowedOrigins: "*" | readonly string[];
  /** The port of the api, which serves our pages. Undefined for the api itself, which the request names. */
  apiPort?: number;
  /** Whether the request came over TLS: then a page that came without TLS may be anybody's. */
  overTls: boolean;
}

/**
 * True when the browser says that a page of ours makes the request: a page that ALLOWED_ORIGINS names, or one that comes
 * from the host of the request, on the same port (where a proxy puts both processes under one origin) or on the api's.
 * A page on another port of our host may be anybody's, although the browser sends it the same cookies.
 */
export function isOwnOrigin({ origin, host }: IncomingHttpHeaders, pages: OwnPages): boolean {
  const { allowedOrigins, apiPort, overTls } = pages;
  if (origin === undefined || !URL.canParse(origin)) return false;
  if (allowedOrigins !== "*" && allowedOrigins.includes(origin)) return true;
  const { protocol, host: originHost } = new URL(origin);
  if (overTls && protocol !== "https:") return false;
  return originHost === host || (apiPort !== undefined && originHost === onPort(`${protocol}//${host}`, apiPort));
}

/** The host of a URL with another port; undefined when it is no URL. */
function onPort(url: string, port: number): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const moved = new URL(url);
  moved.port = String(port);
  return moved.host;
}
