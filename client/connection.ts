import { page } from "./page.ts";
import { describeFailure, open, type Socket, type SocketClass } from "./socket.ts";
import { TokenKeeper, type TokenSource } from "./token-keeper.ts";
import type { AskedView, ServerMessage } from "./wire.ts";

export interface ConnectionOptions {
  /** The endpoint, `ws://…/api/v1/ws/queue`; or several of the same clinic, of which the next is tried after a loss. */
  url: string | string[];
  /**
   * The token to authenticate with, or a function that gives it: it is asked before each connection, and in time before
   * the token ends. Its tokens must be of one person; for somebody else, make another client.
   */
  token?: TokenSource;
  /** The class to connect with, where there is no global one. */
  WebSocket?: SocketClass;
  /** A server that is silent is asked for a sign of life after this time, and left when none comes in half of it. */
  pingIntervalMs?: number;
  /** The bounds of the wait before an attempt, of which a random part is taken. */
  firstRetryMs?: number;
  slowestRetryMs?: number;
}

/** Why there is no connection. */
export interface LossReason {
  /** The endpoint that was tried, or lost. */
  url: string;
  /**
   * The close code of the WebSocket (RFC 6455, section 7.4; 1006 where none came); a code that `onError` tells, too; or
   * `silence` or `not_json`, after which the client itself gives the connection up.
   */
  code: number | string;
  /** For people: the server's words, or the network's error, which a browser does not tell. */
  message: string;
}

export type Loss = "offline" | "unauthorized";

/** Whom a connection calls. */
interface Listener<V extends AskedView> {
  /** The connection is open, or the wait of `askLater` is over: now is the time to ask. */
  onReady: () => void;
  onMessage: (message: ServerMessage<V>) => void;
  onLoss: (state: Loss, reason: LossReason) => void;
  /** What went wrong on our side: a text for people, a code for programs. */
  onError: (message: string, code: string) => void;
}

/**
 * One connection to the server at most, made again whenever it is lost: with full jitter, at once when the network or the
 * page comes back, and at the next address. It authenticates, renews its token in time, and notices a silent server.
 *
 * @internal
 */
export class Connection<V extends AskedView = AskedView> {
  #urls: string[];
  #tokens: TokenKeeper;
  #WebSocketClass: SocketClass;
  #pingIntervalMs: number;
  #firstRetryMs: number;
  #slowestRetryMs: number;
  #listener: Listener<V>;
  #socket: Socket | undefined;
  #isWanted = false;
  #isStale = false;
  #attempts = 0;
  #losses = 0;
  /** When the token ends, by the server's clock; until a pong has told what time that is. */
  #tokenEndsAt: number | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #lifeCheck: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ConnectionOptions, listener: Listener<V>) {
    this.#urls = [options.url].flat();
    this.#tokens = new TokenKeeper(options.token);
    this.#WebSocketClass = options.WebSocket ?? globalThis.WebSocket;
    this.#pingIntervalMs = options.pingIntervalMs ?? 10_000;
    this.#firstRetryMs = options.firstRetryMs ?? 1_000;
    this.#slowestRetryMs = options.slowestRetryMs ?? 30_000;
    this.#listener = listener;
    page.addEventListener?.("online", this.#comeBack);
    page.document?.addEventListener?.("visibilitychange", this.#comeBack);
  }

  /** Whether there is a socket, which may still be opening. */
  get hasSocket(): boolean {
    return this.#socket !== undefined;
  }

  /** Whether the server's last pong said that it cannot vouch for what it sends. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** Connects, in place of the connection that there may be. */
  connect(): void {
    this.#isWanted = true;
    this.#abandon();
    // Before the connection and not after: the server gives a connection little time to say whose it is.
    this.#tokens.ask(
      (token) => this.#open(token),
      (error) => this.#loseFor(String(error), "token_unavailable"),
    );
  }

  /** Sends a message if the connection is open; when it opens later, `onReady` is called. */
  send(message: object): void {
    if (this.#socket?.readyState === open) this.#socket.send(JSON.stringify(message));
  }

  /** Calls `onReady` once more after the shortest wait, unless the connection is lost before. */
  askLater(): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#listener.onReady(), this.#firstRetryMs);
  }

  /** Has the waits before attempts begin at the shortest again, because the server gave what was asked for. */
  resetWaits(): void {
    this.#attempts = 0;
  }

  /** Gives the connection up and tries again after a wait. */
  lose(state: Loss, code: number | string, message: string): void {
    this.#abandon();
    const reason = { url: this.#url, code, message };
    this.#losses += 1;
    const ceilingMs = Math.min(this.#slowestRetryMs, this.#firstRetryMs * 2 ** this.#attempts++);
    this.#retry = setTimeout(() => this.connect(), Math.random() * ceilingMs);
    // Last, as in all that calls back: the user may close the client, or watch something else, right there.
    this.#listener.onLoss(state, reason);
  }

  /** Ends the connection and all timers, for good. */
  close(): void {
    this.#isWanted = false;
    page.removeEventListener?.("online", this.#comeBack);
    page.document?.removeEventListener?.("visibilitychange", this.#comeBack);
    this.#abandon();
  }

  #open(token: string | undefined): void {
    let socket: Socket;
    try {
      socket = new this.#WebSocketClass(this.#url);
    } catch (error) {
      // Not a WebSocket URL, or one that this page may not open: said, and tried again, as a page may be mended.
      return this.#loseFor(String(error), "invalid_url");
    }
    this.#socket = socket;
    socket.onopen = () => {
      if (token !== undefined) this.send({ action: "authenticate", token });
      this.#listener.onReady();
    };
    socket.onmessage = ({ data }: { data: unknown }) => {
      const message = parse<V>(String(data));
      if (message) this.#hear(message);
      else this.lose("offline", "not_json", "The server sent something that is not JSON");
    };
    let failure: string | undefined;
    socket.onerror = (event: object) => {
      failure = describeFailure(event);
    };
    socket.onclose = ({ code, reason }: { code: number; reason: string }) => {
      this.lose("offline", code, reason || (failure ?? "The connection ended without a word"));
    };
    this.#expectLife(this.#pingIntervalMs);
  }

  #hear(message: ServerMessage<V>): void {
    if (message.type === "pong") {
      this.#keepAuthenticated(Date.parse(message.timestamp));
      // A server of the core protocol alone says nothing of itself.
      this.#isStale = "live" in message && !message.live;
      // A server that has just started, or found its database again, is asked again soon.
      this.#expectLife(this.#isStale ? this.#firstRetryMs : this.#pingIntervalMs);
    } else if (!this.#isStale) {
      // Only a pong can end a stale state, so other messages must not put the next ping off.
      this.#expectLife(this.#pingIntervalMs);
    }
    if (message.type === "authenticated") {
      this.#tokenEndsAt = message.expires_at === null ? undefined : Date.parse(message.expires_at);
    }
    this.#listener.onMessage(message);
  }

  /** Has the next token ready before this one ends. How long that is, the server's clock tells: ours may be wrong. */
  #keepAuthenticated(nowAtServer: number): void {
    if (this.#tokenEndsAt === undefined) return;
    const lifeMs = this.#tokenEndsAt - nowAtServer;
    this.#tokenEndsAt = undefined;
    this.#tokens.renew(
      lifeMs,
      (token) => {
        this.send({ action: "authenticate", token });
        this.send({ action: "ping" });
      },
      (error) => this.#listener.onError(String(error), "token_unavailable"),
    );
  }

  /** The endpoint of this attempt. */
  get #url(): string {
    return this.#urls[this.#losses % this.#urls.length] ?? "";
  }

  /** Gives up an attempt that failed on our side, and tells `onError` as well. */
  #loseFor(message: string, code: string): void {
    this.lose("offline", code, message);
    this.#listener.onError(message, code);
  }

  /** Asks for a sign of life after a silence, and gives the connection up when none comes. */
  #expectLife(silenceMs: number): void {
    clearTimeout(this.#lifeCheck);
    this.#lifeCheck = setTimeout(() => {
      this.send({ action: "ping" });
      this.#lifeCheck = setTimeout(
        () => this.lose("offline", "silence", "The server fell silent"),
        this.#pingIntervalMs / 2,
      );
    }, silenceMs);
  }

  /** The network or the page is back: waits end, and a connection has to prove itself at once. */
  #comeBack = (): void => {
    if (!this.#isWanted || page.document?.hidden) return;
    if (this.#socket) this.#expectLife(0);
    else this.connect();
  };

  /** Lets the socket go without hearing from it again. */
  #abandon(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#lifeCheck);
    this.#tokens.stop();
    this.#tokenEndsAt = undefined;
    this.#isStale = false;
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}

function parse<V extends AskedView>(text: string): ServerMessage<V> | undefined {
  try {
    return JSON.parse(text) as ServerMessage<V>;
  } catch {
    return undefined;
  }
}
