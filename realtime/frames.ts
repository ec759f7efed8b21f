import type { Scope } from "./protocol.ts";
import type { QueueState } from "./queue-state.ts";

const maxAgeMs = 1_000;

/**
 * The frames that tell a date's state. Each is encoded once, when the first subscriber needs it, and the same bytes
 * go to all who need the same: a step from one revision to the next is one delta, whatever the number of subscribers.
 */
export class Frames {
  #state: QueueState;
  #encoded = new Map<string, Buffer>();
  #encodedAt = performance.now();

  constructor(state: QueueState) {
    this.#state = state;
  }

  /** Forgets the frames of the state before. To be called when the state has changed. */
  clear(): void {
    this.#encoded.clear();
    this.#encodedAt = performance.now();
  }

  /** The whole state, or that of a scope. */
  whole(type: "snapshot" | "update", scope: Scope): Buffer {
    return this.#once(`${type} ${keyOf(scope)}`, () => {
      const sections = this.#state.sections(scope).filter(({ json }) => json !== null);
      return this.#encode(type, {}, `"doctors":[${sections.map(({ json }) => json).join(",")}]`, scope);
    });
  }

  /** What changed since a revision, of all or of a scope. */
  delta(from: number, scope: Scope): Buffer {
    return this.#once(`delta ${from} ${keyOf(scope)}`, () => {
      const changed = this.#state.sections(scope).filter(({ revision }) => revision > from);
      const present = changed.flatMap(({ json }) => json ?? []);
      const removed = changed.flatMap(({ json, doctorId }) => (json === null ? doctorId : []));
      const body = `"doctors":[${present.join(",")}],"removed_doctors":${JSON.stringify(removed)}`;
      return this.#encode("delta", { from_revision: from }, body, scope);
    });
  }

  #once(key: string, encode: () => Buffer): Buffer {
    // A frame bears the time at which it was made, so that of a quiet date must not grow old.
    if (performance.now() - this.#encodedAt > maxAgeMs) this.clear();
    let frame = this.#encoded.get(key);
    if (!frame) this.#encoded.set(key, (frame = encode()));
    return frame;
  }

  #encode(type: string, fields: object, body: string, scope: Scope): Buffer {
    const { date, epoch, revision, changedAt } = this.#state;
    const present = this.#state.sections(scope).filter(({ json }) => json !== null);
    const head = JSON.stringify({
      date,
      epoch,
      ...fields,
      revision,
      changed_at: changedAt,
      total_appointments: present.reduce((total, { appointmentCount }) => total + appointmentCount, 0),
      total_doctors: present.length,
    });
    const timestamp = new Date().toISOString();
    return Buffer.from(`{"type":"${type}","data":${head.slice(0, -1)},${body},"timestamp":"${timestamp}"}}`);
  }
}

const keyOf = ({ doctorId = "", patientId = "" }: Scope): string => `${doctorId} ${patientId}`;
