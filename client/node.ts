import { WebSocket } from "ws";
import { QueueClient as AnyQueueClient, type AskedView, type QueueClientOptions } from "./queue-client.ts";

export * from "./clinic.ts";
export type * from "./queue-client.ts";

/** The client for Node, which has no WebSocket of its own before version 22. */
export class QueueClient<V extends AskedView = AskedView> extends AnyQueueClient<V> {
  constructor(options: QueueClientOptions) {
    super({ WebSocket, ...options });
  }
}
