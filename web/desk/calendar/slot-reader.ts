import type { Slot } from "./slots.ts";

/** As many are read at once; the others wait. */
const mostAtOnce = 4;
/** One doctor's times are read again this often at most. */
const calmMs = 1_500;
const retryMs = 5_000;

/**
 * Reads the times of doctors whenever they are wanted anew, each doctor's one at a time and not too often, whatever the
 * number of changes. What was read before stays until there is something newer.
 */
export class SlotReader {
  readonly #read: (doctorId: string) => Promise<readonly Slot[]>;
  readonly #show: (slots: ReadonlyMap<string, readonly Slot[]>) => void;
  readonly #wanted = new Set<string>();
  readonly #reading = new Set<string>();
  /** When a doctor's times may be read again. */
  readonly #nextMs = new Map<string, number>();
  #slots: ReadonlyMap<string, readonly Slot[]> = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(
    read: (doctorId: string) => Promise<readonly Slot[]>,
    show: (slots: ReadonlyMap<string, readonly Slot[]>) => void,
  ) {
    this.#read = read;
    this.#show = show;
  }

  /** Says that what is known of these doctors may be out of date. */
  want(doctorIds: Iterable<string>): void {
    for (const id of doctorIds) this.#wanted.add(id);
    this.#go();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #go(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    const now = Date.now();
    let soonestMs = Infinity;
    for (const id of this.#wanted) {
      if (this.#reading.size >= mostAtOnce) return;
      if (this.#reading.has(id)) continue;
      const nextMs = this.#nextMs.get(id) ?? 0;
      if (nextMs <= now) void this.#readOne(id);
      else soonestMs = Math.min(soonestMs, nextMs);
    }
    if (soonestMs < Infinity) this.#timer = setTimeout(() => this.#go(), soonestMs - now);
  }

  async #readOne(id: string): Promise<void> {
    this.#wanted.delete(id);
    this.#reading.add(id);
    this.#nextMs.set(id, Date.now() + calmMs);
    try {
      const slots = await this.#read(id);
      if (this.#isClosed) return;
      this.#slots = new Map(this.#slots).set(id, slots);
      this.#show(this.#slots);
    } catch {
      // The connection's badge tells that the server is gone.
      this.#wanted.add(id);
      this.#nextMs.set(id, Date.now() + retryMs);
    }
    this.#reading.delete(id);
    this.#go();
  }
}
