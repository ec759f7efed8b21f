import { writeSync } from "node:fs";
import type { Socket } from "node:net";
import { constants, deflateRawSync } from "node:zlib";
import { Sender, type WebSocket } from "ws";

/** Below this a message is sent as it is: it fits a packet either way. */
const minCompressedBytes = 1_024;
/** What ends each message of permessage-deflate and is not sent: RFC 7692, section 7.2.1. */
const tailBytes = 4;
const largestWindowBits = 15;
/** A window of 8 bits is one that zlib has not. */
const smallestWindowBits = 9;
const opcodes = { text: 1, ping: 9 };

/** Whom a frame is for. */
export interface Recipient {
  readonly socket: WebSocket;
  /** What the WebSocket writes to. */
  readonly stream: Socket;
  /** That of descriptorOf() the stream. */
  readonly descriptor: number;
  /** That of windowBitsOf() the WebSocket. */
  readonly windowBits: number | undefined;
  /** The kernel has taken the frame, or the write failed. */
  taken: (error?: Error | null) => void;
}

/** What Node keeps private and we read: null once the socket was destroyed, and its descriptor is another's. */
interface Handled {
  _handle?: { fd: number } | null;
}

/** What the library keeps private and we read: what was negotiated. Without it, frames go uncompressed. */
interface Negotiated {
  _extensions?: Record<string, { params?: { server_max_window_bits?: number } } | undefined>;
}

/** The descriptor of a plain TCP socket; negative for one that has none. */
export function descriptorOf(stream: Socket): number {
  return (stream as unknown as Handled)._handle?.fd ?? -1;
}

/**
 * The window that messages to this socket may be compressed with, as it was negotiated; undefined for a socket that takes
 * them as they are.
 */
export function windowBitsOf(socket: WebSocket): number | undefined {
  const params = (socket as unknown as Negotiated)._extensions?.["permessage-deflate"]?.params;
  const bits = params && (params.server_max_window_bits ?? largestWindowBits);
  return bits !== undefined && bits >= smallestWindowBits ? bits : undefined;
}

/** What is written of one message: its frame alone, or the same followed by a ping. */
interface Encoded {
  alone: Buffer;
  withPing: Buffer;
}

/**
 * One message, encoded once for whoever gets it: its WebSocket frame, and that of the compressed message, are made when
 * the first socket needs them, and the same bytes are written to every socket.
 */
export class Frame {
  #text: Buffer;
  #plain: Encoded | undefined;
  /** By the bits of the window: nearly all clients have the same. */
  #compressed = new Map<number, Encoded>();

  constructor(text: string) {
    this.#text = Buffer.from(text);
  }

  /** The bytes of the message, uncompressed. */
  get size(): number {
    return this.#text.length;
  }

  /**
   * Writes the frame, and a ping after it when the client is to confirm; to a socket that is closing, nothing.
   *
   * @returns true when the kernel took it at once; else the recipient is told when it has.
   */
  sendTo(recipient: Recipient, isToConfirm: boolean): boolean {
    const { socket, stream } = recipient;
    if (socket.readyState !== socket.OPEN) return true;
    // We write whole frames only, so ours and the library's never mix.
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
 * Hands bytes to the kernel without the stream, whose bookkeeping costs as much again as all else that we do for a
 * subscriber. To plain TCP only, which is all that we serve: TLS ends before us.
 *
 * @returns how many bytes the kernel took; the stream is to take the rest, or to tell what is wrong with the socket.
 */
function writeNow({ stream, descriptor }: Recipient, bytes: Buffer): number {
  const isOpen = descriptor >= 0 && (stream as unknown as Handled)._handle;
  // What the stream still holds comes first.
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
 * Without the context of any message before: RFC 7692, server_no_context_takeover. The ids, which are random, are half of
 * what comes out: Z_FILTERED does not look for short matches among them, which cost more than they save.
 */
function compress(text: Buffer, windowBits: number): Buffer {
  const { Z_FILTERED, Z_SYNC_FLUSH } = constants;
  const deflated = deflateRawSync(text, { windowBits, strategy: Z_FILTERED, finishFlush: Z_SYNC_FLUSH });
  return deflated.subarray(0, deflated.length - tailBytes);
}
