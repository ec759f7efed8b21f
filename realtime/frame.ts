import { constants, deflateRawSync } from "node:zlib";
import type { Socket } from "node:net";
import { Sender, type WebSocket } from "ws";

/** Below this a message is sent as it is: it fits a packet either way. */
const minCompressedBytes = 1_024;
/** What ends each message of permessage-deflate and is not sent: RFC 7692, section 7.2.1. */
const tailBytes = 4;

/**
 * One message, encoded once for whoever gets it: its WebSocket frame, and that of the compressed message, are made when
 * the first socket needs them, and the same bytes are written to every socket.
 */
export class Frame {
  #text: Buffer;
  #plain: Buffer | undefined;
  #compressed: Buffer | undefined;

  constructor(text: string) {
    this.#text = Buffer.from(text);
  }

  get plain(): Buffer {
    return (this.#plain ??= toFrame(this.#text, false));
  }

  /** Compressed without the context of any message before (RFC 7692, server_no_context_takeover). */
  get compressed(): Buffer {
    if (this.#text.length < minCompressedBytes) return this.plain;
    return (this.#compressed ??= toFrame(compress(this.#text), true));
  }

  /**
   * Writes the frame to a socket that is open.
   *
   * @param taken called when the kernel has taken it, or with the error.
   */
  sendTo(socket: WebSocket, taken: (error?: Error | null) => void): void {
    const bytes = socket.extensions === "" ? this.plain : this.compressed;
    // Private to the library, whose own way builds a frame for each socket. We write whole frames only, so ours and the
    // library's never mix; without the field, the library's way is as good, and slower.
    const stream = (socket as unknown as { _socket?: Socket | null })._socket;
    if (stream && socket.readyState === socket.OPEN) stream.write(bytes, taken);
    else socket.send(this.#text, { binary: false }, taken);
  }
}

function toFrame(payload: Buffer, isCompressed: boolean): Buffer {
  const options = { fin: true, rsv1: isCompressed, opcode: 1, mask: false, readOnly: true };
  return Buffer.concat(Sender.frame(payload, options));
}

function compress(text: Buffer): Buffer {
  const deflated = deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH });
  return deflated.subarray(0, deflated.length - tailBytes);
}
