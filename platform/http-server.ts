import { once } from "node:events";
import type { Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { codeOf } from "./errors.ts";
import { StartError } from "./settings.ts";

/** What both servers bear with: a client that sends its request by the drop, or headers without end. */
export const serverLimits = {
  requestTimeout: 10_000,
  headersTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
} as const;

/**
 * Binds a server to its address.
 *
 * @param setting the name of the setting that the port comes from, for the error.
 * @returns the address as a URL.
 * @throws StartError when the address is taken, not ours, or not allowed.
 */
export async function listen(server: Server, host: string, port: number, setting: string): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const code = codeOf(error);
    if (code === "EADDRINUSE") throw new StartError(`${setting}: port ${port} on ${host} is in use`, { cause: error });
    throw new StartError(`${setting}: cannot listen on ${host} port ${port} (${code})`, { cause: error });
  }
  const { port: bound } = server.address() as AddressInfo;
  return `http://${host.includes(":") ? `[${host}]` : host}:${bound}`;
}

const idleCheckMs = 50;

/** Takes no new connection, and ends the HTTP connections that are there with their next answer, or after the time is up. */
export async function drain(server: Server, timeoutMs: number): Promise<void> {
  // First in line: an answer that is told so closes its connection.
  server.prependListener("request", (_request, response: ServerResponse) => response.setHeader("Connection", "close"));
  const closed = new Promise((resolve) => server.close(resolve));
  const idleCheck = setInterval(() => server.closeIdleConnections(), idleCheckMs);
  const deadline = setTimeout(() => server.closeAllConnections(), timeoutMs);
  await closed;
  clearInterval(idleCheck);
  clearTimeout(deadline);
}
