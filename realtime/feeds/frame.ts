import { writeSync } from "node:fs";
import type { Socket } from "node:net";
import { constants, deflateRawSync } from "node:zlib";
import { Sender, type WebSocket } from "ws";

/** A smaller message is not compressed, because it fits into one packet anyway. */
const minCompressedBytes = 1_024;
/** The bytes at the end of each compressed message, which are not sent: RFC 7692, section 7.2.1. */
const tailBytes = 4;
const largestWindowBits = 15;
/** zlib does not support an 8-bit window. */
const smallestWindowBits = 9;
const opcodes = { text: 1, ping: 9 };

/** The connection that a frame is written to. */
export interface Recipient {
  readonly socket: WebSocket;
  /** The stream under the WebSocket. */
  readonly stream: Socket;
  /** The result of descriptorOf() for the stream. */
  readonly descriptor: number;
  /** The result of windowBitsOf() for the WebSocket. */
  readonly windowBits: number | undefined;
  /** Called when the kernel has taken the frame, or the write has failed. */
  taken: (error?: Error | null) => void;
}

/** A private field of Node. It is null once the socket is destroyed, because the descriptor may then be reused. */
interface Handled {
  _handle?: { fd: number } | null;
}

/** A private field of the library: the negotiated extension. Without it, frames are sent uncompressed. */
interface Negotiated {
  _extensions?: Record<string, { params?: { server_max_window_bits?: number } } | undefined>;
}

/** The descriptor of a plain TCP socket; negative for one that has none. */
export function descriptorOf(stream: Socket): number {
  return (stream as unknown as Handled)._handle?.fd ?? -1;
}

/**
 * The negotiated window for messages to this socket. Undefined when messages must not be compressed.
 */
export function windowBitsOf(socket: WebSocket): number | undefined {
  const params = (socket as unknown as Negotiated)._extensions?.["permessage-deflate"]?.params;
  const bits = params && (params.server_max_window_bits ?? largestWindowBits);
  return bits !== undefined && bits >= smallestWindowBits ? bits : undefined;
}

/** The bytes to write for one message: its frame alone, and its frame followed by a ping. */
interface Encoded {
  alone: Buffer;
  withPing: Buffer;
}

/**
 * One message, encoded once for all its recipients. The plain and the compressed WebSocket frame are made when the first
 * socket needs them, and the same bytes are written to every socket.
 */
export class Frame {
  #text: Buffer;
  #plain: Encoded | undefined;
  /** By window bits; nearly all clients have the same. */
  #compressed = new Map<number, Encoded>();

  constructor(text: string) {
    this.#text = Buffer.from(text);
  }

  /** The bytes of the message, uncompressed. */
  get size(): number {
    return this.#text.length;
  }

  /**
   * Writes the frame, followed by a ping if the client has to confirm. Writes nothing to a socket that is closing.
   *
   * @returns true when the kernel took it at once. Otherwise `taken` of the recipient is called later.
   */
  sendTo(recipient: Recipient, isToConfirm: boolean): boolean {
    const { socket, stream } = recipient;
    if (socket.readyState !== socket.OPEN) return true;
    // Only whole frames are written, so these and the library's own frames never mix.
    const { alone, withPing } = this.#encoded(recipient.windowBits);
    const bytes = isToConfirm ? withPing : alone;
    const written = writeNow(recipient, bytes);
    if (written === bytes.length) return true;
    stream.write(bytes.subarray(written), (error) => recipient.taken(error));
    return false;
  }

  #encoded(windowBits: number | undefined): Encoded {
    if (windowBits === undefined || this.#text.length < minCompressedBytes) {
      return (this.#plain ??= encode(this.#text, false));
    }
    let frame = this.#compressed.get(windowBits);
    if (!frame) this.#compressed.set(windowBits, (frame = encode(compress(this.#text, windowBits), true)));
    return frame;
  }
}

/**
 * Hands bytes to the kernel past the stream, whose bookkeeping would double the work for a subscriber. This is possible
 * because the process serves plain TCP only; a proxy in front ends TLS.
 *
 * @returns how many bytes the kernel took. The stream must take the rest, or report what is wrong with the socket.
 */
function writeNow({ stream, descriptor }: Recipient, bytes: Buffer): number {
  const isOpen = descriptor >= 0 && (stream as unknown as Handled)._handle;
  // The bytes that the stream still holds must go first.
  if (!isOpen || stream.writableLength > 0) return 0;
  try {
    return writeSync(descriptor, bytes);
  } catch {
    return 0;
  }
}

function encode(payload: Buffer, isCompressed: boolean): Encoded {
  const withPing = Buffer.concat([...toFrame("text", payload, isCompressed), ping]);
  return { alone: withPing.subarray(0, -ping.length), withPing };
}

function toFrame(type: keyof typeof opcodes, payload: Buffer, isCompressed: boolean): Buffer[] {
  return Sender.frame(payload, { fin: true, rsv1: isCompressed, opcode: opcodes[type], mask: false, readOnly: true });
}

const ping = Buffer.concat(toFrame("ping", Buffer.alloc(0), false));

/**
 * Compresses without the context of earlier messages: RFC 7692, server_no_context_takeover. Random ids make up half of
 * the output. Z_FILTERED skips short matches in them, which would cost more than they save.
 */
function compress(text: Buffer, windowBits: number): Buffer {
  const { Z_FILTERED, Z_SYNC_FLUSH } = constants;
  const deflated = deflateRawSync(text, { windowBits, strategy: Z_FILTERED, finishFlush: Z_SYNC_FLUSH });
  return deflated.subarray(0, deflated.length - tailBytes);
}
