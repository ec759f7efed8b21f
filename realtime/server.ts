import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer, type ServerOptions } from "ws";
import type { RealtimeHealth } from "../contract/health.ts";
import type { DatabaseWatch } from "../db/database-watch.ts";
import type { Actor } from "../db/actor.ts";
import { Allowance } from "../platform/allowance.ts";
import { clientAddress, isSecure, networkOf } from "../platform/client-address.ts";
import { drain, fittingConnections, limitConnections, serverLimits } from "../platform/http-server.ts";
import { anybody, type Identity } from "../access/identity.ts";
import { openModeRefusal } from "../access/open-mode.ts";
import { tokenInCookie, tokenInHeader } from "../access/session-cookie.ts";
import { CannotVerify, TokenError } from "../access/tokens.ts";
import { Callers } from "./callers.ts";
import { closeCodes, Connection, type ConnectionContext } from "./connection.ts";
import type { Listener } from "./listener.ts";
import { Lobby } from "./lobby.ts";
import type { NotifyQueue } from "./notify-queue.ts";

const path = "/api/v1/ws/queue";
const maxMessageBytes = 4_096;
/** A message in more pieces than this is nobody's who means well; it counts as one. */
const maxFragments = 64;
const checkIntervalMs = 250;
const retryAfterSeconds = 5;

const webSocketOptions: ServerOptions & { closeTimeout: number } = {
  noServer: true,
  clientTracking: false,
  maxPayload: maxMessageBytes,
  maxFragments,
  // Pings are answered by the connection, which counts them.
  autoPong: false,
  // One compressed message is for all who take compressed ones, so none may rest on the messages before it. What we
  // answer to one client alone is too short to be compressed.
  perMessageDeflate: { serverNoContextTakeover: true, clientNoContextTakeover: true },
  closeTimeout: 2_000,
};

/** What tells whether this process follows the database. */
interface Watched {
  listener: Listener;
  notifyQueue: NotifyQueue;
  watch: DatabaseWatch;
}

/** The HTTP server of the realtime process: upgrades to WebSocket within its limits, and `/health`. */
export class RealtimeServer {
  readonly http: Server;
  #context: ConnectionContext;
  #listener: Listener;
  #notifyQueue: NotifyQueue;
  #watch: DatabaseWatch;
  #upgrades: Allowance;
  #sockets = new WebSocketServer(webSocketOptions);
  /** How many WebSockets there may be: fewer than MAX_CONNECTIONS where the system lets the process open fewer files. */
  readonly maxConnections: number;
  #connections = new Map<Socket, Connection>();
  /** Connections and those to be, while their token is checked. */
  #admitted = 0;
  #byAddress = new Map<string, number>();
  #draining = false;
  #checks: NodeJS.Timeout;

  constructor(context: Omit<ConnectionContext, "callers" | "lobby">, { listener, notifyQueue, watch }: Watched) {
    const { MAX_CONNECTIONS, MAX_UPGRADES_PER_SECOND, MAX_UNAUTHENTICATED, MAX_UNAUTHENTICATED_PER_ADDRESS } =
      context.config;
    const lobby = new Lobby(MAX_UNAUTHENTICATED, MAX_UNAUTHENTICATED_PER_ADDRESS);
    this.#context = { ...context, callers: new Callers(context.config), lobby };
    this.#listener = listener;
    this.#notifyQueue = notifyQueue;
    this.#watch = watch;
    this.#upgrades = new Allowance(MAX_UPGRADES_PER_SECOND, 1);
    this.http = createServer(serverLimits, (request, response) => this.#serve(request, response));
    // What an HTTP server hands over is the socket of a client.
    this.http.on("upgrade", (request, socket, head) => void this.#upgrade(request, socket as Socket, head));
    const room = fittingConnections(MAX_CONNECTIONS);
    this.maxConnections = room.served;
    limitConnections(this.http, room);
    this.#checks = setInterval(() => this.#checkConnections(), checkIntervalMs);
    context.revocations.onReduced = (isReduced) => {
      for (const connection of this.#connections.values()) connection.endIf(isReduced);
    };
  }

  /** Takes no new connection, tells every client to come back, and waits until they have gone or the time is up. */
  async drain(timeoutMs: number): Promise<void> {
    this.#draining = true;
    clearInterval(this.#checks);
    for (const connection of this.#connections.values()) connection.close(closeCodes.serviceRestart, "Server restarts");
    const deadline = setTimeout(() => {
      for (const connection of this.#connections.values()) connection.terminate();
    }, timeoutMs);
    await drain(this.http, timeoutMs);
    clearTimeout(deadline);
  }

  async #upgrade(request: IncomingMessage, stream: Socket, head: Buffer): Promise<void> {
    // The client may go away at any moment, before there is a WebSocket that would notice.
    stream.on("error", destroy);
    if (pathOf(request) !== path) return refuse(stream, 404, "Not Found");
    if (this.#draining) return refuse(stream, 503, "Restarting");
    const foreign = this.#refusalOfOpenMode(request);
    if (foreign !== undefined) return refuse(stream, 403, foreign);
    if (this.#watch.mismatch !== undefined) return refuse(stream, 503, this.#watch.mismatch);
    const { MAX_CONNECTIONS_PER_ADDRESS, TRUST_PROXY } = this.#context.config;
    const address = clientAddress(request, TRUST_PROXY);
    const network = networkOf(address);
    const fromAddress = this.#byAddress.get(network) ?? 0;
    if (this.#admitted >= this.maxConnections) return refuse(stream, 503, "Too many connections");
    if (fromAddress >= MAX_CONNECTIONS_PER_ADDRESS) return refuse(stream, 503, "Too many connections from here");
    if (!this.#upgrades.take()) return refuse(stream, 503, "Too many connections at once");

    this.#admit(stream, network);
    const identity = await this.#identify(request, stream, address);
    if (identity === "refused" || stream.destroyed) return;
    if (this.#draining) return refuse(stream, 503, "Restarting");
    const caller = this.#context.callers.of(identity, network);
    if (!caller.mayConnect()) {
      return refuse(stream, 503, `Too many connections ${identity ? "with this token" : "from here without a token"}`);
    }
    this.#sockets.handleUpgrade(request, stream, head, (socket) => {
      stream.off("error", destroy);
      const connection = new Connection({ socket, stream, identity, caller, address }, this.#context);
      this.#connections.set(stream, connection);
      if (!identity) this.#context.lobby.enter(connection, network);
    });
  }

  /**
   * Counts a connection until its socket is closed. All that has to be done then is done by this one listener: what is
   * kept for each of so many connections is what their memory consists of.
   */
  #admit(socket: Socket, network: string): void {
    this.#admitted += 1;
    this.#byAddress.set(network, (this.#byAddress.get(network) ?? 0) + 1);
    socket.on("close", () => {
      this.#admitted -= 1;
      const left = (this.#byAddress.get(network) ?? 1) - 1;
      if (left === 0) this.#byAddress.delete(network);
      else this.#byAddress.set(network, left);
      this.#connections.get(socket)?.end();
      this.#connections.delete(socket);
    });
  }

  /** Whose token the upgrade bears: nobody's, when it bears none. A bad one is refused, and told so. */
  async #identify(
    request: IncomingMessage,
    socket: Duplex,
    address: string,
  ): Promise<Identity | undefined | "refused"> {
    const { tokens, revocations, config } = this.#context;
    if (!tokens) return anybody;
    const inHeader = tokenInHeader(request.headers.authorization);
    const overTls = isSecure(request, config.TRUST_PROXY);
    const token = inHeader ?? tokenInCookie(request.headers.cookie, overTls);
    if (token === undefined) return undefined;
    const refuseFor = (status: 401 | 403 | 503, reason: string): "refused" => {
      const actor: Actor = { sub: null, role: "nobody", name: null, session: null, address, request_id: null };
      if (status !== 503) this.#context.refusals.record("WebSocket", reason, actor);
      refuse(socket, status, reason);
      return "refused";
    };
    // A browser sends its cookie along with any page's connection.
    if (inHeader === undefined && !this.#isOurPage(request, overTls))
      return refuseFor(403, "This page may not use the cookie");
    try {
      return await revocations.admit(await tokens.verify(token));
    } catch (error) {
      if (error instanceof TokenError) return refuseFor(401, error.message);
      if (error instanceof CannotVerify) return refuseFor(503, "Tokens cannot be checked at the moment");
      throw error;
    }
  }

  #refusalOfOpenMode({ headers }: IncomingMessage): string | undefined {
    const { tokens, config } = this.#context;
    if (tokens) return undefined;
    return openModeRefusal(headers, { allowedOrigins: config.ALLOWED_ORIGINS, pagePort: config.API_PORT });
  }

  /**
   * True for a page of the api, and for one that ALLOWED_ORIGINS names. The api's pages are of our own origin where a
   * proxy makes one of both processes; else of our host, on the api's port. `*` names nobody: a page on another port of
   * our host may be anybody's, and the browser sends it the same cookie.
   */
  #isOurPage({ headers }: IncomingMessage, overTls: boolean): boolean {
    const { ALLOWED_ORIGINS, API_PORT } = this.#context.config;
    const { origin, host } = headers;
    if (origin === undefined || !URL.canParse(origin)) return false;
    if (ALLOWED_ORIGINS !== "*" && ALLOWED_ORIGINS.includes(origin)) return true;
    const { protocol, host: originHost } = new URL(origin);
    const isAsSafe = protocol === "https:" || !overTls;
    const hostOfApi = URL.canParse(`${protocol}//${host}`) && withPort(`${protocol}//${host}`, API_PORT);
    return isAsSafe && (originHost === host || originHost === hostOfApi);
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
    return this.#watch.mismatch === undefined && this.#listener.following && freshness.isLive(feeds.behindMs);
  }

  #health(): RealtimeHealth {
    const { following, since } = this.#listener;
    const { feeds, freshness } = this.#context;
    return {
      status: this.#draining ? "draining" : this.#isHealthy ? "healthy" : "unhealthy",
      following,
      ...(following ? { following_since: since.toISOString() } : { not_following_since: since.toISOString() }),
      live_at: freshness.liveAt?.toISOString() ?? null,
      ...(this.#watch.mismatch !== undefined && { reason: this.#watch.mismatch }),
      clock_skew_ms: this.#watch.clockSkewMs,
      notify_queue_usage: this.#notifyQueue.usage,
      connections: this.#connections.size,
      dates: feeds.size,
      reads: feeds.reads,
    };
  }

  #checkConnections(): void {
    const [now, wallClock] = [performance.now(), Date.now()];
    for (const connection of this.#connections.values()) connection.check(now, wallClock);
    this.#context.callers.forgetIdle();
  }
}

function destroy(this: Socket): void {
  this.destroy();
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}

/** The host of a URL, on another port. */
function withPort(url: string, port: number): string {
  const moved = new URL(url);
  moved.port = String(port);
  return moved.host;
}

const refusalsByStatus = {
  401: { error: "Unauthorized", phrase: "Unauthorized", header: 'WWW-Authenticate: Bearer realm="clinic-queue"\r\n' },
  403: { error: "Forbidden", phrase: "Forbidden", header: "" },
  404: { error: "NotFound", phrase: "Not Found", header: "" },
  503: { error: "Unavailable", phrase: "Service Unavailable", header: `Retry-After: ${retryAfterSeconds}\r\n` },
};

function refuse(socket: Duplex, status: keyof typeof refusalsByStatus, reason: string): void {
  const { error, phrase, header } = refusalsByStatus[status];
  const body = JSON.stringify({ error, message: reason });
  // Upgraded sockets are out of the HTTP server's hands: one that stays half open would stay for ever.
  socket.once("finish", () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${phrase}\r\nConnection: close\r\n${header}` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
