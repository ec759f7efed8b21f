import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { WebSocketServer, type ServerOptions } from "ws";
import { drain, fittingConnections, limitConnections, serverLimits } from "../platform/http-server.ts";
import { Admission, type Admitted } from "./connections/admission.ts";
import { Callers } from "./connections/callers.ts";
import { closeCodes, Connection, type ConnectionContext } from "./connections/connection.ts";
import { Health, type Watched } from "./health.ts";
import { Lobby } from "./connections/lobby.ts";
import { NotAdmitted, retryAfterSeconds } from "./connections/not-admitted.ts";
import { splitClinicPath } from "../access/clinics.ts";

const webSocketPath = "/api/v1/ws/queue";
const maxMessageBytes = 4_096;
/** A message counts as one however many pieces it has. No client that means well sends more pieces than this. */
const maxFragments = 64;
const checkIntervalMs = 250;

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

/** The HTTP server of the realtime process: it upgrades the clients that the admission lets in to WebSocket, and answers `/health`. */
export class RealtimeServer {
  readonly http: Server;
  /** How many WebSockets there may be: fewer than MAX_CONNECTIONS where the system lets the process open fewer files. */
  readonly maxConnections: number;
  #context: ConnectionContext;
  #admission: Admission;
  #health: Health;
  #sockets = new WebSocketServer(webSocketOptions);
  #connections = new Map<Socket, Connection>();
  #checks: NodeJS.Timeout;

  constructor(context: Omit<ConnectionContext, "callers" | "lobby">, watched: Omit<Watched, "feeds" | "freshness">) {
    const { MAX_CONNECTIONS, MAX_UNAUTHENTICATED, MAX_UNAUTHENTICATED_PER_ADDRESS } = context.config;
    const lobby = new Lobby(MAX_UNAUTHENTICATED, MAX_UNAUTHENTICATED_PER_ADDRESS);
    const room = fittingConnections(MAX_CONNECTIONS);
    this.maxConnections = room.served;
    this.#context = { ...context, callers: new Callers(context.config), lobby };
    this.#health = new Health({ ...context, ...watched });
    this.#admission = new Admission(this.#context, {
      watch: watched.watch,
      maxConnections: room.served,
      onClosed: (stream) => this.#forget(stream),
    });
    this.http = createServer(serverLimits, (request, response) => this.#serve(request, response));
    // What an HTTP server hands over is the socket of a client.
    this.http.on("upgrade", (request, socket, head) => void this.#upgrade(request, socket as Socket, head));
    limitConnections(this.http, room);
    this.#checks = setInterval(() => this.#checkConnections(), checkIntervalMs);
    context.revocations.onReduced = (isReduced) => {
      for (const connection of this.#connections.values()) connection.endIf(isReduced);
    };
    context.revocations.onSuspended = () => {
      for (const connection of this.#connections.values()) connection.endIfSuspended();
    };
  }

  /** Takes no new connection, tells every client to come back, and waits until they have gone or the time is up. */
  async drain(timeoutMs: number): Promise<void> {
    this.#admission.close();
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
    try {
      const { code, path } = splitClinicPath(pathOf(request));
      if (path !== webSocketPath) throw new NotAdmitted(404, "Not Found");
      const admitted = await this.#admission.admit(request, stream, code);
      if (admitted) this.#connect(request, stream, head, admitted);
    } catch (error) {
      if (!(error instanceof NotAdmitted)) throw error;
      error.answer(stream);
    }
  }

  #connect(request: IncomingMessage, stream: Socket, head: Buffer, admitted: Admitted): void {
    this.#sockets.handleUpgrade(request, stream, head, (socket) => {
      stream.off("error", destroy);
      const connection = new Connection({ socket, stream, ...admitted }, this.#context);
      this.#connections.set(stream, connection);
      if (!admitted.identity) this.#context.lobby.enter(connection, admitted.network);
    });
  }

  /** To be called once a socket has closed, whether or not it became a WebSocket. */
  #forget(stream: Socket): void {
    this.#connections.get(stream)?.end();
    this.#connections.delete(stream);
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const known = pathOf(request) === "/health";
    const isDraining = this.#admission.isClosed;
    const status = !known ? 404 : this.#health.isHealthy && !isDraining ? 200 : 503;
    const body = known
      ? this.#health.report({ isDraining, connections: this.#connections.size })
      : { error: "NotFound", message: `${request.method} ${pathOf(request)} not found` };
    if (status === 503) response.setHeader("retry-after", retryAfterSeconds);
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(JSON.stringify(body));
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
