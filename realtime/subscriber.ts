import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import type { Feed } from "./feed.ts";
import { descriptorOf, windowBitsOf, type Frame, type Recipient } from "./frame.ts";
import type { ErrorMessage } from "../contract/websocket/server-message.ts";
import { everything, type Scope, type Subscription } from "./protocol.ts";

/** How many frames a client gets before it must confirm the last: at first, and at most. Large ones count for more. */
const firstWindow = 8;
const largestWindow = 64;
const bytesOfOne = 16_384;
/** A client that confirms within this time keeps up. */
const promptMs = 100;
const confirmTimeoutMs = 1_000;

/**
 * One socket, on at most one feed.
 *
 * A newer state replaces an older one, so a slow socket needs the newest only: at most one frame is being written
 * and at most one is owed, whatever the rate of change. This is conflation. Which frame is owed is decided when
 * the socket has taken the last one: waiting for 'drain' instead would lose the last state, because 'drain' only
 * follows a write that returned false.
 *
 * The kernel takes megabytes for a socket that is slow, which would be many old states before the newest. So a client
 * must confirm, by the pong to a ping, that it got what was sent, and gets nothing until then. How many frames that may
 * be follows from how long it took.
 */
export class Subscriber implements Recipient {
  /** When its access ends, as `Date.now()` tells it: asked before each frame, for that may be at any moment. */
  allowedUntil: number;
  readonly socket: WebSocket;
  readonly stream: Socket;
  readonly descriptor: number;
  readonly windowBits: number | undefined;
  #feed: Feed | undefined;
  #scope: Scope = everything;
  #mode: Subscription["mode"] = "full";
  /** What the client has of this subscription: nothing, while it has no epoch. */
  #heldEpoch: string | undefined;
  #heldRevision = 0;
  #answered = false;
  #hasWaited = false;
  #writingSince: number | undefined;
  #window = firstWindow;
  #unconfirmed = 0;
  #askedAt: number | undefined;
  #answersPings = false;
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
   * Since when (`performance.now()`) the client takes nothing: its socket is full, or it owes a pong. One that has never
   * answered a ping must be silent, too.
   *
   * @param heardAt when anything came from it last
   */
  blockedSince(heardAt: number): number | undefined {
    if (this.#writingSince !== undefined || this.#askedAt === undefined) return this.#writingSince;
    return this.#answersPings ? this.#askedAt : Math.max(this.#askedAt, heardAt);
  }

  /** Begins a subscription in place of the one before. The feed then wakes the subscriber for its answer. */
  follow(feed: Feed, { scope, mode, held }: Subscription): void {
    this.#feed = feed;
    this.#scope = scope;
    this.#mode = mode;
    this.#heldEpoch = held?.epoch;
    this.#heldRevision = held?.revision ?? 0;
    this.#answered = false;
    this.#hasWaited = false;
    this.#askedAt = undefined;
    this.#outageReported = false;
  }

  leave(): void {
    this.#feed = undefined;
  }

  /** Tells the subscriber that the feed moved on; writes now, or once the client has got what it was sent. */
  wake(): void {
    if (this.#askedAt === undefined) this.#write();
  }

  /** The client has got what it was sent. False when it was not asked to confirm that. */
  confirm(): boolean {
    this.#answersPings = true;
    if (this.#askedAt === undefined) return false;
    const tookMs = performance.now() - this.#askedAt;
    const fitting = tookMs <= promptMs ? 2 * this.#window : Math.floor((this.#window * promptMs) / tookMs);
    this.#window = Math.min(Math.max(fitting, 1), largestWindow);
    this.#askedAt = undefined;
    this.#unconfirmed = 0;
    this.#write();
    return true;
  }

  /** To be called a few times a second: a client that has never answered a ping gets what is new that often. */
  check(now: number): void {
    if (this.#answersPings || this.#askedAt === undefined) return;
    if (now - this.#askedAt >= confirmTimeoutMs) this.#write();
  }

  terminate(): void {
    this.socket.terminate();
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
    this.#unconfirmed += Math.max(1, frame.size / bytesOfOne);
    const isToConfirm = this.#unconfirmed >= this.#window && this.#askedAt === undefined;
    if (!frame.sendTo(this, isToConfirm)) this.#writingSince = performance.now();
    if (isToConfirm) this.#askedAt = performance.now();
  }

  #nextFrame(): Frame | undefined {
    if (!this.#feed || Date.now() >= this.allowedUntil) return undefined;
    const { state, frames, isReading } = this.#feed;
    const { epoch, revision } = state;
    const isFirst = !this.#answered;
    // What the feed kept while nobody watched may be old: the first answer is that of the read.
    if (epoch === undefined || (isReading && isFirst)) return undefined;
    const isSameHistory = this.#heldEpoch === epoch;
    const isAhead = isSameHistory && this.#heldRevision > revision;
    // Another process knew more. A read that begins now will too, or the client holds what never was.
    if (isAhead && !this.#hasWaited) {
      this.#hasWaited = true;
      this.#feed.refresh();
      return undefined;
    }
    // What a patient had and lost before the feed's first read is unknown here, so no delta could take it away.
    const mayHoldUnknown = isFirst && this.#scope.patientId !== undefined;
    const from = isSameHistory && !isAhead && !mayHoldUnknown ? this.#heldRevision : undefined;
    if (!isFirst && from !== undefined && state.lastChange(this.#scope) <= from) return undefined;

    this.#heldEpoch = epoch;
    this.#heldRevision = revision;
    this.#answered = true;
    if (this.#mode === "full") return frames.whole(isFirst ? "snapshot" : "update", this.#scope);
    return from === undefined ? frames.whole("snapshot", this.#scope) : frames.delta(from, this.#scope);
  }
}
