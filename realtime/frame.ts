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

/** What the library and Node keep private and we read: without it, their own way is as good, and slower. */
interface Internals {
  _socket?: (Socket & { _handle?: { fd: number } | null }) | null;
  _extensions?: Record<string, { params?: { server_max_window_bits?: number } } | undefined>;
}

/**
 * The window that messages to this socket may be compressed with, as it was negotiated; undefined for a socket that takes
 * them as they are.
 */
export function windowBitsOf(socket: WebSocket): number | undefined {
  const params = (socket as unknown as Internals)._extensions?.["permessage-deflate"]?.params;
  const bits = params && (params.server_max_window_bits ?? largestWindowBits);
  return bits !== undefined && bits >= smallestWindowBits ? bits : undefined;
}

/** Whom the frame is for. */
export interface Recipient {
  /** The kernel has taken the frame, or the write failed. */
  taken: (error?: Error | null) => void;
}

/**
 * One message, encoded once for whoever gets it: its WebSocket frame, and that of the compressed message, are made when
 * the first socket needs them, and the same bytes are written to every socket.
 */
export class Frame {
  #text: Buffer;
  #plain: Buffer | undefined;
  /** By the bits of the window: nearly all clients have the same. */
  #compressed = new Map<number, Buffer>();

  constructor(text: string) {
    this.#text = Buffer.from(text);
  }

  /**
   * Writes the frame to a socket that is open.
   *
   * @param windowBits that of windowBitsOf().
   * @param recipient told when the kernel has taken it; not when it took it at once.
   * @returns true when the kernel took it at once.
   */
  sendTo(socket: WebSocket, windowBits: number | undefined, recipient: Recipient): boolean {
    const stream = (socket as unknown as Internals)._socket;
    if (!stream || socket.readyState !== socket.OPEN) {
      socket.send(this.#text, { binary: false }, (error) => recipient.taken(error));
      return false;
    }
    // We write whole frames only, so ours and the library's never mix.
    const bytes = this.#bytes(windowBits);
    const written = writeNow(stream, bytes);
    if (written === bytes.length) return true;
    stream.write(bytes.subarray(written), (error) => recipient.taken(error));
    return false;
  }

  #bytes(windowBits: number | undefined): Buffer {
    if (windowBits === undefined || this.#text.length < minCompressedBytes) {
      return (this.#plain ??= toFrame(this.#text, false));
    }
    let frame = this.#compressed.get(windowBits);
    if (!frame) this.#compressed.set(windowBits, (frame = toFrame(compress(this.#text, windowBits), true)));
    return frame;
  }
}

/**
 * Hands bytes to the kernel without the stream, whose bookkeeping costs as much again as all else that we do for a
 * subscriber. To plain TCP only, which is all that we serve: TLS ends before us.
 *
 * @returns how many bytes the kernel took; the stream is to take the rest, or to tell what is wrong with the socket.
 */
function writeNow(stream: NonNullable<Internals["_socket"]>, bytes: Buffer): number {
  // None once the socket was destroyed, and where sockets have no descriptors.
  const fd = stream._handle?.fd ?? -1;
  // What the stream still holds comes first.
  if (fd < 0 || stream.writableLength > 0) return 0;
  try {
    return writeSync(fd, bytes);
  } catch {
    return 0;
  }
}

function toFrame(payload: Buffer, isCompressed: boolean): Buffer {
  const options = { fin: true, rsv1: isCompressed, opcode: 1, mask: false, readOnly: true };
  return Buffer.concat(Sender.frame(payload, options));
}

/** Without the context of any message before: RFC 7692, server_no_context_takeover. */
function compress(text: Buffer, windowBits: number): Buffer {
  const deflated = deflateRawSync(text, { windowBits, finishFlush: constants.Z_SYNC_FLUSH });
  return deflated.subarray(0, deflated.length - tailBytes);
}
