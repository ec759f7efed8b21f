import type { WebSocket } from "ws";
import type { Feed } from "./feed.ts";
import { windowBitsOf, type Frame } from "./frame.ts";
import type { ErrorMessage, Subscription } from "./protocol.ts";

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
  #isAllowed: () => boolean;
  #windowBits: number | undefined;
  #subscription: Subscription = { view: "public", scope: {}, mode: "full" };
  /** What the client has of this subscription. */
  #held: { epoch: string; revision: number } | undefined;
  #answered = false;
  #hasWaited = false;
  #writingSince: number | undefined;
  #outageReported = false;

  /** @param isAllowed asked before each frame: a token may end at any moment. */
  constructor(socket: WebSocket, isAllowed: () => boolean) {
    this.#socket = socket;
    this.#isAllowed = isAllowed;
    this.#windowBits = windowBitsOf(socket);
  }

  get feed(): Feed | undefined {
    return this.#feed;
  }

  /** Since when (`performance.now()`) a frame waits to be taken by the socket. */
  get writingSince(): number | undefined {
    return this.#writingSince;
  }

  /** True while the client holds a later revision than the feed: it was served by another process before. */
  get #isAhead(): boolean {
    const { epoch, revision = 0 } = this.#feed?.state ?? {};
    return this.#held !== undefined && this.#held.epoch === epoch && this.#held.revision > revision;
  }

  /** Begins a subscription in place of the one before. The feed then wakes the subscriber for its answer. */
  follow(feed: Feed, subscription: Subscription): void {
    this.#feed = feed;
    this.#subscription = subscription;
    this.#held = subscription.held;
    this.#answered = false;
    this.#hasWaited = false;
    this.#outageReported = false;
  }

  leave(): void {
    this.#feed = undefined;
  }

  /** Tells the subscriber that the feed moved on; writes now, or once the socket has taken the last frame. */
  wake(): void {
    if (this.#writingSince !== undefined) return;
    const frame = this.#nextFrame();
    if (!frame) return;
    this.#writingSince = performance.now();
    frame.sendTo(this.#socket, this.#windowBits, this.#taken);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** Says once, to a subscriber that still waits for its answer, that the database cannot be read. */
  reportOutage(): void {
    if (this.#answered || this.#outageReported) return;
    this.#outageReported = true;
    const message: ErrorMessage = {
      type: "error",
      error: "The queue cannot be read at the moment; the snapshot follows as soon as it can",
      code: "unavailable",
    };
    this.#socket.send(JSON.stringify(message));
  }

  /** The socket has taken the last frame. A failed write ends the socket; its connection then takes it off the feed. */
  #taken = (error?: Error | null): void => {
    this.#writingSince = undefined;
    if (!error) this.wake();
  };

  #nextFrame(): Frame | undefined {
    if (!this.#feed || !this.#isAllowed()) return undefined;
    const { state, frames, isReading } = this.#feed;
    const { epoch, revision } = state;
    // What the feed kept while nobody watched may be old: the first answer is that of the read.
    if (epoch === undefined || (isReading && !this.#answered)) return undefined;
    // Another process knew more. A read that begins now will too, or the client holds what never was.
    if (this.#isAhead && !this.#hasWaited) {
      this.#hasWaited = true;
      this.#feed.refresh();
      return undefined;
    }
    const { scope, mode } = this.#subscription;
    const held = this.#held?.epoch === epoch && !this.#isAhead ? this.#held : undefined;
    const isFirst = !this.#answered;
    if (held && !isFirst && state.lastChange(scope) <= held.revision) return undefined;

    this.#held = { epoch, revision };
    this.#answered = true;
    if (mode === "delta") return held ? frames.delta(held.revision, scope) : frames.whole("snapshot", scope);
    return frames.whole(isFirst ? "snapshot" : "update", scope);
  }
}
