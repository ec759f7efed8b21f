import { isIP } from "node:net";

/** True for a host that only this machine can reach: as an address is written, or as a URL has it, in brackets. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  return bare === "localhost" || bare === "::1" || (isIP(bare) === 4 && bare.startsWith("127."));
}
