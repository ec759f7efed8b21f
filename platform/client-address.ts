import type { IncomingMessage } from "node:http";
import { ipKeyGenerator } from "express-rate-limit";
import proxyAddr from "proxy-addr";
import { z } from "zod";

export type Trust = ReturnType<typeof proxyAddr.compile>;

export const trustNobody: Trust = proxyAddr.compile([]);

/** The proxies whose `X-Forwarded-For` is believed: addresses, subnets, or `loopback`, `linklocal`, `uniquelocal`. */
export const trustProxy = z
  .string()
  .default("")
  .transform((text, context): Trust => {
    if (text.trim() === "") return trustNobody;
    try {
      return proxyAddr.compile(text.split(/[\s,]+/).filter(Boolean));
    } catch {
      context.addIssue("must be a list of addresses, subnets, or loopback, linklocal, uniquelocal");
      return z.NEVER;
    }
  });

/** The address of the client, through the proxies that are trusted. */
export function clientAddress(request: IncomingMessage, trust: Trust): string {
  // A connection that has ended no longer has an address.
  const address = request.socket.remoteAddress === undefined ? "" : proxyAddr(request, trust);
  // A socket for both IPv4 and IPv6 writes IPv4 addresses like this.
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}

/** True when a proxy that is trusted says that the client came by TLS. */
export function isSecure(request: IncomingMessage, trust: Trust): boolean {
  const { remoteAddress } = request.socket;
  if (remoteAddress === undefined || !trust(remoteAddress, 0)) return false;
  // Some proxies send wss for a WebSocket.
  return /^(https|wss)\b/i.test(String(request.headers["x-forwarded-proto"]));
}

/** What limits count by: an IPv4 address, or the first 56 bits of an IPv6 address, because one customer has all the rest. */
export const networkOf = (address: string): string => ipKeyGenerator(address, 56);
