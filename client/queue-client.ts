import type { AskedView } from "../contract/websocket/view.ts";
import type { ErrorMessage, ServerMessage } from "../contract/websocket/server-message.ts";
import type { Queue } from "../contract/websocket/queue.ts";
import { ClinicWatcher } from "./clinic-watcher.ts";
import { applyDelta } from "./held-queue.ts";
import { page } from "./page.ts";
import { TokenKeeper, type TokenSource } from "./token-keeper.ts";

export type {
  Appointment,
  OwnQueueEntry,
  Patient,
  PublicPatient,
  QueueEntry,
  Section,
} from "../contract/websocket/section.ts";
export type { AskedView } from "../contract/websocket/view.ts";
export type { Queue } from "../contract/websocket/queue.ts";

/**
 * `connecting`: not there yet · `live`: what is shown is the state of now · `stale`: connected, but the server cannot
 * vouch that it follows the database · `offline`: no connection; the next attempt is under way or waits ·
 * `unauthorized`: the server does not let this client see what it asks for; the next attempt, with a new token, waits.
 */
export interface ConnectionState {
  name: "connecting" | "live" | "stale" | "offline" | "unauthorized";
  since: Date;
  /** Why the last attempt or connection ended: while `offline` or `unauthorized`. */
  reason?: LossReason;
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

type SocketClass = typeof globalThis.WebSocket;

export interface QueueClientOptions {
  /** The endpoint, `ws://…/api/v1/ws/queue`; or several of the same clinic, of which the next is tried after a loss. */
  url: string | string[];
  /** The address of the API, `http://host:port`, to follow `today`; in a browser that of the page when left out. */
  api?: string;
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

export interface WatchOptions<V extends AskedView = AskedView> {
  /** That doctor's section alone. */
  doctorId?: string;
  /** Less than the token allows. All of that when left out. */
  view?: V;
}

/**
 * Watches a date's queue and never gives up: reconnects with full jitter from 1 to 30 s, at once when the network or
 * the page comes back, and whenever the server falls silent; resumes from what it holds, so that only what changed is
 * sent again. It has one connection at most.
 *
 * The type parameter names the view that the client gets, where the caller knows it: `QueueClient<"staff">` gives
 * patients with an id, `QueueClient<"public">` patients without one. It is a promise of the caller: which view it is
 * follows from the token and from `watch`.
 */
export class QueueClient<V extends AskedView = AskedView> {
  /** Called with the whole queue of the watched date after each change. */
  onQueue: (queue: Queue<V>) => void = () => {};
  /** Called when the state has another name, or another reason. */
  onState: (state: ConnectionState) => void = () => {};
  /** Called with what the server says is wrong: a text for people, a code for programs. */
  onError: (message: string, code: string) => void = () => {};

  #urls: string[];
  #api: string;
  #tokens: TokenKeeper;
  #WebSocketClass: SocketClass;
  #pingIntervalMs: number;
  #firstRetryMs: number;
  #slowestRetryMs: number;
  #socket: WebSocket | undefined;
  #date: string | undefined;
  #part: WatchOptions<V> = {};
  #today: ClinicWatcher | undefined;
  #held: Queue<V> | undefined;
  #attempts = 0;
  #losses = 0;
  /** When the token ends, by the server's clock; until a pong has told what time that is. */
  #tokenEndsAt: number | undefined;
  #closed = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #lifeCheck: ReturnType<typeof setTimeout> | undefined;
  #state: ConnectionState = { name: "connecting", since: new Date() };

  constructor(options: QueueClientOptions) {
    this.#urls = [options.url].flat();
    this.#api = options.api ?? "";
    this.#tokens = new TokenKeeper(options.token);
    this.#WebSocketClass = options.WebSocket ?? globalThis.WebSocket;
    this.#pingIntervalMs = options.pingIntervalMs ?? 10_000;
    this.#firstRetryMs = options.firstRetryMs ?? 1_000;
    this.#slowestRetryMs = options.slowestRetryMs ?? 30_000;
    page.addEventListener?.("online", this.#comeBack);
    page.document?.addEventListener?.("visibilitychange", this.#comeBack);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Watches a date, `YYYY-MM-DD`, or `today`, the clinic's, past its midnights; in place of what was watched before. */
  watch(date: string, part: WatchOptions<V> = {}): void {
    if (this.#closed) return;
    this.#today?.close();
    this.#today = undefined;
    if (date === "today") {
      this.#today = new ClinicWatcher(
        this.#api,
        ({ today }) => this.#watchDate(today, part),
        () => this.#tell("The API does not say what date it is at the clinic", "clinic_unreachable"),
      );
    } else {
      this.#watchDate(date, part);
    }
  }

  /** Ends the connection and everything else that this client holds. */
  close(): void {
    this.#closed = true;
    this.#date = undefined;
    this.#held = undefined;
    this.#today?.close();
    page.removeEventListener?.("online", this.#comeBack);
    page.document?.removeEventListener?.("visibilitychange", this.#comeBack);
    this.#abandon();
  }

  #watchDate(date: string, { doctorId, view }: WatchOptions<V>): void {
    // What is still on its way tells its date, but not whose part it is: then only a new connection is sure.
    const isTold = doctorId === this.#part.doctorId && view === this.#part.view;
    if (date === this.#date && isTold) return;
    this.#date = date;
    this.#part = { ...(doctorId !== undefined && { doctorId }), ...(view !== undefined && { view }) };
    this.#held = undefined;
    if (this.#socket && isTold) this.#subscribe();
    else this.#connect();
  }

  #connect(): void {
    this.#abandon();
    // Before the connection and not after: the server gives a connection little time to say whose it is.
    this.#tokens.ask(
      (token) => this.#open(token),
      (error) => this.#loseFor(String(error), "token_unavailable"),
    );
  }

  #open(token: string | undefined): void {
    let socket: WebSocket;
    try {
      socket = new this.#WebSocketClass(this.#url);
    } catch (error) {
      // Not a WebSocket URL, or one that this page may not open: said, and tried again, as a page may be mended.
      return this.#loseFor(String(error), "invalid_url");
    }
    this.#socket = socket;
    socket.onopen = () => {
      if (token !== undefined) this.#send({ action: "authenticate", token });
      this.#subscribe();
    };
    socket.onmessage = ({ data }: { data: unknown }) => {
      const message = parse<V>(String(data));
      if (message) this.#hear(message);
      else this.#lose("offline", "not_json", "The server sent something that is not JSON");
    };
    let failure: string | undefined;
    socket.onerror = (event) => {
      failure = describeFailure(event);
    };
    socket.onclose = ({ code, reason }) => {
      this.#lose("offline", code, reason || (failure ?? "The connection ended without a word"));
    };
    this.#expectLife(this.#pingIntervalMs);
  }

  #subscribe(): void {
    // A server of the core protocol alone has no epoch, and knows nothing of resuming.
    const held = this.#held?.epoch !== undefined && { since: this.#held.revision, epoch: this.#held.epoch };
    const { doctorId: doctor_id, view } = this.#part;
    this.#send({ action: "subscribe", date: this.#date, doctor_id, view, mode: "delta", ...held });
    // The answer to this tells whether the server itself is up to date.
    this.#send({ action: "ping" });
  }

  #send(message: object): void {
    if (this.#socket?.readyState === this.#WebSocketClass.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #hear(message: ServerMessage<V>): void {
    // While stale, only a pong can end it, so what else arrives must not put the next ping off.
    if (this.#state.name !== "stale") this.#expectLife(this.#pingIntervalMs);
    switch (message.type) {
      case "snapshot":
      case "update":
        this.#hold(message.data);
        break;
      case "delta":
        if (message.data.date !== this.#date) break;
        this.#hold(this.#held && applyDelta(this.#held, message.data));
        break;
      case "authenticated":
        this.#tokenEndsAt = message.expires_at === null ? undefined : Date.parse(message.expires_at);
        break;
      case "pong":
        this.#keepAuthenticated(Date.parse(message.timestamp));
        // A server of the core protocol alone says nothing of itself.
        if ("live" in message && !message.live) {
          // A server that has just started, or found its database again, is asked again soon.
          this.#expectLife(this.#firstRetryMs);
          this.#setState("stale");
        } else {
          this.#expectLife(this.#pingIntervalMs);
          if (this.#held) this.#setState("live");
        }
        break;
      case "error":
        this.#hearError(message);
        break;
      case "unsubscribed":
        break;
    }
  }

  #hearError({ error, code }: ErrorMessage): void {
    if (code === "unauthenticated" || code === "forbidden") {
      // Nothing is kept of what may not be seen any more.
      this.#held = undefined;
      this.#lose("unauthorized", code, error);
    } else {
      if (code === "rate_limited") {
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.#subscribe(), this.#firstRetryMs);
      }
      // Nothing is shown that could be live.
      if (!this.#held) this.#setState("connecting");
    }
    this.#tell(error, code);
  }

  /** Has the next token ready before this one ends. How long that is, the server's clock tells: ours may be wrong. */
  #keepAuthenticated(nowAtServer: number): void {
    if (this.#tokenEndsAt === undefined) return;
    const lifeMs = this.#tokenEndsAt - nowAtServer;
    this.#tokenEndsAt = undefined;
    this.#tokens.renew(
      lifeMs,
      (token) => {
        this.#send({ action: "authenticate", token });
        this.#send({ action: "ping" });
      },
      (error) => this.#tell(String(error), "token_unavailable"),
    );
  }

  /** Takes over a state. Undefined is one that cannot be told: then all of it is asked for. */
  #hold(queue: Queue<V> | undefined): void {
    if (!queue) {
      this.#held = undefined;
      this.#subscribe();
      return;
    }
    // What was on its way when another date was asked for.
    if (queue.date !== this.#date) return;
    const held = this.#held;
    const isNew = !held || queue.epoch === undefined || held.epoch !== queue.epoch || held.revision !== queue.revision;
    this.#held = queue;
    this.#attempts = 0;
    if (this.#state.name !== "stale") this.#setState("live");
    // Unless the user, who just heard the state, watches something else now.
    if (isNew && this.#held === queue) this.onQueue(queue);
  }

  /** The endpoint of this attempt. */
  get #url(): string {
    return this.#urls[this.#losses % this.#urls.length] ?? "";
  }

  /** An attempt that failed on our side, of which `onError` tells, too. */
  #loseFor(message: string, code: string): void {
    this.#lose("offline", code, message);
    this.#tell(message, code);
  }

  #lose(state: "offline" | "unauthorized", code: number | string, message: string): void {
    this.#abandon();
    const reason = { url: this.#url, code, message };
    this.#losses += 1;
    const ceilingMs = Math.min(this.#slowestRetryMs, this.#firstRetryMs * 2 ** this.#attempts++);
    this.#retry = setTimeout(() => this.#connect(), Math.random() * ceilingMs);
    // Last, as in all that calls back: the user may close the client, or watch something else, right there.
    this.#setState(state, reason);
  }

  /** Asks for a sign of life after a silence, and gives the connection up when none comes. */
  #expectLife(silenceMs: number): void {
    clearTimeout(this.#lifeCheck);
    this.#lifeCheck = setTimeout(() => {
      this.#send({ action: "ping" });
      this.#lifeCheck = setTimeout(
        () => this.#lose("offline", "silence", "The server fell silent"),
        this.#pingIntervalMs / 2,
      );
    }, silenceMs);
  }

  /** The network or the page is back: waits end, and a connection has to prove itself at once. */
  #comeBack = (): void => {
    if (this.#date === undefined || page.document?.hidden) return;
    if (this.#socket) this.#expectLife(0);
    else this.#connect();
  };

  /** Lets the socket go without hearing from it again. */
  #abandon(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#lifeCheck);
    this.#tokens.stop();
    this.#tokenEndsAt = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #setState(name: ConnectionState["name"], reason?: LossReason): void {
    const { name: before, since, reason: reasonBefore } = this.#state;
    const isSame = name === before;
    if (isSame && isSameReason(reason, reasonBefore)) return;
    this.#state = { name, since: isSame ? since : new Date(), ...(reason && { reason }) };
    this.onState(this.#state);
  }

  #tell(message: string, code: string): void {
    if (!this.#closed) this.onError(message, code);
  }
}

function isSameReason(a: LossReason | undefined, b: LossReason | undefined): boolean {
  return a?.url === b?.url && a?.code === b?.code && a?.message === b?.message;
}

/** What Node tells of an error on a connection; a browser tells nothing. */
function describeFailure(event: Event): string | undefined {
  const { message, error } = event as { message?: unknown; error?: { code?: unknown } };
  // A name with several IP addresses fails with an error that has a code but no message.
  return [message, error?.code].find((text): text is string => typeof text === "string" && text !== "");
}

function parse<V extends AskedView>(text: string): ServerMessage<V> | undefined {
  try {
    return JSON.parse(text) as ServerMessage<V>;
  } catch {
    return undefined;
  }
}
