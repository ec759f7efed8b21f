import { WebSocket } from "ws";
import { applyDelta } from "../../client/held-queue.ts";
import { QueueClient } from "../../client/node.ts";
import type { Queue } from "../../contract/websocket/queue.ts";
import type { ServerMessage } from "../../contract/websocket/server-message.ts";

/** A client under test: what it holds, and whether it was ever sent back in time. */
export interface Watcher {
  readonly name: string;
  readonly queue: Queue | undefined;
  /** How often a revision was lower than one seen before in the same epoch. */
  readonly wentBack: number;
  /** How often a connection that was open ended with 1006, without a word. */
  readonly cutOff: number;
  /** Stops taking data, or goes on. */
  stall(on: boolean): void;
  close(): void;
}

/** Counts revisions that go back. */
class Course {
  wentBack = 0;
  #epoch = "";
  #revision = 0;

  see({ epoch, revision }: Queue): void {
    if (epoch === this.#epoch && revision < this.#revision) this.wentBack += 1;
    this.#epoch = epoch;
    this.#revision = revision;
  }
}

const retryMs = 50;
const silenceMs = 2_000;

/** A bare socket, full or delta mode, with the least that a client must do: reconnect, resubscribe, notice silence. */
export class BareWatcher implements Watcher {
  readonly name: string;
  queue: Queue | undefined;
  cutOff = 0;
  #course = new Course();
  #urls: string[];
  #attempts = 0;
  #date: string;
  #mode: "full" | "delta";
  #ws: WebSocket | undefined;
  #silence: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(urls: string[], date: string, mode: "full" | "delta") {
    this.name = `bare ${mode}`;
    this.#urls = urls;
    this.#date = date;
    this.#mode = mode;
    this.#connect();
  }

  get wentBack(): number {
    return this.#course.wentBack;
  }

  stall(on: boolean): void {
    if (this.#ws?.readyState !== WebSocket.OPEN) return;
    if (on) this.#ws.pause();
    else this.#ws.resume();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#silence);
    this.#ws?.terminate();
  }

  #connect(): void {
    const ws = new WebSocket(this.#urls[this.#attempts++ % this.#urls.length] ?? "");
    this.#ws = ws;
    this.#listen();
    ws.on("open", () => {
      ws.on("close", (code) => {
        if (code === 1006) this.cutOff += 1;
      });
      const delta = this.#mode === "delta" && { mode: "delta" };
      const held = delta && this.queue && { since: this.queue.revision, epoch: this.queue.epoch };
      ws.send(JSON.stringify({ action: "subscribe", date: this.#date, ...delta, ...held }));
    });
    ws.on("message", (data: Buffer) => {
      this.#listen();
      this.#hear(JSON.parse(data.toString()) as ServerMessage);
    });
    ws.on("error", () => {});
    ws.on("close", () => {
      clearTimeout(this.#silence);
      if (!this.#closed) setTimeout(() => this.#closed || this.#connect(), retryMs);
    });
  }

  #hear(message: ServerMessage): void {
    if (message.type === "snapshot" || message.type === "update") this.queue = message.data;
    else if (message.type === "delta") {
      this.queue = this.queue && applyDelta(this.queue, message.data);
      if (!this.queue) this.#ws?.close();
    } else return;
    if (this.queue) this.#course.see(this.queue);
  }

  #listen(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      if (this.#ws?.readyState === WebSocket.OPEN) this.#ws.send('{"action":"ping"}');
      this.#silence = setTimeout(() => this.#ws?.terminate(), silenceMs / 2);
    }, silenceMs);
  }
}

/** The client library, with waits that suit a test. */
export class LibraryWatcher implements Watcher {
  readonly name = "client library";
  queue: Queue | undefined;
  cutOff = 0;
  #course = new Course();
  #client: QueueClient;
  #sockets: WebSocket[] = [];

  constructor(urls: string[], date: string) {
    const sockets = this.#sockets;
    const count = (code: number): void => {
      if (code === 1006) this.cutOff += 1;
    };
    class Recorded extends WebSocket {
      constructor(url: string) {
        super(url);
        sockets.splice(0, sockets.length, this);
        this.on("open", () => this.on("close", count));
      }
    }
    this.#client = new QueueClient({
      url: urls,
      WebSocket: Recorded,
      pingIntervalMs: silenceMs,
      firstRetryMs: retryMs,
      slowestRetryMs: 500,
    });
    this.#client.onQueue = (queue) => {
      this.queue = queue;
      this.#course.see(queue);
    };
    this.#client.watch(date);
  }

  get wentBack(): number {
    return this.#course.wentBack;
  }

  stall(on: boolean): void {
    const [ws] = this.#sockets;
    if (ws?.readyState !== WebSocket.OPEN) return;
    if (on) ws.pause();
    else ws.resume();
  }

  close(): void {
    this.#client.close();
  }
}
