import type { WebSocket } from "ws";
import type { ServerMessage } from "../../contract/websocket/server-message.ts";

/** How many answers may wait until the socket takes them. */
const maxUnread = 200;

/** The answers to one client. Frames are conflated, but answers would pile up for a client that asks and never reads. */
export class Replies {
  #socket: WebSocket;
  #unread = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  send(message: ServerMessage): void {
    this.#expectToBeRead((taken) => this.#socket.send(JSON.stringify(message), taken));
  }

  pong(data: Buffer): void {
    this.#expectToBeRead((taken) => this.#socket.pong(data, false, taken));
  }

  /** Sends an answer, or ends the client when too many answers wait. */
  #expectToBeRead(send: (taken: () => void) => void): void {
    this.#unread += 1;
    if (this.#unread > maxUnread) return this.#socket.terminate();
    send(() => {
      this.#unread -= 1;
    });
  }
}
