import { once } from "node:events";
import type { Server, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { codeOf } from "./errors.ts";
import { StartError } from "./settings.ts";

/** The limits of both servers for a client that sends its request very slowly, or headers without end. */
export const serverLimits = {
  requestTimeout: 10_000,
  headersTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
} as const;

/** How many connections a server may have. */
export interface ConnectionRoom {
  /** All that may be open. */
  total: number;
  /** How many of them may stay open; the rest is for newcomers, which get an answer even when they cannot be served. */
  served: number;
}

/** Open files that are no connections of clients: those to Postgres, and what Node itself needs. */
const reservedFiles = 64;
const maxSpare = 500;

/** Room for as many connections as are wanted, or as the system's limit of open files allows. */
export function fittingConnections(wanted: number): ConnectionRoom {
  const total = Math.max(1, Math.min(wanted + maxSpare, openFilesLimit() - reservedFiles));
  return { total, served: Math.min(wanted, total - Math.min(maxSpare, Math.ceil(total / 4))) };
}

/**
 * Bounds the connections of a server. When most of its room is taken, a newcomer takes the place of the connection that
 * has been without a request for longest. A newcomer for which there is no place at all is closed at once. So a client that
 * opens connections and asks for nothing keeps nobody out.
 */
export function limitConnections(server: Server, { total, served }: ConnectionRoom): void {
  server.maxConnections = total;
  const idle = new Set<Socket>();
  // One listener for all: memory counts where there are 10,000.
  const forget = function (this: Socket): void {
    idle.delete(this);
  };
  const keptIdle = Math.ceil((total - served) / 2);
  server.on("connection", (socket: Socket) => {
    idle.add(socket);
    socket.on("close", forget);
    server.getConnections((_error, count) => {
      const [oldest] = idle;
      if (count > served && idle.size > keptIdle) oldest?.destroy();
    });
  });
  server.prependListener("request", ({ socket }, response: ServerResponse) => {
    idle.delete(socket);
    response.on("close", () => !socket.destroyed && idle.add(socket));
  });
  // A server without this listener answers an upgrade like any other request.
  if (server.listenerCount("upgrade") > 0) {
    server.prependListener("upgrade", (_request, socket: Socket) => {
      idle.delete(socket);
      socket.off("close", forget);
    });
  }
}

function openFilesLimit(): number {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files: { soft: string | number } } };
  const limit = Number(userLimits?.open_files.soft);
  // "unlimited", or a system that has no such limit.
  return Number.isNaN(limit) ? Infinity : limit;
}

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
