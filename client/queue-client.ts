import { ClinicWatcher } from "./clinic-watcher.ts";
import { Connection, type ConnectionOptions, type Loss, type LossReason } from "./connection.ts";
import type { Signal } from "./fetch.ts";
import { Subscription, type WatchOptions } from "./subscription.ts";
import { Waiting } from "./waiting.ts";
import type { AskedView, ErrorMessage, Queue, QueueMessage, ServerMessage } from "./wire.ts";

export type { LossReason } from "./connection.ts";
export type { SocketClass } from "./socket.ts";
export type { WatchOptions } from "./subscription.ts";
export type { TokenSource } from "./token-keeper.ts";
export type {
  Appointment,
  AskedView,
  Call,
  Needs,
  OwnAppointment,
  OwnPatient,
  OwnQueueEntry,
  Patient,
  Place,
  PublicAppointment,
  PublicPatient,
  PublicQueueEntry,
  Queue,
  QueueEntry,
  Section,
  StaffAppointment,
  Stage,
} from "./wire.ts";

/**
 * `connecting`: not there yet · `live`: what is shown is the state of now · `stale`: connected, but the server cannot
 * vouch that it follows the database · `offline`: no connection; the next attempt is under way or waits ·
 * `unauthorized`: the server does not let this client see what it asks for; the next attempt, with a new token, waits.
 */
export interface ConnectionState {
  name: "connecting" | "live" | "stale" | Loss;
  since: Date;
  /** Why the last attempt or connection ended: while `offline` or `unauthorized`. */
  reason?: LossReason;
}

export interface QueueClientOptions extends ConnectionOptions {
  /** The address of the API, `http://host:port`, to follow `today`. In a browser, the page's own address by default. */
  api?: string;
}

/**
 * Watches a date's queue and never gives up: reconnects with full jitter from 1 to 30 s, at once when the network or
 * the page comes back, and whenever the server falls silent; resumes from what it holds, so that only what changed is
 * sent again. It has one connection at most.
 *
 * The type parameter names the view that the client gets, where the caller knows it: `QueueClient<"staff">` gives
 * patients with an id, `QueueClient<"public">` patients without one. It is a promise of the caller: which view it is
 * follows from the token and from `watch`.
 */
export class QueueClient<V extends AskedView = AskedView> {
  /** Called with the whole queue of the watched date after each change. */
  onQueue: (queue: Queue<V>) => void = () => {};
  /** Called when the state has another name, or another reason. */
  onState: (state: ConnectionState) => void = () => {};
  /** Called with what the server says is wrong: a text for people, a code for programs. */
  onError: (message: string, code: string) => void = () => {};

  #api: string;
  #connection: Connection<V>;
  #subscription = new Subscription<V>();
  #today: ClinicWatcher | undefined;
  #closed = false;
  #waiting = new Waiting<Queue<V>>();
  #state: ConnectionState = { name: "connecting", since: new Date() };

  constructor(options: QueueClientOptions) {
    this.#api = options.api ?? "";
    this.#connection = new Connection<V>(options, {
      onReady: () => this.#subscribe(),
      onMessage: (message) => this.#hear(message),
      onLoss: (state, reason) => this.#setState(state, reason),
      onError: (message, code) => this.#tell(message, code),
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The queue that `onQueue` was called with last; undefined before, and while nothing may be seen. */
  get queue(): Queue<V> | undefined {
    return this.#subscription.held;
  }

  /**
   * Waits for a queue that a condition is true of: the one that is held, or the first that comes.
   *
   * @throws the reason of the signal; an error when the client is closed, or what the condition throws.
   */
  async until(isSo: (queue: Queue<V>) => boolean, { signal }: { signal?: Signal } = {}): Promise<Queue<V>> {
    const { queue } = this;
    if (signal?.aborted) throw signal.reason;
    if (this.#closed) throw new Error("The client is closed");
    if (queue && isSo(queue)) return queue;
    return this.#waiting.add(isSo, signal);
  }

  /** Watches a date, `YYYY-MM-DD`, or `today`, the clinic's, past its midnights; in place of what was watched before. */
  watch(date: string, part: WatchOptions<V> = {}): void {
    if (this.#closed) return;
    this.#today?.close();
    this.#today = undefined;
    if (date === "today") {
      this.#today = new ClinicWatcher(
        this.#api,
        ({ today }) => this.#watchDate(today, part),
        () => this.#tell("The API does not say what date it is at the clinic", "clinic_unreachable"),
      );
    } else {
      this.#watchDate(date, part);
    }
  }

  /** Ends the connection and everything else that this client holds. */
  close(): void {
    this.#closed = true;
    this.#subscription.forget();
    this.#today?.close();
    this.#connection.close();
    this.#waiting.end(new Error("The client is closed"));
  }

  #watchDate(date: string, part: WatchOptions<V>): void {
    const isSamePart = this.#subscription.isSamePart(part);
    if (this.#subscription.isSameDate(date) && isSamePart) return;
    this.#subscription.watch(date, part);
    // What is still on its way tells its date, but not whose part it is: then only a new connection is sure.
    if (this.#connection.hasSocket && isSamePart) this.#subscribe();
    else this.#connection.connect();
  }

  #subscribe(): void {
    this.#connection.send(this.#subscription.request());
    // The answer to this tells whether the server itself is up to date.
    this.#connection.send({ action: "ping" });
  }

  #hear(message: ServerMessage<V>): void {
    switch (message.type) {
      case "snapshot":
      case "update":
      case "delta":
        this.#take(message);
        break;
      case "pong":
        if (this.#connection.isStale) this.#setState("stale");
        else if (this.#subscription.held) this.#setState("live");
        break;
      case "error":
        this.#hearError(message);
        break;
      case "authenticated":
      case "unsubscribed":
        break;
    }
  }

  #take(message: QueueMessage<V>): void {
    const outcome = this.#subscription.take(message);
    if (outcome === "other") return;
    if (outcome === "gap") return this.#subscribe();
    this.#connection.resetWaits();
    const { held } = this.#subscription;
    if (!this.#connection.isStale) this.#setState("live");
    // Unless the user, who just heard the state, watches something else now.
    if (outcome === "new" && held && this.#subscription.held === held) this.#show(held);
  }

  #show(queue: Queue<V>): void {
    this.#waiting.tell(queue);
    // Whoever waited may have closed the client, or watch something else.
    if (this.#subscription.held === queue) this.onQueue(queue);
  }

  #hearError({ error, code }: ErrorMessage): void {
    if (code === "unauthenticated" || code === "forbidden") {
      // Nothing is kept of what may not be seen any more.
      this.#subscription.forget();
      this.#connection.lose("unauthorized", code, error);
    } else {
      if (code === "rate_limited") this.#connection.askLater();
      // Nothing is shown that could be live.
      if (!this.#subscription.held) this.#setState("connecting");
    }
    this.#tell(error, code);
  }

  #setState(name: ConnectionState["name"], reason?: LossReason): void {
    const { name: before, since, reason: reasonBefore } = this.#state;
    const isSame = name === before;
    if (isSame && isSameReason(reason, reasonBefore)) return;
    this.#state = { name, since: isSame ? since : new Date(), ...(reason && { reason }) };
    this.onState(this.#state);
  }

  #tell(message: string, code: string): void {
    if (!this.#closed) this.onError(message, code);
  }
}

function isSameReason(a: LossReason | undefined, b: LossReason | undefined): boolean {
  return a?.url === b?.url && a?.code === b?.code && a?.message === b?.message;
}
