import type { QueueChanges } from "../db/queue-changes.ts";

interface Section {
  /** Orders sections by the doctor's name, then id, byte by byte in UTF-8. */
  sortKey: Buffer;
  appointmentCount: number;
  json: string;
}

/**
 * The state of a date, and the frames that tell it: each is encoded once, when the first subscriber needs it, and
 * the same bytes go to all. Sections are Postgres' own JSON text; it is joined here and never parsed.
 */
export class Frames {
  readonly date: string;
  /** Undefined until the date has been read. */
  epoch: string | undefined;
  revision = 0;
  #changedAt: Date | null = null;
  #readAt = new Date();
  #sections = new Map<string, Section>();
  #encoded: { snapshot?: Buffer; update?: Buffer } = {};

  constructor(date: string) {
    this.date = date;
  }

  /** False when the changes belong to another history than this state: it was restored, or began anew. */
  continuesWith(changes: QueueChanges): boolean {
    return this.epoch === undefined || (changes.epoch === this.epoch && changes.revision >= this.revision);
  }

  reset(): void {
    this.epoch = undefined;
    this.revision = 0;
    this.#sections.clear();
  }

  apply({ epoch, revision, changedAt, sections }: QueueChanges): void {
    if (epoch === this.epoch && revision === this.revision) return;
    this.epoch = epoch;
    this.revision = revision;
    this.#changedAt = changedAt;
    this.#readAt = new Date();
    this.#encoded = {};
    for (const { doctorId, doctorName, appointmentCount, json } of sections) {
      if (json === null) this.#sections.delete(doctorId);
      else this.#sections.set(doctorId, { sortKey: Buffer.from(`${doctorName}\0${doctorId}`), appointmentCount, json });
    }
  }

  get snapshot(): Buffer {
    return (this.#encoded.snapshot ??= this.#encode("snapshot"));
  }

  get update(): Buffer {
    return (this.#encoded.update ??= this.#encode("update"));
  }

  #encode(type: "snapshot" | "update"): Buffer {
    const sections = [...this.#sections.values()].toSorted((a, b) => a.sortKey.compare(b.sortKey));
    const totalAppointments = sections.reduce((total, { appointmentCount }) => total + appointmentCount, 0);
    const head = JSON.stringify({
      date: this.date,
      epoch: this.epoch,
      revision: this.revision,
      changed_at: this.#changedAt,
      total_appointments: totalAppointments,
      total_doctors: sections.length,
    }).slice(1, -1);
    const doctors = sections.map(({ json }) => json).join(",");
    const timestamp = this.#readAt.toISOString();
    return Buffer.from(`{"type":"${type}","data":{${head},"doctors":[${doctors}],"timestamp":"${timestamp}"}}`);
  }
}
