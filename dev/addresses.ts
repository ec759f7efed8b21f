import { networkInterfaces } from "node:os";

/**
 * The URLs by which a server can be opened.
 *
 * @param bound its URL by the address that it is bound to. Where that means every interface, it is none to open.
 * @returns the one for this machine first.
 */
export function openableUrls(bound: URL): URL[] {
  const families: Record<string, string[]> = { "0.0.0.0": ["IPv4"], "[::]": ["IPv4", "IPv6"] };
  const wanted = families[bound.hostname];
  if (!wanted) return [bound];
  const addresses = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const reachable = addresses
    // A link-local address needs the interface's name beside it, which a browser does not take.
    .filter(({ address, internal, family }) => !internal && wanted.includes(family) && !/^fe[89ab]/i.test(address))
    .map(({ address, family }) => (family === "IPv6" ? `[${address}]` : address));
  return ["127.0.0.1", ...reachable].map((host) => withHost(bound, host));
}

function withHost(url: URL, host: string): URL {
  const other = new URL(url);
  other.hostname = host;
  return other;
}
