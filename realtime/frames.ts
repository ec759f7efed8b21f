import { Frame } from "./frame.ts";
import type { Scope } from "./protocol.ts";
import type { QueueState } from "./queue-state.ts";

const maxAgeMs = 1_000;

/** The frames of one scope that have been needed so far. */
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
  /** Kept apart from the scopes, because most subscribers have none and so need no look-up. */
  #ofAll: Encoded = { deltas: new Map() };
  #ofScopes = new Map<string, Encoded>();
  #encodedAt = performance.now();

  constructor(state: QueueState) {
    this.#state = state;
  }

  /** Forgets the frames of the last state. Must be called when the state has changed. */
  clear(): void {
    this.#ofAll = { deltas: new Map() };
    this.#ofScopes.clear();
    this.#encodedAt = performance.now();
  }

  /** The whole state, or the part of it in a scope. */
  whole(type: "snapshot" | "update", scope: Scope): Frame {
    return (this.#encoded(scope)[type] ??= this.#encodeWhole(type, scope));
  }

  /** The changes since a revision, in the whole state or in a scope. */
  delta(from: number, scope: Scope): Frame {
    const { deltas } = this.#encoded(scope);
    let frame = deltas.get(from);
    if (!frame) deltas.set(from, (frame = this.#encodeDelta(from, scope)));
    return frame;
  }

  #encoded(scope: Scope): Encoded {
    // A frame contains the time at which it was made, so the frame of a quiet date must be renewed.
    if (performance.now() - this.#encodedAt > maxAgeMs) this.clear();
    if (scope.doctorId === undefined && scope.patientId === undefined) return this.#ofAll;
    const key = `${scope.doctorId} ${scope.patientId}`;
    let encoded = this.#ofScopes.get(key);
    if (!encoded) this.#ofScopes.set(key, (encoded = { deltas: new Map() }));
    return encoded;
  }

  #encodeWhole(type: "snapshot" | "update", scope: Scope): Frame {
    const texts = this.#state.sections(scope).flatMap(({ json }) => json ?? []);
    return this.#encode(type, {}, `"doctors":[${texts.join(",")}]`, scope);
  }

  #encodeDelta(from: number, scope: Scope): Frame {
    const changed = this.#state.changedSince(from, scope);
    const texts = changed.flatMap(({ json }) => json ?? []);
    const removed = changed.flatMap(({ json, doctorId }) => (json === null ? doctorId : []));
    const body = `"doctors":[${texts.join(",")}],"removed_doctors":${JSON.stringify(removed)}`;
    return this.#encode("delta", { from_revision: from }, body, scope);
  }

  #encode(type: string, fields: object, body: string, scope: Scope): Frame {
    const { date, epoch, revision, changedAt } = this.#state;
    const { appointments, doctors } = this.#state.totals(scope);
    const head = JSON.stringify({
      date,
      epoch,
      ...fields,
      revision,
      changed_at: changedAt,
      total_appointments: appointments,
      total_doctors: doctors,
    });
    const timestamp = new Date().toISOString();
    return new Frame(`{"type":"${type}","data":${head.slice(0, -1)},${body},"timestamp":"${timestamp}"}}`);
  }
}
