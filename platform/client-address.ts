import type { IncomingMessage } from "node:http";
import proxyAddr from "proxy-addr";
import { z } from "zod";

export type Trust = ReturnType<typeof proxyAddr.compile>;

/** The proxies whose `X-Forwarded-For` is believed: addresses, subnets, or `loopback`, `linklocal`, `uniquelocal`. */
export const trustProxy = z
  .string()
  .default("")
  .transform((text, context): Trust => {
    try {
      return proxyAddr.compile(text.split(/[\s,]+/).filter(Boolean));
    } catch {
      context.addIssue("must be a list of addresses, subnets, or loopback, linklocal, uniquelocal");
      return z.NEVER;
    }
  });

/** The address of the client, through the proxies that are trusted. */
export function clientAddress(request: IncomingMessage, trust: Trust): string {
  // A connection that has ended has no address any more.
  return request.socket.remoteAddress === undefined ? "" : proxyAddr(request, trust);
}
