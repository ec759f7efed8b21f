import type { WebSocket } from "ws";
import type { Feed } from "./feed.ts";
import type { ErrorMessage } from "./protocol.ts";

/**
 * One socket, on at most one feed.
 *
 * A newer state replaces an older one, so a slow socket needs the newest only: at most one frame is being written
 * and at most one is owed, whatever the rate of change. This is conflation. Which frame is owed is decided when
 * the socket has taken the last one: waiting for 'drain' instead would lose the last state, because 'drain' only
 * follows a write that returned false.
 */
export class Subscriber {
  #socket: WebSocket;
  #feed: Feed | undefined;
  /** What this subscription was sent last; undefined before its snapshot. */
  #sent: { epoch: string; revision: number } | undefined;
  #writingSince: number | undefined;
  #outageReported = false;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  get feed(): Feed | undefined {
    return this.#feed;
  }

  /** Since when (`Date.now()`) a frame waits to be taken by the socket. */
  get writingSince(): number | undefined {
    return this.#writingSince;
  }

  /** Begins a subscription in place of the one before, or none. The feed then wakes it for its snapshot. */
  follow(feed: Feed | undefined): void {
    this.#feed = feed;
    this.#sent = undefined;
    this.#outageReported = false;
  }

  /** Tells the subscriber that the feed moved on; writes now, or once the socket has taken the last frame. */
  wake(): void {
    if (this.#writingSince !== undefined) return;
    const frame = this.#nextFrame();
    if (!frame) return;
    this.#writingSince = Date.now();
    this.#socket.send(frame, { binary: false }, (error) => {
      this.#writingSince = undefined;
      // A failed write ends the socket; its connection then takes it off the feed.
      if (!error) this.wake();
    });
  }

  /** Says once, to a subscriber that still waits for its snapshot, that the database cannot be read. */
  reportOutage(): void {
    if (this.#sent || this.#outageReported) return;
    this.#outageReported = true;
    const message: ErrorMessage = {
      type: "error",
      error: "The queue cannot be read at the moment; the snapshot follows as soon as it can",
      code: "unavailable",
    };
    this.#socket.send(JSON.stringify(message));
  }

  #nextFrame(): Buffer | undefined {
    const frames = this.#feed?.frames;
    if (!frames?.epoch) return undefined;
    const { epoch, revision } = frames;
    if (this.#sent?.epoch === epoch && this.#sent.revision === revision) return undefined;
    const frame = this.#sent ? frames.update : frames.snapshot;
    this.#sent = { epoch, revision };
    return frame;
  }
}
