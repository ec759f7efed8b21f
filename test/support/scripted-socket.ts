import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import type { ServerMessage } from "../../contract/websocket/server-message.ts";

type Taken = (error?: Error | null) => void;

/** What follows a frame that the client is to confirm: an empty ping of RFC 6455, section 5.5.2. */
const ping = Buffer.from([0x89, 0x00]);

/**
 * The server's end of a connection whose network a test scripts: each write waits until the test lets the network take
 * it. It has no descriptor, so every byte goes through `write`.
 */
export class ScriptedSocket {
  /** What was sent, as the client would get it. */
  readonly messages: ServerMessage[] = [];
  /** How many of these asked for a confirmation. */
  pings = 0;
  isTerminated = false;
  readonly stream: Socket;
  readonly socket: WebSocket;
  #untaken: Taken[] = [];

  constructor() {
    this.stream = {
      writableLength: 0,
      write: (bytes: Buffer, taken: Taken) => {
        if (bytes.subarray(-ping.length).equals(ping)) this.pings += 1;
        this.#record(bytes.toString());
        this.#untaken.push(taken);
        return false;
      },
    } as unknown as Socket;
    this.socket = {
      OPEN: 1,
      readyState: 1,
      send: (text: string) => this.#record(text),
      terminate: () => {
        this.isTerminated = true;
      },
    } as unknown as WebSocket;
  }

  /** How many writes the network has not taken. */
  get writing(): number {
    return this.#untaken.length;
  }

  /** The revisions of the queues that were sent. */
  get revisions(): number[] {
    return this.messages.flatMap((message) => ("data" in message ? message.data.revision : []));
  }

  /** The network takes what was written, or fails to. */
  take(error?: Error): void {
    for (const taken of this.#untaken.splice(0)) taken(error);
  }

  #record(text: string): void {
    const json = /\{.*\}/s.exec(text)?.[0] ?? "";
    this.messages.push(JSON.parse(json) as ServerMessage);
  }
}
