import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type ServerOptions } from "ws";
import { drain } from "../platform/http-server.ts";
import { Allowance } from "./allowance.ts";
import { closeCodes, Connection, type ConnectionContext } from "./connection.ts";
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
  #context: ConnectionContext;
  #listener: Listener;
  #upgrades: Allowance;
  #sockets = new WebSocketServer(webSocketOptions);
  #connections = new Set<Connection>();
  #byAddress = new Map<string, number>();
  #draining = false;
  #checks: NodeJS.Timeout;

  constructor(context: ConnectionContext, listener: Listener) {
    this.#context = context;
    this.#listener = listener;
    this.#upgrades = new Allowance(context.config.MAX_UPGRADES_PER_SECOND, 1);
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
    for (const connection of this.#connections) connection.close(closeCodes.serviceRestart, "Server restarts");
    const deadline = setTimeout(() => {
      for (const connection of this.#connections) connection.terminate();
    }, timeoutMs);
    await drain(this.http, timeoutMs);
    clearTimeout(deadline);
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // The client may go away at any moment, before there is a WebSocket that would notice.
    socket.on("error", () => socket.destroy());
    if (pathOf(request) !== path) return refuse(socket, 404, "Not Found");
    if (this.#draining) return refuse(socket, 503, "Restarting");
    const address = request.socket.remoteAddress ?? "";
    const fromAddress = this.#byAddress.get(address) ?? 0;
    const { MAX_CONNECTIONS, MAX_CONNECTIONS_PER_ADDRESS } = this.#context.config;
    if (this.#connections.size >= MAX_CONNECTIONS) return refuse(socket, 503, "Too many connections");
    if (fromAddress >= MAX_CONNECTIONS_PER_ADDRESS) return refuse(socket, 503, "Too many connections from here");
    if (!this.#upgrades.take()) return refuse(socket, 503, "Too many connections at once");

    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = new Connection(webSocket, this.#context);
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
    const isHealthy = this.#isHealthy && !this.#draining;
    const status = !known ? 404 : isHealthy ? 200 : 503;
    const body = known
      ? this.#health()
      : { error: "NotFound", message: `${request.method} ${pathOf(request)} not found` };
    if (status === 503) response.setHeader("retry-after", retryAfterSeconds);
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(JSON.stringify(body));
  }

  /** Following alone is not enough: what is heard must be read, too. */
  get #isHealthy(): boolean {
    const { feeds, freshness } = this.#context;
    return this.#listener.following && freshness.isLive(feeds.behindMs);
  }

  #health(): object {
    const { following, since } = this.#listener;
    const { feeds, freshness } = this.#context;
    return {
      status: this.#draining ? "draining" : this.#isHealthy ? "healthy" : "unhealthy",
      following,
      [following ? "following_since" : "not_following_since"]: since.toISOString(),
      live_at: freshness.liveAt?.toISOString() ?? null,
      connections: this.#connections.size,
      dates: feeds.size,
      reads: feeds.reads,
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
  // Upgraded sockets are out of the HTTP server's hands: one that stays half open would stay for ever.
  socket.once("finish", () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${status === 503 ? "Service Unavailable" : "Not Found"}\r\nConnection: close\r\n${retry}` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
