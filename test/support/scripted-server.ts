import { once } from "node:events";
import { WebSocketServer } from "ws";
import { closed, opened } from "./leaks.ts";
import { epoch } from "./queue-changes.ts";

/** What a client says. */
interface Spoken {
  action: string;
  date?: string;
  since?: number;
  token?: string;
}

/** A server that answers as a test scripts it, where the real one cannot be made to answer so, or not for sure. */
export class ScriptedServer {
  /** What was said on all connections, in order. */
  readonly requests: Spoken[] = [];
  /** The answers to what is said; a text goes out as it is. */
  answer: (request: Spoken) => (object | string)[] = answerWell;
  #sockets = new WebSocketServer({ port: 0, host: "127.0.0.1" });

  static async open(): Promise<ScriptedServer> {
    const server = new ScriptedServer();
    await once(server.#sockets, "listening");
    server.#sockets.on("connection", (socket) => {
      socket.on("message", (data) => {
        const request = JSON.parse((data as Buffer).toString()) as Spoken;
        server.requests.push(request);
        for (const answer of server.answer(request)) socket.send(textOf(answer));
      });
    });
    opened(server, "a scripted server");
    return server;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#sockets.address() as { port: number }).port}`;
  }

  /** How many connections are open. */
  get alive(): number {
    return this.#sockets.clients.size;
  }

  get subscriptions(): Spoken[] {
    return this.requests.filter(({ action }) => action === "subscribe");
  }

  get pings(): number {
    return this.requests.filter(({ action }) => action === "ping").length;
  }

  /** Says something unasked, on every connection. */
  say(message: object): void {
    for (const socket of this.#sockets.clients) socket.send(textOf(message));
  }

  cut(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((done) => this.#sockets.close(done));
    closed(this);
  }
}

/** A queue without doctors. Other fields may be given, or given otherwise. */
export function queueOf(date: string | undefined, revision: number, fields: object = {}): object {
  const timestamp = new Date().toISOString();
  return { date, epoch, revision, total_appointments: 0, total_doctors: 0, doctors: [], timestamp, ...fields };
}

export const pong = (fields: object = {}): object => ({
  type: "pong",
  timestamp: new Date().toISOString(),
  live: true,
  ...fields,
});

export const errorOf = (code: string): object => ({ type: "error", error: `This is ${code}`, code });

/** As the real server answers about dates on which nothing happens. */
export function answerWell({ action, date }: Spoken): object[] {
  if (action === "subscribe") return [{ type: "snapshot", data: queueOf(date, 1) }];
  return action === "ping" ? [pong()] : [];
}

function textOf(message: object | string): string {
  return typeof message === "string" ? message : JSON.stringify(message);
}
