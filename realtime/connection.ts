import type { RawData, WebSocket } from "ws";
import { Allowance } from "./allowance.ts";
import type { Config } from "./config.ts";
import type { Feeds } from "./feeds.ts";
import type { Freshness } from "./freshness.ts";
import { parseRequest, ProtocolError, type Request, type ServerMessage } from "./protocol.ts";
import { Subscriber } from "./subscriber.ts";

export interface ConnectionContext {
  config: Config;
  feeds: Feeds;
  freshness: Freshness;
}

export const closeCodes = { policyViolation: 1008, serviceRestart: 1012 } as const;

const burstSeconds = 5;
/** Answers that may wait until the socket takes them. */
const maxUnread = 200;
/** Refused messages beyond those accepted that we answer before we take the client for broken or hostile. */
const patience = 100;

/** One client: answers its messages, and holds its subscription. */
export class Connection {
  #socket: WebSocket;
  #context: ConnectionContext;
  #subscriber: Subscriber;
  #messages: Allowance;
  #subscribes: Allowance;
  #refusals = 0;
  #unread = 0;
  #openedAt = Date.now();
  #heardAt = Date.now();
  #pingedAt = 0;
  #hasSubscribed = false;

  constructor(socket: WebSocket, context: ConnectionContext) {
    this.#socket = socket;
    this.#context = context;
    this.#subscriber = new Subscriber(socket);
    this.#messages = new Allowance(context.config.MAX_MESSAGES_PER_SECOND, burstSeconds);
    this.#subscribes = new Allowance(context.config.MAX_SUBSCRIBES_PER_SECOND, burstSeconds);
    const alive = (): void => {
      this.#heardAt = Date.now();
    };
    socket.on("ping", alive);
    socket.on("pong", alive);
    socket.on("message", (data, isBinary) => {
      alive();
      this.#receive(data, isBinary);
    });
    socket.on("close", () => context.feeds.leave(this.#subscriber));
    // A protocol error or a broken socket: 'close' follows, there is nothing else to do.
    socket.on("error", () => {});
  }

  /** Pings a client that was silent for a while, and ends one that shows no life, takes no data or wants nothing. */
  check(now: number): void {
    const { HEARTBEAT_INTERVAL_MS, STALL_TIMEOUT_MS, SUBSCRIBE_TIMEOUT_MS } = this.#context.config;
    const isStalled = now - (this.#subscriber.writingSince ?? now) >= STALL_TIMEOUT_MS;
    const owesPong = this.#pingedAt > this.#heardAt;
    if (isStalled || (owesPong && now - this.#pingedAt >= HEARTBEAT_INTERVAL_MS)) {
      this.#socket.terminate();
    } else if (!this.#hasSubscribed && now - this.#openedAt >= SUBSCRIBE_TIMEOUT_MS) {
      this.close(closeCodes.policyViolation, "No subscription");
    } else if (!owesPong && now - this.#heardAt >= HEARTBEAT_INTERVAL_MS) {
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
      if (!this.#messages.take()) throw tooMany("messages");
      if (isBinary) throw new ProtocolError("invalid_json", "Invalid JSON message: send text frames, not binary ones");
      this.#answer(parseRequest((data as Buffer).toString()));
      this.#refusals = Math.max(0, this.#refusals - 1);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#send(error.reply);
      if (error.reply.code === "rate_limited" && ++this.#refusals >= patience) {
        this.close(closeCodes.policyViolation, "Too many messages");
      }
    }
  }

  #answer(request: Request): void {
    const { feeds, freshness } = this.#context;
    switch (request.action) {
      case "subscribe":
        if (!this.#subscribes.take()) throw tooMany("subscriptions");
        this.#hasSubscribed = true;
        feeds.leave(this.#subscriber);
        feeds.join(request.date, this.#subscriber, request.subscription);
        break;
      case "unsubscribe":
        feeds.leave(this.#subscriber);
        this.#send({ type: "unsubscribed", message: "You will get no further updates" });
        break;
      case "ping":
        this.#send({
          type: "pong",
          timestamp: new Date().toISOString(),
          live: freshness.isLive(feeds.behindMs),
          live_at: freshness.liveAt?.toISOString() ?? null,
        });
        break;
    }
  }

  /** Answers. Frames are conflated, but answers pile up before a client that asks and never reads: up to a limit. */
  #send(message: ServerMessage): void {
    this.#unread += 1;
    if (this.#unread > maxUnread) return this.#socket.terminate();
    this.#socket.send(JSON.stringify(message), () => {
      this.#unread -= 1;
    });
  }
}

const tooMany = (what: string): ProtocolError => new ProtocolError("rate_limited", `Too many ${what} a second`);
