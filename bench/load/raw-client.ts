import { connect, type Socket } from "node:net";
import { randomBytes } from "node:crypto";

/** What a client is told to speak: WebSocket, Socket.IO over WebSocket, or nothing but bytes. */
export type Wire = "websocket" | "socket.io" | "raw";

export interface RawClientOptions {
  port: number;
  /** `{n}` in it stands for the client's number, from 1. */
  path: string;
  wire: Wire;
  /** Offers permessage-deflate. */
  compressed: boolean;
  headers: string;
  /** Sent once connected. */
  hello: string[];
}

/** Called with each frame's place in a chunk: what comes after `at`, `length` bytes of payload on the wire. */
export type OnFrame = (chunk: Buffer, at: number, length: number, headerBytes: number) => void;

/** What was read last, for all clients: a Buffer for each read would cost more than the reading. */
const received = Buffer.alloc(65_536);

/**
 * A client that costs next to nothing, so that what is measured is the server: it knows where frames begin and end, and
 * looks at nothing else unless asked.
 */
export class RawClient {
  readonly socket: Socket;
  readonly open: Promise<void>;
  #onFrame: OnFrame;
  #wire: Wire;
  #hello: string[];
  #upgraded: boolean;
  /** Bytes of the frame under way that are still to come. */
  #missing = 0;
  #rest: Buffer | undefined;

  constructor(options: RawClientOptions, onFrame: OnFrame) {
    const { port, path, wire, compressed, headers, hello } = options;
    this.#onFrame = onFrame;
    this.#wire = wire;
    this.#hello = hello;
    this.#upgraded = wire === "raw";
    let refused = (_reason: Error): void => {};
    let opened = (): void => {};
    this.open = new Promise((resolve, reject) => ([opened, refused] = [resolve, reject]));
    const greeting = wire === "socket.io" ? hello.slice(0, 1) : hello;
    const take = (chunk: Buffer): void => {
      if (this.#upgraded) return this.#read(chunk);
      const end = chunk.indexOf("\r\n\r\n");
      if (end === -1) return refused(new Error("a handshake in parts"));
      if (!chunk.toString("latin1", 0, 12).endsWith("101")) return refused(new Error(chunk.toString("latin1", 0, end)));
      this.#upgraded = true;
      for (const message of greeting) this.send(message);
      opened();
      if (chunk.length > end + 4) this.#read(chunk.subarray(end + 4));
    };
    const callback = (length: number): boolean => {
      take(received.subarray(0, length));
      return true;
    };
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true, onread: { buffer: received, callback } });
    this.socket.once("error", refused);
    this.socket.once("connect", () => {
      if (wire === "raw") return opened();
      const key = randomBytes(16).toString("base64");
      const extensions = compressed ? "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n" : "";
      this.socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n${extensions}${headers}\r\n`,
      );
    });
    this.socket.on("error", () => {});
  }

  /** A text frame, masked with zeros as RFC 6455 allows a client to be lazy. */
  send(text: string): void {
    const payload = Buffer.from(text);
    const head =
      payload.length < 126
        ? Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0])
        : Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 255, 0, 0, 0, 0]);
    this.socket.write(Buffer.concat([head, payload]));
  }

  close(): void {
    this.socket.destroy();
  }

  /** Socket.IO takes no message before it has answered the first. */
  #greeted(): void {
    for (const message of this.#hello.slice(1)) this.send(message);
  }

  #read(data: Buffer): void {
    let chunk = data;
    if (this.#wire === "raw") return this.#onFrame(chunk, 0, chunk.length, 0);
    if (this.#rest) {
      chunk = Buffer.concat([this.#rest, chunk]);
      this.#rest = undefined;
    }
    let at = 0;
    if (this.#missing > 0) {
      const taken = Math.min(this.#missing, chunk.length);
      this.#missing -= taken;
      at = taken;
    }
    while (at < chunk.length) {
      const left = chunk.length - at;
      const short = left < 2 ? 127 : (chunk[at + 1] ?? 0) & 127;
      const header = short === 127 ? 10 : short === 126 ? 4 : 2;
      if (left < header) {
        this.#rest = Buffer.from(chunk.subarray(at));
        return;
      }
      const length = short === 127 ? chunk.readUIntBE(at + 4, 6) : short === 126 ? chunk.readUInt16BE(at + 2) : short;
      const opcode = (chunk[at] ?? 0) & 15;
      if (opcode === 9) this.socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]));
      else if (this.#wire === "socket.io" && length === 1 && chunk[at + header] === 0x32) this.send("3");
      else if (this.#wire === "socket.io" && chunk.toString("latin1", at + header, at + header + 3) === "40{")
        this.#greeted();
      // The greetings of Socket.IO are short.
      else if (opcode === 1 && (this.#wire !== "socket.io" || length > 140))
        this.#onFrame(chunk, at + header, length, header);
      const next = at + header + length;
      this.#missing = Math.max(0, next - chunk.length);
      at = Math.min(next, chunk.length);
    }
  }
}
