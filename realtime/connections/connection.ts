import type { Socket } from "node:net";
import { CannotVerify, TokenError } from "../../access/authentication-errors.ts";
import type { Authenticator } from "../../access/authenticator.ts";
import type { Clinics } from "../../access/clinics.ts";
import type { RawData, WebSocket } from "ws";
import type { Refusals } from "../../access/refusals.ts";
import type { Revocations } from "../../access/revocations.ts";
import { Allowance } from "../../platform/allowance.ts";
import type { Identity } from "../../access/identity.ts";
import type { Admitted } from "./admission.ts";
import { audienceOf } from "./audience.ts";
import { burstSeconds, type Callers } from "./callers.ts";
import type { Config } from "../config.ts";
import type { Feeds } from "../feeds/feeds.ts";
import type { Freshness } from "../feeds/freshness.ts";
import { LifeSigns } from "./life-signs.ts";
import type { Lobby } from "./lobby.ts";
import { parseRequest, ProtocolError, type Request, type SubscribeRequest } from "./protocol.ts";
import { Replies } from "./replies.ts";
import { Subscriber } from "../feeds/subscriber.ts";
import { Visitor } from "./visitor.ts";

export interface ConnectionContext {
  config: Config;
  clinics: Clinics;
  feeds: Feeds;
  callers: Callers;
  lobby: Lobby;
  freshness: Freshness;
  authenticator: Authenticator;
  revocations: Revocations;
  refusals: Refusals;
}

export const closeCodes = { policyViolation: 1008, serviceRestart: 1012, tryAgainLater: 1013 } as const;

/** How far a client's messages and pongs beyond the limits may outnumber those within, before it counts as broken or hostile. */
const maxExcess = 100;
/** How many messages may wait while a token is checked. */
const maxWaiting = 20;

/** The sockets of a client that was admitted. */
interface Sockets {
  socket: WebSocket;
  /** What the WebSocket reads from. */
  stream: Socket;
}

/** One client: who it is, its messages and their answers, and its subscription. */
export class Connection {
  #socket: WebSocket;
  #stream: Socket;
  #context: ConnectionContext;
  #visitor: Visitor;
  #replies: Replies;
  #subscriber: Subscriber;
  #messages: Allowance;
  #subscribes: Allowance;
  /** While a token is checked, the messages after it wait, because they may need that token. */
  #waiting: Request[] | undefined;
  #excess = 0;
  #openedAt = performance.now();
  #life = new LifeSigns(this.#openedAt);
  #hasSubscribed = false;
  /** The date that it watches. */
  #date: string | undefined;

  constructor({ socket, stream, ...admitted }: Sockets & Admitted, context: ConnectionContext) {
    this.#socket = socket;
    this.#stream = stream;
    this.#context = context;
    this.#visitor = new Visitor(admitted, context);
    this.#replies = new Replies(socket);
    this.#subscriber = new Subscriber(socket, stream, admitted.identity?.expiresAt ?? -Infinity);
    this.#messages = new Allowance(context.config.MAX_MESSAGES_PER_SECOND, burstSeconds);
    this.#subscribes = new Allowance(context.config.MAX_SUBSCRIBES_PER_SECOND, burstSeconds);
    socket.on("ping", (data) => this.#takeControl(() => this.#replies.pong(data)));
    socket.on("pong", () => this.#hearPong());
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    // A protocol error or a broken socket: it closes next, there is nothing else to do.
    socket.on("error", ignore);
  }

  /**
   * Ends a client whose token has ended, that shows no life, takes no data or wants nothing; and pings one that was
   * silent for a while.
   *
   * @param now `performance.now()`, and `wallClock` is `Date.now()`: both are asked once for all connections.
   */
  check(now: number, wallClock: number): void {
    const { HEARTBEAT_INTERVAL_MS, STALL_TIMEOUT_MS } = this.#context.config;
    this.#life.hear(this.#stream.bytesRead, now);
    this.#subscriber.check(now);
    const isStalled = now - (this.#subscriber.blockedSince(this.#life.heardAt) ?? now) >= STALL_TIMEOUT_MS;
    if (isStalled || this.#life.isDead(now, HEARTBEAT_INTERVAL_MS)) return this.#socket.terminate();
    const overdue = this.#overdue(now, wallClock);
    if (overdue !== undefined) {
      this.close(closeCodes.policyViolation, overdue);
    } else if (this.#life.isSilent(now, HEARTBEAT_INTERVAL_MS)) {
      this.#life.ping(now);
      this.#socket.ping();
    }
  }

  /** Ends the connection when its session has just ended, or may do less from now on. */
  endIf(isReduced: (identity: Identity) => boolean): void {
    const { identity } = this.#visitor;
    if (identity && isReduced(identity)) this.close(closeCodes.policyViolation, "The session has ended");
  }

  /** Ends the connection when its clinic is suspended, whether or not it has authenticated. */
  endIfSuspended(): void {
    if (this.#context.revocations.isSuspended(this.#visitor.clinic.id))
      this.close(closeCodes.policyViolation, "This clinic is closed");
  }

  /** To be called once its socket has closed. */
  end(): void {
    this.#leave();
    this.#visitor.leave();
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
    if (this.#date !== undefined) this.#visitor.caller.unwatch(this.#date);
    this.#date = undefined;
  }

  /** Why the client's time is over; undefined while it is not. */
  #overdue(now: number, wallClock: number): string | undefined {
    const { SUBSCRIBE_TIMEOUT_MS, AUTHENTICATE_TIMEOUT_MS } = this.#context.config;
    const { identity } = this.#visitor;
    const ageMs = now - this.#openedAt;
    if (identity && identity.expiresAt <= wallClock) return "The token has expired";
    if (!identity && ageMs >= AUTHENTICATE_TIMEOUT_MS) return "Not authenticated in time";
    return !this.#hasSubscribed && ageMs >= SUBSCRIBE_TIMEOUT_MS ? "No subscription" : undefined;
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#answerSafely(() => {
      if (!this.#mayGoOn()) throw tooMany("messages");
      if (isBinary) throw new ProtocolError("invalid_json", "Invalid JSON message: send text frames, not binary ones");
      const request = parseRequest((data as Buffer).toString());
      this.#take(request);
      this.#excess = Math.max(0, this.#excess - 1);
    });
  }

  /** A pong that we asked for does not count. Any other counts like a message, and so does a ping. */
  #hearPong(): void {
    if (this.#subscriber.confirm()) return;
    if (!this.#life.takePong()) this.#takeControl(ignore);
  }

  #takeControl(answer: () => void): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (!this.#mayGoOn()) return this.#countExcess();
    this.#excess = Math.max(0, this.#excess - 1);
    answer();
  }

  /** Counts what arrived. False when it is more than this connection, or all connections of its caller, may send. */
  #mayGoOn(): boolean {
    return this.#messages.take() && this.#visitor.caller.messages.take();
  }

  /** Counts a message beyond the limits. After too many of them the client is closed, and nothing more is read from it. */
  #countExcess(): void {
    if (++this.#excess < maxExcess) return;
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
      this.#replies.send(error.reply);
      const { code, error: reason } = error.reply;
      if (code === "forbidden" || code === "unauthenticated") this.#visitor.recordRefusal(reason);
      if (code === "rate_limited") this.#countExcess();
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
        this.#replies.send({ type: "unsubscribed", message: "You will get no further updates" });
        break;
      case "ping":
        this.#replies.send({
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
    const { identity, caller } = this.#visitor;
    if (!this.#subscribes.take()) throw tooMany("subscriptions");
    if (!identity) throw new ProtocolError("unauthenticated", "Authenticate first, then subscribe");
    const { audience, parts } = audienceOf(identity, asked);
    const day = { clinicId: this.#visitor.clinic.id, date };
    const isRead = !feeds.isWatchedBesides(this.#subscriber, day, audience);
    if (isRead && !caller.newDates.take()) throw tooMany("new dates");
    if (!feeds.hasRoomFor(day, audience)) {
      throw new ProtocolError("rate_limited", "Too many dates are watched at the moment; please try again later");
    }
    if (!caller.watch(date, this.#date)) {
      throw new ProtocolError("rate_limited", `Too many dates at once: ${config.MAX_DATES_PER_CALLER} are allowed`);
    }
    this.#date = date;
    this.#hasSubscribed = true;
    feeds.leave(this.#subscriber);
    feeds.join(day, this.#subscriber, { audience, parts, mode, held });
  }

  async #authenticate(token: string): Promise<void> {
    this.#waiting = [];
    const identity = await this.#verify(token);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#answerSafely(() => identity && this.#become(identity));
    // Another token may be among the messages that waited: then the rest waits for that one.
    for (const request of waiting) this.#answerSafely(() => this.#take(request));
  }

  /** The identity that a token names. Undefined when the token is not accepted; the client has been told so. */
  async #verify(token: string): Promise<Identity | undefined> {
    try {
      return await this.#visitor.verify(token);
    } catch (error) {
      if (error instanceof CannotVerify) {
        this.#replies.send({ type: "error", error: "Tokens cannot be checked at the moment", code: "unavailable" });
      } else if (error instanceof TokenError) {
        this.#replies.send({ type: "error", error: error.message, code: "unauthenticated" });
        this.#visitor.recordRefusal(error.message);
        this.close(closeCodes.policyViolation, error.message);
      } else {
        throw error;
      }
      return undefined;
    }
  }

  #become(identity: Identity): void {
    if (!this.#visitor.become(identity, this.#hasSubscribed)) {
      return this.close(closeCodes.tryAgainLater, "Too many connections with this token");
    }
    this.#context.lobby.leave(this);
    this.#subscriber.allowedUntil = identity.expiresAt;
    const { role, expiresAt } = identity;
    const expires_at = Number.isFinite(expiresAt) ? new Date(expiresAt).toISOString() : null;
    this.#replies.send({ type: "authenticated", role, expires_at });
  }
}

const ignore = (): void => {};

const tooMany = (what: string): ProtocolError => new ProtocolError("rate_limited", `Too many ${what} a second`);
