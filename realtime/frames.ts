import { Frame } from "./frame.ts";
import type { Scope } from "./protocol.ts";
import type { QueueState } from "./queue-state.ts";

const maxAgeMs = 1_000;

/** The frames of one scope: those that were needed so far. */
interface Encoded {
  snapshot?: Frame;
  update?: Frame;
  /** By the revision from which they lead here. */
  deltas: Map<number, Frame>;
}

/**
 * The frames that tell a date's state. Each is encoded once, when the first subscriber needs it, and the same bytes
 * go to all who need the same: a step from one revision to the next is one delta, whatever the number of subscribers.
 */
export class Frames {
  #state: QueueState;
  /** Apart from the scopes, for most subscribers have none: they cost no look-up. */
  #ofAll: Encoded = { deltas: new Map() };
  #ofScopes = new Map<string, Encoded>();
  #encodedAt = performance.now();

  constructor(state: QueueState) {
    this.#state = state;
  }

  /** Forgets the frames of the state before. To be called when the state has changed. */
  clear(): void {
    this.#ofAll = { deltas: new Map() };
    this.#ofScopes.clear();
    this.#encodedAt = performance.now();
  }

  /** The whole state, or that of a scope. */
  whole(type: "snapshot" | "update", scope: Scope): Frame {
    return (this.#encoded(scope)[type] ??= this.#encodeWhole(type, scope));
  }

  /** What changed since a revision, of all or of a scope. */
  delta(from: number, scope: Scope): Frame {
    const { deltas } = this.#encoded(scope);
    let frame = deltas.get(from);
    if (!frame) deltas.set(from, (frame = this.#encodeDelta(from, scope)));
    return frame;
  }

  #encoded(scope: Scope): Encoded {
    // A frame bears the time at which it was made, so that of a quiet date must not grow old.
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
