import type { IncomingHttpHeaders } from "node:http";

interface OwnPages {
  /** ALLOWED_ORIGINS. `*` names nobody: a page on another port of our host may be anybody's, and gets the same cookie. */
  allowedOrigins: "*" | readonly string[];
  /** The port of the api, whose pages are ours. */
  apiPort: number;
  /** Whether the request itself came over TLS. */
  overTls: boolean;
}

/**
 * True for a page of the api, and for one that ALLOWED_ORIGINS names. The api's pages are of our own origin where a proxy
 * makes one of both processes; else of our host, on the api's port.
 */
export function isOwnPage({ origin, host }: IncomingHttpHeaders, pages: OwnPages): boolean {
  const { allowedOrigins, apiPort, overTls } = pages;
  if (origin === undefined || !URL.canParse(origin)) return false;
  if (allowedOrigins !== "*" && allowedOrigins.includes(origin)) return true;
  const { protocol, host: originHost } = new URL(origin);
  const isAsSafe = protocol === "https:" || !overTls;
  const hostOfApi = URL.canParse(`${protocol}//${host}`) && withPort(`${protocol}//${host}`, apiPort);
  return isAsSafe && (originHost === host || originHost === hostOfApi);
}

/** The host of a URL, on another port. */
function withPort(url: string, port: number): string {
  const moved = new URL(url);
  moved.port = String(port);
  return moved.host;
}
