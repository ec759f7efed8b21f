import type { RawData, WebSocket } from "ws";
import type { Feeds } from "./feeds.ts";
import { MessageAllowance } from "./message-allowance.ts";
import { parseRequest, ProtocolError, type Request, type ServerMessage } from "./protocol.ts";
import { Subscriber } from "./subscriber.ts";

export interface ConnectionLimits {
  messagesPerSecond: number;
  heartbeatIntervalMs: number;
  stallTimeoutMs: number;
}

export const closeCodes = { policyViolation: 1008, serviceRestart: 1012 } as const;

const burstSeconds = 5;
/** Refused messages in a row that we answer before we take the client for broken or hostile. */
const patience = 100;

/** One client: answers its messages, and holds its subscription. */
export class Connection {
  #socket: WebSocket;
  #feeds: Feeds;
  #limits: ConnectionLimits;
  #subscriber: Subscriber;
  #allowance: MessageAllowance;
  #refusals = 0;
  #heardAt = Date.now();
  #pingedAt = 0;

  constructor(socket: WebSocket, feeds: Feeds, limits: ConnectionLimits) {
    this.#socket = socket;
    this.#feeds = feeds;
    this.#limits = limits;
    this.#subscriber = new Subscriber(socket);
    this.#allowance = new MessageAllowance(limits.messagesPerSecond, burstSeconds);
    const alive = (): void => {
      this.#heardAt = Date.now();
    };
    socket.on("ping", alive);
    socket.on("pong", alive);
    socket.on("message", (data, isBinary) => {
      alive();
      this.#receive(data, isBinary);
    });
    socket.on("close", () => this.#feeds.leave(this.#subscriber));
    // A protocol error or a broken socket: 'close' follows, there is nothing else to do.
    socket.on("error", () => {});
  }

  /** Pings a client that was silent for a while, and ends one that shows no life or takes no data. */
  check(now: number): void {
    const { heartbeatIntervalMs, stallTimeoutMs } = this.#limits;
    const isStalled = now - (this.#subscriber.writingSince ?? now) >= stallTimeoutMs;
    const owesPong = this.#pingedAt > this.#heardAt;
    if (isStalled || (owesPong && now - this.#pingedAt >= heartbeatIntervalMs)) {
      this.#socket.terminate();
    } else if (!owesPong && now - this.#heardAt >= heartbeatIntervalMs) {
      this.#pingedAt = now;
      this.#socket.ping();
    }
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    try {
      if (!this.#allowance.take()) {
        throw new ProtocolError("rate_limited", `Too many messages: ${this.#limits.messagesPerSecond} a second`);
      }
      if (isBinary) throw new ProtocolError("invalid_json", "Invalid JSON message: send text frames, not binary ones");
      this.#answer(parseRequest((data as Buffer).toString()));
      this.#refusals = 0;
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#send(error.reply);
      if (error.reply.code === "rate_limited" && ++this.#refusals >= patience) {
        this.close(closeCodes.policyViolation, "Too many messages");
      }
    }
  }

  #answer(request: Request): void {
    switch (request.action) {
      case "subscribe":
        this.#feeds.leave(this.#subscriber);
        this.#feeds.join(request.date, this.#subscriber);
        break;
      case "unsubscribe":
        this.#feeds.leave(this.#subscriber);
        this.#send({ type: "unsubscribed", message: "You will get no further updates" });
        break;
      case "ping":
        this.#send({ type: "pong", timestamp: new Date().toISOString() });
        break;
    }
  }

  #send(message: ServerMessage): void {
    this.#socket.send(JSON.stringify(message));
  }
}
