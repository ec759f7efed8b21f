import { WebSocket } from "ws";
import { QueueClient } from "../../client/node.ts";
import type { Queue, QueueClientOptions } from "../../client/queue-client.ts";
import { closed, opened } from "./leaks.ts";

interface Connection {
  ws: WebSocket;
  /** The types of all messages that came. */
  types: string[];
  bytes: number;
}

/** A client of a test that remembers what it was told. */
export class Heard {
  readonly client: QueueClient;
  readonly queues: Queue[] = [];
  readonly states: string[] = [];
  readonly errors: string[] = [];
  /** Each connection that was ever made. */
  readonly connections: Connection[] = [];

  constructor(options: QueueClientOptions) {
    const { connections } = this;
    class Recorded extends WebSocket {
      constructor(url: string) {
        super(url);
        const connection = { ws: this as WebSocket, types: [] as string[], bytes: 0 };
        connections.push(connection);
        this.on("message", (data: Buffer) => {
          connection.types.push((JSON.parse(data.toString()) as { type: string }).type);
          connection.bytes += data.length;
        });
      }
    }
    this.client = new QueueClient({
      firstRetryMs: 50,
      slowestRetryMs: 200,
      WebSocket: Recorded,
      ...options,
    });
    this.client.onQueue = (queue) => this.queues.push(queue);
    this.client.onState = ({ name }) => this.states.push(name);
    this.client.onError = (_message, code) => this.errors.push(code);
    opened(this, "a queue client");
  }

  get last(): Queue | undefined {
    return this.queues.at(-1);
  }

  /** Connections that are open or on their way. */
  get alive(): number {
    return this.connections.filter(
      ({ ws }) => ws.readyState === WebSocket.OPEN || ws.readyState === WebSocket.CONNECTING,
    ).length;
  }

  close(): void {
    this.client.close();
    closed(this);
  }
}
