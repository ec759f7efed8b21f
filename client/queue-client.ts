import type { Queue, ServerMessage } from "../realtime/protocol.ts";

export type { Appointment, Queue, Section } from "../realtime/protocol.ts";

/**
 * `connecting`: not there yet, or between two attempts at first · `live`: what is shown is the state of now ·
 * `offline`: no connection, the next attempt is under way or waits.
 */
export interface ConnectionState {
  name: "connecting" | "live" | "offline";
  since: Date;
}

type SocketClass = typeof globalThis.WebSocket;

export interface QueueClientOptions {
  /** The endpoint, `ws://…/api/v1/ws/queue`. */
  url: string;
  /** The class to connect with, where there is no global one (Node 20: that of `ws`). */
  WebSocket?: SocketClass;
}

const firstRetryMs = 1_000;
const slowestRetryMs = 30_000;
const pingIntervalMs = 10_000;
const silenceMs = 15_000;

/** What a browser has around a page, and Node has not. */
interface Page {
  addEventListener?: (event: string, listener: () => void) => void;
  removeEventListener?: (event: string, listener: () => void) => void;
  document?: Page & { hidden: boolean };
}
const page = globalThis as Page;

/**
 * Watches a date's queue and never gives up: reconnects with full jitter from 1 to 30 s, at once when the network
 * or the page comes back, and whenever the server falls silent.
 */
export class QueueClient {
  #url: string;
  #WebSocketClass: SocketClass;
  #socket: WebSocket | undefined;
  #date: string | undefined;
  #attempts = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #ping: ReturnType<typeof setInterval> | undefined;
  #heardAt = 0;
  #state: ConnectionState = { name: "connecting", since: new Date() };

  /** Called with the whole queue of the watched date after each change. */
  onQueue: (queue: Queue) => void = () => {};
  onState: (state: ConnectionState) => void = () => {};
  /** Called with what the server says is wrong, for people. */
  onError: (message: string) => void = () => {};

  constructor({ url, WebSocket = globalThis.WebSocket }: QueueClientOptions) {
    this.#url = url;
    this.#WebSocketClass = WebSocket;
    page.addEventListener?.("online", this.#comeBack);
    page.document?.addEventListener?.("visibilitychange", this.#comeBack);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Watches a date, `YYYY-MM-DD`, in place of the one before. */
  watch(date: string): void {
    this.#date = date;
    if (this.#socket?.readyState === this.#WebSocketClass.OPEN) this.#subscribe();
    else if (!this.#socket) this.#connect();
  }

  close(): void {
    this.#date = undefined;
    page.removeEventListener?.("online", this.#comeBack);
    page.document?.removeEventListener?.("visibilitychange", this.#comeBack);
    this.#abandon();
  }

  #connect(): void {
    this.#abandon();
    const socket = new this.#WebSocketClass(this.#url);
    this.#socket = socket;
    this.#heardAt = Date.now();
    socket.onopen = () => this.#subscribe();
    socket.onmessage = ({ data }: { data: unknown }) => this.#hear(JSON.parse(String(data)) as ServerMessage);
    socket.onclose = () => this.#lose();
    this.#ping = setInterval(() => this.#checkLife(), pingIntervalMs / 2);
  }

  #subscribe(): void {
    this.#socket?.send(JSON.stringify({ action: "subscribe", date: this.#date }));
  }

  #hear(message: ServerMessage): void {
    this.#heardAt = Date.now();
    if (message.type === "error") this.onError(message.error);
    if (message.type !== "snapshot" && message.type !== "update") return;
    if (message.data.date !== this.#date) return;
    this.#attempts = 0;
    this.#setState("live");
    this.onQueue(message.data);
  }

  #lose(): void {
    this.#abandon();
    this.#setState("offline");
    const ceiling = Math.min(slowestRetryMs, firstRetryMs * 2 ** this.#attempts++);
    this.#retry = setTimeout(() => this.#connect(), Math.random() * ceiling);
  }

  #checkLife(): void {
    const silentForMs = Date.now() - this.#heardAt;
    if (silentForMs > silenceMs) this.#lose();
    else if (silentForMs >= pingIntervalMs / 2 && this.#socket?.readyState === this.#WebSocketClass.OPEN) {
      this.#socket?.send('{"action":"ping"}');
    }
  }

  /** The network or the page is back: an attempt that waits for its time need not wait any more. */
  #comeBack = (): void => {
    if (this.#date === undefined || page.document?.hidden) return;
    if (!this.#socket) this.#connect();
    else this.#checkLife();
  };

  /** Lets the socket go without hearing from it again. */
  #abandon(): void {
    clearTimeout(this.#retry);
    clearInterval(this.#ping);
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #setState(name: ConnectionState["name"]): void {
    if (this.#state.name === name) return;
    this.#state = { name, since: new Date() };
    this.onState(this.#state);
  }
}
