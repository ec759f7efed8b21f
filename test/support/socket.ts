import { once } from "node:events";
import { WebSocket, type ClientOptions } from "ws";
import type { ErrorMessage, ServerMessage } from "../../contract/websocket/server-message.ts";
import type { Queue } from "../../contract/websocket/queue.ts";
import { closed, opened } from "./leaks.ts";

const patienceMs = 5_000;

/** A WebSocket client of a test: keeps every message until the test takes it. */
export class Socket {
  readonly ws: WebSocket;
  #messages: ServerMessage[] = [];
  #arrived: () => void = () => {};
  #close: Promise<number>;

  private constructor(ws: WebSocket) {
    this.ws = ws;
    opened(this, "a socket");
    ws.on("message", (data) => {
      this.#messages.push(JSON.parse((data as Buffer).toString()) as ServerMessage);
      this.#arrived();
    });
    ws.on("error", () => {});
    this.#close = new Promise((resolve) => {
      ws.on("close", (code) => {
        closed(this);
        resolve(code);
      });
    });
  }

  static async open(url: string, options: ClientOptions = {}): Promise<Socket> {
    const ws = new WebSocket(url, options);
    const socket = new Socket(ws);
    await once(ws, "open");
    return socket;
  }

  send(message: unknown): void {
    this.ws.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  /** The next message. */
  async next(): Promise<ServerMessage> {
    const deadline = AbortSignal.timeout(patienceMs);
    while (this.#messages.length === 0) {
      await new Promise<void>((resolve, reject) => {
        this.#arrived = resolve;
        deadline.onabort = () => reject(new Error("no message came"));
      });
    }
    return this.#messages.shift() as ServerMessage;
  }

  /** The messages that came and were not taken yet. */
  get waiting(): readonly ServerMessage[] {
    return this.#messages;
  }

  /** The next message, which must be an error. */
  async nextError(): Promise<ErrorMessage> {
    const message = await this.next();
    if (message.type !== "error") throw new Error(`expected an error, got ${message.type}`);
    return message;
  }

  /** The next message, which must be a snapshot or an update. */
  async nextQueue(type?: "snapshot" | "update"): Promise<Queue> {
    const message = await this.next();
    if (message.type !== (type ?? message.type) || !("data" in message)) {
      throw new Error(`expected ${type ?? "a queue"}, got ${JSON.stringify(message).slice(0, 200)}`);
    }
    return message.data;
  }

  /** Takes messages until one holds a queue of which the condition is true. */
  async queueWhere(condition: (queue: Queue) => boolean): Promise<Queue> {
    for (;;) {
      const message = await this.next();
      if ("data" in message && condition(message.data)) return message.data;
    }
  }

  /** Subscribes, and gives the snapshot. */
  async subscribe(date: string): Promise<Queue> {
    this.send({ action: "subscribe", date });
    return this.nextQueue("snapshot");
  }

  /** Waits until the connection has ended, by whomever: the close code. */
  async closed(): Promise<number> {
    return this.#close;
  }

  async close(): Promise<void> {
    this.ws.close();
    const kill = setTimeout(() => this.ws.terminate(), 2_000);
    await this.#close;
    clearTimeout(kill);
  }
}
