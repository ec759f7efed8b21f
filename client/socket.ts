/** What the client uses of a WebSocket. Each class has events of its own, so a handler here may take any. */
export interface Socket {
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  send: (data: string) => void;
  close: () => void;
}

/** A class such as the browser's `WebSocket`, or the one of the package `ws`. */
export type SocketClass = new (url: string) => Socket;

/**
 * The `readyState` of a socket that is open.
 *
 * @internal
 */
export const open = 1;

/**
 * What Node tells of an error on a connection; a browser tells nothing.
 *
 * @internal
 */
export function describeFailure(event: object): string | undefined {
  const { message, error } = event as { message?: unknown; error?: { code?: unknown } };
  // A name with several IP addresses fails with an error that has a code but no message.
  return [message, error?.code].find((text): text is string => typeof text === "string" && text !== "");
}
