import { Frame } from "./frame.ts";
import type { PartFilter } from "./part-filter.ts";
import type { QueueState } from "./queue-state.ts";

const maxAgeMs = 1_000;

/** The frames of the same parts that have been needed so far. */
interface Encoded {
  snapshot?: Frame;
  update?: Frame;
  /** By the revision at which they start. */
  deltas: Map<number, Frame>;
}

/**
 * The frames of a date's state. Each is encoded once, when the first subscriber needs it, and every other subscriber gets
 * the same bytes. A step from one revision to the next is one delta, whatever the number of subscribers.
 */
export class Frames {
  #state: QueueState;
  /** By the filter's key. A quiet date has no frames, and so no map. */
  #byFilter: Map<string, Encoded> | undefined;
  #encodedAt = performance.now();

  constructor(state: QueueState) {
    this.#state = state;
  }

  /** Forgets the frames of the last state. Must be called when the state has changed. */
  clear(): void {
    this.#byFilter = undefined;
    this.#encodedAt = performance.now();
  }

  /** Forgets the frames that are too old to be sent again: they would be most of a quiet date's memory. */
  clearOld(): void {
    if (this.#byFilter && performance.now() - this.#encodedAt > maxAgeMs) this.clear();
  }

  /** The whole state of the selected parts. */
  full(type: "snapshot" | "update", filter: PartFilter): Frame {
    return (this.#encoded(filter)[type] ??= this.#encodeFull(type, filter));
  }

  /** The changes of the selected parts since a revision. */
  delta(from: number, filter: PartFilter): Frame {
    const { deltas } = this.#encoded(filter);
    let frame = deltas.get(from);
    if (!frame) deltas.set(from, (frame = this.#encodeDelta(from, filter)));
    return frame;
  }

  #encoded(filter: PartFilter): Encoded {
    // A frame contains the time at which it was made, so the frame of a quiet date must be renewed.
    this.clearOld();
    this.#byFilter ??= new Map();
    let encoded = this.#byFilter.get(filter.key);
    if (!encoded) this.#byFilter.set(filter.key, (encoded = { deltas: new Map() }));
    return encoded;
  }

  #encodeFull(type: "snapshot" | "update", filter: PartFilter): Frame {
    const texts = this.#state.parts(filter).flatMap(({ json }) => json ?? []);
    return this.#encode(type, {}, `"doctors":[${texts.join(",")}]`, filter);
  }

  #encodeDelta(from: number, filter: PartFilter): Frame {
    const changed = this.#state.changedSince(from, filter);
    const texts = changed.flatMap(({ json }) => json ?? []);
    const removed = changed.flatMap(({ json, doctorId }) => (json === null ? doctorId : []));
    const body = `"doctors":[${texts.join(",")}],"removed_doctors":${JSON.stringify(removed)}`;
    return this.#encode("delta", { from_revision: from }, body, filter);
  }

  #encode(type: string, fields: object, body: string, filter: PartFilter): Frame {
    const { date, epoch, revision, changedAt, openTasks } = this.#state;
    const { appointments, doctors } = this.#state.totals(filter);
    const head = JSON.stringify({
      date,
      epoch,
      ...fields,
      revision,
      changed_at: changedAt,
      total_appointments: appointments,
      total_doctors: doctors,
      ...(filter.isWhole && openTasks !== null && { open_tasks: openTasks }),
    });
    const timestamp = new Date().toISOString();
    return new Frame(`{"type":"${type}","data":${head.slice(0, -1)},${body},"timestamp":"${timestamp}"}}`);
  }
}
