import type { Socket } from "node:net";
import type { RawData, WebSocket } from "ws";
import type { Actor } from "../db/actor.ts";
import type { Refusals } from "../access/refusals.ts";
import type { Revocations } from "../access/revocations.ts";
import { Allowance } from "../platform/allowance.ts";
import { networkOf } from "../platform/client-address.ts";
import type { Identity } from "../access/identity.ts";
import { CannotVerify, TokenError, type Tokens } from "../access/tokens.ts";
import { audienceOf } from "./audience.ts";
import { burstSeconds, type Caller, type Callers } from "./callers.ts";
import type { Config } from "./config.ts";
import type { Feeds } from "./feeds.ts";
import type { Freshness } from "./freshness.ts";
import type { Lobby } from "./lobby.ts";
import type { ServerMessage } from "../contract/websocket/server-message.ts";
import { parseRequest, ProtocolError, type Request, type SubscribeRequest } from "./protocol.ts";
import { Subscriber } from "./subscriber.ts";

export interface ConnectionContext {
  config: Config;
  feeds: Feeds;
  callers: Callers;
  lobby: Lobby;
  freshness: Freshness;
  /** Undefined in open mode. */
  tokens: Tokens | undefined;
  revocations: Revocations;
  refusals: Refusals;
}

export const closeCodes = { policyViolation: 1008, serviceRestart: 1012, tryAgainLater: 1013 } as const;

/** Answers that may wait until the socket takes them. */
const maxUnread = 200;
/** Messages and pongs beyond the limits, less those within, that we bear before we take the client for broken or hostile. */
const patience = 100;
/** Messages that may wait while a token is checked. */
const maxWaiting = 20;

/** Who connected, and how. */
export interface Client {
  socket: WebSocket;
  /** What the WebSocket reads from. */
  stream: Socket;
  /** Whom the token of the upgrade named; without one the client has some seconds to send it. */
  identity: Identity | undefined;
  /** All connections of the same identity; without one, of the same address. */
  caller: Caller;
  address: string;
}

/** One client: who it is, its messages and their answers, and its subscription. */
export class Connection {
  #socket: WebSocket;
  #stream: Socket;
  #context: ConnectionContext;
  /** Undefined until it has authenticated. */
  #identity: Identity | undefined;
  #caller: Caller;
  #address: string;
  #subscriber: Subscriber;
  #messages: Allowance;
  #subscribes: Allowance;
  /** While a token is checked, what came after it waits: it may rest on that token. */
  #waiting: Request[] | undefined;
  #refusals = 0;
  #unread = 0;
  #openedAt = performance.now();
  #heardAt = performance.now();
  #heardBytes = 0;
  #pingedAt = 0;
  #awaitsPong = false;
  #hasSubscribed = false;
  /** The date that it watches. */
  #date: string | undefined;

  constructor({ socket, stream, identity, caller, address }: Client, context: ConnectionContext) {
    this.#socket = socket;
    this.#stream = stream;
    this.#context = context;
    this.#identity = identity;
    this.#caller = caller;
    this.#caller.connect();
    this.#address = address;
    this.#subscriber = new Subscriber(socket, stream, identity?.expiresAt ?? -Infinity);
    this.#messages = new Allowance(context.config.MAX_MESSAGES_PER_SECOND, burstSeconds);
    this.#subscribes = new Allowance(context.config.MAX_SUBSCRIBES_PER_SECOND, burstSeconds);
    socket.on("ping", (data) => this.#takeControl(() => this.#answerPing(data)));
    socket.on("pong", () => this.#hearPong());
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    // A protocol error or a broken socket: it closes next, there is nothing else to do.
    socket.on("error", ignore);
  }

  /**
   * Ends a client whose token has ended, that shows no life, takes no data or wants nothing; and pings one that was
   * silent for a while.
   *
   * @param now that of `performance.now()`, `wallClock` that of `Date.now()`: asked once for all connections.
   */
  check(now: number, wallClock: number): void {
    // Whatever came is a sign of life: a message, a pong, a part of one.
    if (this.#stream.bytesRead !== this.#heardBytes) {
      this.#heardBytes = this.#stream.bytesRead;
      this.#heardAt = now;
    }
    this.#subscriber.check(now);
    const { HEARTBEAT_INTERVAL_MS, STALL_TIMEOUT_MS, SUBSCRIBE_TIMEOUT_MS, AUTHENTICATE_TIMEOUT_MS } =
      this.#context.config;
    const isStalled = now - (this.#subscriber.blockedSince(this.#heardAt) ?? now) >= STALL_TIMEOUT_MS;
    const owesPong = this.#pingedAt > this.#heardAt;
    const endOfAccess = this.#identity && this.#endOfAccess(wallClock);
    if (isStalled || (owesPong && now - this.#pingedAt >= HEARTBEAT_INTERVAL_MS)) {
      this.#socket.terminate();
    } else if (endOfAccess !== undefined) {
      this.close(closeCodes.policyViolation, endOfAccess);
    } else if (!this.#identity && now - this.#openedAt >= AUTHENTICATE_TIMEOUT_MS) {
      this.close(closeCodes.policyViolation, "Not authenticated in time");
    } else if (!this.#hasSubscribed && now - this.#openedAt >= SUBSCRIBE_TIMEOUT_MS) {
      this.close(closeCodes.policyViolation, "No subscription");
    } else if (!owesPong && now - this.#heardAt >= HEARTBEAT_INTERVAL_MS) {
      this.#pingedAt = now;
      this.#awaitsPong = true;
      this.#socket.ping();
    }
  }

  /** Ends the connection when its session has just ended, or may do less from now on. */
  endIf(isReduced: (identity: Identity) => boolean): void {
    if (this.#identity && isReduced(this.#identity)) this.close(closeCodes.policyViolation, "The session has ended");
  }

  /** To be called once its socket has closed. */
  end(): void {
    this.#leave();
    this.#caller.disconnect();
    this.#context.lobby.leave(this);
  }

  close(code: number, reason: string): void {
    this.#leave();
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #leave(): void {
    this.#context.feeds.leave(this.#subscriber);
    if (this.#date !== undefined) this.#caller.unwatch(this.#date);
    this.#date = undefined;
  }

  /** Why the client may see nothing any more; undefined while it may. */
  #endOfAccess(wallClock: number): string | undefined {
    if (!this.#identity) return "Not authenticated";
    return this.#identity.expiresAt <= wallClock ? "The token has expired" : undefined;
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#answerSafely(() => {
      if (!this.#mayGoOn()) throw tooMany("messages");
      if (isBinary) throw new ProtocolError("invalid_json", "Invalid JSON message: send text frames, not binary ones");
      const request = parseRequest((data as Buffer).toString());
      this.#take(request);
      this.#refusals = Math.max(0, this.#refusals - 1);
    });
  }

  /** A pong that we asked for is our own doing; any other counts like a message, and so does a ping. */
  #hearPong(): void {
    if (this.#subscriber.confirm()) return;
    if (!this.#awaitsPong) this.#takeControl(ignore);
    this.#awaitsPong = false;
  }

  #takeControl(answer: () => void): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (!this.#mayGoOn()) return this.#bear();
    this.#refusals = Math.max(0, this.#refusals - 1);
    answer();
  }

  /** Counts what arrived. False when it is more than this connection, or all of its caller's, may send. */
  #mayGoOn(): boolean {
    return this.#messages.take() && this.#caller.messages.take();
  }

  /** Bears with a client that sends too much, up to a limit; then it reads no more of it. */
  #bear(): void {
    if (++this.#refusals < patience) return;
    this.close(closeCodes.policyViolation, "Too many messages");
    this.#socket.pause();
  }

  #take(request: Request): void {
    if (!this.#waiting) this.#answer(request);
    else if (this.#waiting.length >= maxWaiting) throw tooMany("messages");
    else this.#waiting.push(request);
  }

  #answerSafely(answer: () => void): void {
    try {
      answer();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#send(error.reply);
      const { code, error: reason } = error.reply;
      if (code === "forbidden" || code === "unauthenticated") this.#recordRefusal(reason);
      if (code === "rate_limited") this.#bear();
    }
  }

  #answer(request: Request): void {
    const { feeds, freshness } = this.#context;
    switch (request.action) {
      case "authenticate":
        void this.#authenticate(request.token);
        break;
      case "subscribe":
        this.#subscribe(request);
        break;
      case "unsubscribe":
        this.#leave();
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

  #subscribe({ date, mode, held, ...asked }: SubscribeRequest): void {
    const { feeds, config } = this.#context;
    if (!this.#subscribes.take()) throw tooMany("subscriptions");
    if (!this.#identity) throw new ProtocolError("unauthenticated", "Authenticate first, then subscribe");
    const { audience, parts } = audienceOf(this.#identity, asked);
    const isRead = !feeds.isWatchedBesides(this.#subscriber, date, audience);
    if (isRead && !this.#caller.newDates.take()) throw tooMany("new dates");
    if (!feeds.hasRoomFor(date, audience)) {
      throw new ProtocolError("rate_limited", "Too many dates are watched at the moment; please try again later");
    }
    if (!this.#caller.watch(date, this.#date)) {
      throw new ProtocolError("rate_limited", `Too many dates at once: ${config.MAX_DATES_PER_CALLER} are allowed`);
    }
    this.#date = date;
    this.#hasSubscribed = true;
    feeds.leave(this.#subscriber);
    feeds.join(date, this.#subscriber, { audience, parts, mode, held });
  }

  async #authenticate(token: string): Promise<void> {
    this.#waiting = [];
    const identity = await this.#verify(token);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#answerSafely(() => identity && this.#become(identity));
    // Another token may be among what waited: then the rest waits for that one.
    for (const request of waiting) this.#answerSafely(() => this.#take(request));
  }

  /** Undefined when the token is no good; the client has been told so. */
  async #verify(token: string): Promise<Identity | undefined> {
    const { tokens, revocations } = this.#context;
    if (!tokens) return this.#identity;
    try {
      return await revocations.admit(await tokens.verify(token));
    } catch (error) {
      if (error instanceof CannotVerify) {
        this.#send({ type: "error", error: "Tokens cannot be checked at the moment", code: "unavailable" });
      } else if (error instanceof TokenError) {
        this.#send({ type: "error", error: error.message, code: "unauthenticated" });
        this.#recordRefusal(error.message);
        this.close(closeCodes.policyViolation, error.message);
      } else {
        throw error;
      }
      return undefined;
    }
  }

  /**
   * Takes a token over, in place of the one before. It must be of the same person once they watch something: that goes
   * on. Before, it may be anybody's: the one before may be of a cookie that the browser sent unasked.
   */
  #become(identity: Identity): void {
    if (this.#identity && this.#hasSubscribed && !isSame(this.#identity, identity)) {
      throw new ProtocolError("forbidden", "The token is somebody else's: connect anew");
    }
    if (!this.#becomeCaller(identity)) return;
    this.#identity = identity;
    this.#subscriber.allowedUntil = identity.expiresAt;
    const { role, expiresAt } = identity;
    const expires_at = Number.isFinite(expiresAt) ? new Date(expiresAt).toISOString() : null;
    this.#send({ type: "authenticated", role, expires_at });
  }

  /** Counts the connection as another caller's. False, and its end, when that caller has too many. */
  #becomeCaller(identity: Identity): boolean {
    const { callers, lobby } = this.#context;
    const caller = callers.of(identity, networkOf(this.#address));
    if (caller !== this.#caller) {
      if (!caller.mayConnect()) {
        this.close(closeCodes.tryAgainLater, "Too many connections with this token");
        return false;
      }
      this.#caller.disconnect();
      this.#caller = caller;
      this.#caller.connect();
    }
    lobby.leave(this);
    return true;
  }

  #recordRefusal(reason: string): void {
    const { subject: sub = null, role = "nobody", name = null, sessionId: session = null } = this.#identity ?? {};
    const actor: Actor = { sub, role, name, session, address: this.#address, request_id: null };
    this.#context.refusals.record("WebSocket", reason, actor);
  }

  #answerPing(data: Buffer): void {
    this.#expectToBeRead((taken) => this.#socket.pong(data, false, taken));
  }

  #send(message: ServerMessage): void {
    this.#expectToBeRead((taken) => this.#socket.send(JSON.stringify(message), taken));
  }

  /** Answers. Frames are conflated, but answers pile up before a client that asks and never reads: up to a limit. */
  #expectToBeRead(send: (taken: () => void) => void): void {
    this.#unread += 1;
    if (this.#unread > maxUnread) return this.#socket.terminate();
    send(() => {
      this.#unread -= 1;
    });
  }
}

function isSame(a: Identity, b: Identity): boolean {
  const whole = ({ role, subject, doctorId, patientId, screenId, scopes }: Identity): string =>
    JSON.stringify({ role, subject, doctorId, patientId, screenId, scopes: scopes && [...scopes].toSorted() });
  return whole(a) === whole(b);
}

const ignore = (): void => {};

const tooMany = (what: string): ProtocolError => new ProtocolError("rate_limited", `Too many ${what} a second`);
