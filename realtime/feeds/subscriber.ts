import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import { Cursor } from "./cursor.ts";
import type { Feed } from "./feed.ts";
import { FlowWindow } from "./flow-window.ts";
import { descriptorOf, windowBitsOf, type Frame, type Recipient } from "./frame.ts";
import type { ErrorMessage } from "../../contract/websocket/server-message.ts";
import { everything, type PartFilter } from "./part-filter.ts";
import type { Subscription } from "../connections/protocol.ts";

/**
 * One socket, on at most one feed.
 *
 * A newer state replaces an older one, so a slow socket needs the newest only: at most one frame is being written
 * and at most one is owed, whatever the rate of change. This is conflation. Which frame is owed is decided, by the
 * cursor, when the socket has taken the last one: waiting for 'drain' instead would lose the last state, because
 * 'drain' only follows a write that returned false. The flow window says when the client must confirm before it gets
 * more.
 */
export class Subscriber implements Recipient {
  /** When its access ends, by `Date.now()`. It is checked before each frame, because it may end at any moment. */
  allowedUntil: number;
  readonly socket: WebSocket;
  readonly stream: Socket;
  readonly descriptor: number;
  readonly windowBits: number | undefined;
  #feed: Feed | undefined;
  #parts: PartFilter = everything;
  #cursor: Cursor | undefined;
  #window = new FlowWindow();
  #writingSince: number | undefined;
  #outageReported = false;

  constructor(socket: WebSocket, stream: Socket, allowedUntil: number) {
    this.socket = socket;
    this.stream = stream;
    this.descriptor = descriptorOf(stream);
    this.windowBits = windowBitsOf(socket);
    this.allowedUntil = allowedUntil;
  }

  get feed(): Feed | undefined {
    return this.#feed;
  }

  /**
   * Since when (`performance.now()`) the client takes nothing: its socket is full, or it owes a pong.
   *
   * @param heardAt when anything last came from the client
   */
  blockedSince(heardAt: number): number | undefined {
    return this.#writingSince ?? this.#window.blockedSince(heardAt);
  }

  /** Begins a subscription in place of the one before. The feed then wakes the subscriber for its answer. */
  follow(feed: Feed, subscription: Subscription): void {
    this.#feed = feed;
    this.#parts = subscription.parts;
    this.#cursor = new Cursor(subscription);
    this.#window.open();
    this.#outageReported = false;
  }

  leave(): void {
    this.#feed = undefined;
  }

  /** Tells the subscriber that the feed moved on; writes now, or once the client has got what it was sent. */
  wake(): void {
    if (this.#window.isOpen) this.#write();
  }

  /** The client has got what it was sent. False when it was not asked to confirm that. */
  confirm(): boolean {
    if (!this.#window.confirm(performance.now())) return false;
    this.#write();
    return true;
  }

  /** To be called a few times a second: a client that has never answered a ping gets what is new that often. */
  check(now: number): void {
    if (this.#window.isOverdue(now)) this.#write();
  }

  terminate(): void {
    this.socket.terminate();
  }

  /** Says once, to a subscriber that still waits for its answer, that the database cannot be read. */
  reportOutage(): void {
    if (this.#cursor?.isAnswered || this.#outageReported) return;
    this.#outageReported = true;
    const message: ErrorMessage = {
      type: "error",
      error: "The queue cannot be read at the moment; the snapshot follows as soon as it can",
      code: "unavailable",
    };
    this.socket.send(JSON.stringify(message));
  }

  /** The socket has taken the last frame. A failed write ends the socket; its connection then takes it off the feed. */
  taken(error?: Error | null): void {
    this.#writingSince = undefined;
    if (!error) this.wake();
  }

  #write(): void {
    if (this.#writingSince !== undefined) return;
    const frame = this.#nextFrame();
    if (!frame) return;
    const isToConfirm = this.#window.add(frame.size);
    if (!frame.sendTo(this, isToConfirm)) this.#writingSince = performance.now();
    if (isToConfirm) this.#window.ask(performance.now());
  }

  #nextFrame(): Frame | undefined {
    if (!this.#feed || !this.#cursor || Date.now() >= this.allowedUntil) return undefined;
    const { state, frames, isReading } = this.#feed;
    const owed = this.#cursor.owed(state, state.lastChange(this.#parts), isReading);
    if (owed === "nothing") return undefined;
    if (owed === "read") {
      this.#cursor.awaitRead();
      this.#feed.refresh();
      return undefined;
    }
    const from = this.#cursor.revision;
    this.#cursor.moveTo(state);
    return owed === "delta" ? frames.delta(from, this.#parts) : frames.full(owed, this.#parts);
  }
}
