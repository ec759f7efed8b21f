import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type ServerOptions } from "ws";
import type { Config } from "./config.ts";
import { closeCodes, Connection } from "./connection.ts";
import type { Feeds } from "./feeds.ts";
import type { Listener } from "./listener.ts";

const path = "/api/v1/ws/queue";
const maxMessageBytes = 4_096;
const checkIntervalMs = 1_000;
const retryAfterSeconds = 5;

const webSocketOptions: ServerOptions & { closeTimeout: number } = {
  noServer: true,
  clientTracking: false,
  maxPayload: maxMessageBytes,
  perMessageDeflate: false,
  closeTimeout: 2_000,
};

/** The HTTP server of the realtime process: upgrades to WebSocket within its limits, and `/health`. */
export class RealtimeServer {
  readonly http: Server;
  #config: Config;
  #feeds: Feeds;
  #listener: Listener;
  #sockets = new WebSocketServer(webSocketOptions);
  #connections = new Set<Connection>();
  #byAddress = new Map<string, number>();
  #draining = false;
  #checks: NodeJS.Timeout;

  constructor(config: Config, feeds: Feeds, listener: Listener) {
    this.#config = config;
    this.#feeds = feeds;
    this.#listener = listener;
    this.http = createServer({ requestTimeout: 10_000, headersTimeout: 10_000 }, (request, response) =>
      this.#serve(request, response),
    );
    this.http.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
    this.#checks = setInterval(() => this.#checkConnections(), checkIntervalMs);
  }

  /** Takes no new connection, tells every client to come back, and waits until they have gone or the time is up. */
  async drain(timeoutMs: number): Promise<void> {
    this.#draining = true;
    clearInterval(this.#checks);
    const closed = new Promise<void>((resolve) => this.http.close(() => resolve()));
    this.http.closeIdleConnections();
    for (const connection of this.#connections) connection.close(closeCodes.serviceRestart, "Server restarts");
    const deadline = setTimeout(() => {
      for (const connection of this.#connections) connection.terminate();
      this.http.closeAllConnections();
    }, timeoutMs);
    await closed;
    clearTimeout(deadline);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // The client may go away at any moment, before there is a WebSocket that would notice.
    socket.on("error", () => socket.destroy());
    if (pathOf(request) !== path) return refuse(socket, 404, "Not Found");
    if (this.#draining) return refuse(socket, 503, "Restarting");
    const address = request.socket.remoteAddress ?? "";
    const fromAddress = this.#byAddress.get(address) ?? 0;
    const { MAX_CONNECTIONS, MAX_CONNECTIONS_PER_ADDRESS } = this.#config;
    if (this.#connections.size >= MAX_CONNECTIONS) return refuse(socket, 503, "Too many connections");
    if (fromAddress >= MAX_CONNECTIONS_PER_ADDRESS) return refuse(socket, 503, "Too many connections from here");

    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new Connection(webSocket, this.#feeds, {
        messagesPerSecond: this.#config.MAX_MESSAGES_PER_SECOND,
        heartbeatIntervalMs: this.#config.HEARTBEAT_INTERVAL_MS,
        stallTimeoutMs: this.#config.STALL_TIMEOUT_MS,
      });
      this.#connections.add(connection);
      this.#byAddress.set(address, (this.#byAddress.get(address) ?? 0) + 1);
      webSocket.on("close", () => {
        this.#connections.delete(connection);
        const left = (this.#byAddress.get(address) ?? 1) - 1;
        if (left === 0) this.#byAddress.delete(address);
        else this.#byAddress.set(address, left);
      });
    });
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const known = pathOf(request) === "/health";
    const { following } = this.#listener;
    const status = !known ? 404 : following && !this.#draining ? 200 : 503;
    const body = known
      ? this.#health()
      : { error: "NotFound", message: `${request.method} ${pathOf(request)} not found` };
    if (status === 503) response.setHeader("retry-after", retryAfterSeconds);
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(JSON.stringify(body));
  }

  #health(): object {
    const { following, since, confirmedAt } = this.#listener;
    return {
      status: this.#draining ? "draining" : following ? "healthy" : "unhealthy",
      following,
      [following ? "following_since" : "not_following_since"]: since.toISOString(),
      confirmed_at: confirmedAt?.toISOString() ?? null,
      connections: this.#connections.size,
      dates: this.#feeds.size,
    };
  }

  #checkConnections(): void {
    const now = Date.now();
    for (const connection of this.#connections) connection.check(now);
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}

function refuse(socket: Duplex, status: number, reason: string): void {
  const retry = status === 503 ? `Retry-After: ${retryAfterSeconds}\r\n` : "";
  const body = JSON.stringify({ error: status === 503 ? "Unavailable" : "NotFound", message: reason });
  socket.end(
    `HTTP/1.1 ${status} ${status === 503 ? "Service Unavailable" : "Not Found"}\r\nConnection: close\r\n${retry}` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
