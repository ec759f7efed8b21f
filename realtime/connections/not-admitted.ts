import type { Duplex } from "node:stream";
import type { ErrorCode } from "../../contract/error.ts";

/** When to come back to a process that is busy or about to restart. */
export const retryAfterSeconds = 5;

const answers = {
  401: { error: "Unauthorized", phrase: "Unauthorized", header: 'WWW-Authenticate: Bearer realm="clinic-queue"\r\n' },
  403: { error: "Forbidden", phrase: "Forbidden", header: "" },
  404: { error: "NotFound", phrase: "Not Found", header: "" },
  503: { error: "Unavailable", phrase: "Service Unavailable", header: `Retry-After: ${retryAfterSeconds}\r\n` },
} as const;

/** A client gets no WebSocket. The message tells it why. */
export class NotAdmitted extends Error {
  readonly status: keyof typeof answers;
  readonly #error: ErrorCode;

  constructor(status: keyof typeof answers, message: string, error: ErrorCode = answers[status].error) {
    super(message);
    this.status = status;
    this.#error = error;
  }

  /** Answers the request for an upgrade, and ends its connection. */
  answer(socket: Duplex): void {
    const { phrase, header } = answers[this.status];
    const body = JSON.stringify({ error: this.#error, message: this.message });
    // Upgraded sockets are out of the HTTP server's hands: one that stays half open would stay for ever.
    socket.once("finish", () => socket.destroy());
    socket.end(
      `HTTP/1.1 ${this.status} ${phrase}\r\nConnection: close\r\n${header}` +
        `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }
}
