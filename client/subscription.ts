import { applyDelta } from "./held-queue.ts";
import type { AskedView, Queue, QueueMessage } from "./wire.ts";

export interface WatchOptions<V extends AskedView = AskedView> {
  /** That doctor's section alone. */
  doctorId?: string;
  /** Less than the token allows. All of that when left out. */
  view?: V;
}

/**
 * What a message does to the state that is held: `new` and `known` are a state that is not or is held already, `other` is
 * one of another date, and `gap` means that the state has to be asked for as a whole.
 */
type Outcome = "new" | "known" | "other" | "gap";

/**
 * What is watched and what is held of it. This decides what is asked for, and which answers are news.
 *
 * @internal
 */
export class Subscription<V extends AskedView = AskedView> {
  #date: string | undefined;
  #part: WatchOptions<V> = {};
  #held: Queue<V> | undefined;

  get held(): Queue<V> | undefined {
    return this.#held;
  }

  isSameDate(date: string): boolean {
    return date === this.#date;
  }

  isSamePart({ doctorId, view }: WatchOptions<V>): boolean {
    return doctorId === this.#part.doctorId && view === this.#part.view;
  }

  /** Watches this in place of what was watched before. */
  watch(date: string, part: WatchOptions<V>): void {
    this.#date = date;
    this.#part = { ...part };
    this.#held = undefined;
  }

  /** Keeps nothing of what was held. */
  forget(): void {
    this.#held = undefined;
  }

  /** The message that asks for what is watched: for what changed, where a state is held. */
  request(): object {
    // A server of the core protocol alone has no epoch, and knows nothing of resuming.
    const held = this.#held?.epoch !== undefined && { since: this.#held.revision, epoch: this.#held.epoch };
    const { doctorId: doctor_id, view } = this.#part;
    return { action: "subscribe", date: this.#date, doctor_id, view, mode: "delta", ...held };
  }

  /** Takes over the state that a message carries. */
  take(message: QueueMessage<V>): Outcome {
    // The message was on its way when another date was asked for.
    if (message.data.date !== this.#date) return "other";
    const before = this.#held;
    const queue = message.type === "delta" ? before && applyDelta(before, message.data) : message.data;
    this.#held = queue;
    if (!queue) return "gap";
    const isKnown = queue.epoch !== undefined && before?.epoch === queue.epoch && before.revision === queue.revision;
    return isKnown ? "known" : "new";
  }
}
