import type { PartChange, QueueChanges } from "../../db/queries/queue-changes.ts";
import type { PartFilter } from "./part-filter.ts";

/** What all of an audience, or one reader of it, gets of one doctor's section. */
export interface Part {
  doctorId: string;
  reader: string | null;
  /** Parts are ordered by the doctor's name, then id. */
  doctorName: string;
  /** Where the doctor's patients wait; null where nobody has said, and once the part was removed. */
  areaId: string | null;
  /** The date's revision at this part's last change. */
  revision: number;
  appointmentCount: number;
  /** JSON text as Postgres made it, which is never parsed here. Null once the part was removed. */
  json: string | null;
}

/** The number of appointments, and of doctors who have any. */
export interface Totals {
  appointments: number;
  doctors: number;
}

/** The parts of one reader, or those that all share. */
class Share {
  /** By no key: a date has few doctors, and a map costs as much as three of them. */
  all: readonly Part[] = [];
  /** Updated with each part that changes, so that a small change stays cheap on a large date. */
  totals: Totals = { appointments: 0, doctors: 0 };
  /** The parts in the order in which they are sent; undefined until it is needed. */
  inOrder: readonly Part[] | undefined;
}

/** The parts of single readers. */
class Readers {
  shares = new Map<string, Share>();
  /** Of each section, by doctor. */
  parts = new Map<string, Set<Part>>();

  shareOf(reader: string): Share {
    let share = this.shares.get(reader);
    if (!share) this.shares.set(reader, (share = new Share()));
    return share;
  }

  add(part: Part): void {
    this.parts.set(part.doctorId, (this.parts.get(part.doctorId) ?? new Set()).add(part));
  }
}

/**
 * The state of a date as one audience sees it. Each part has the revision of its last change, and so has a removed one. So
 * the changes since any earlier revision can be found without a history.
 */
export class QueueState {
  readonly date: string;
  /** Undefined until the date has been read. */
  epoch: string | undefined;
  revision = 0;
  changedAt: Date | null = null;
  openTasks: number | null = null;
  #common = new Share();
  /** Undefined where all share all parts: maps that stay empty would be a tenth of a small date's memory. */
  #readers: Readers | undefined;

  constructor(date: string) {
    this.date = date;
  }

  /** False when the changes belong to another history than this state because the database was restored. */
  continuesWith(changes: QueueChanges): boolean {
    return this.epoch === undefined || (changes.epoch === this.epoch && changes.revision >= this.revision);
  }

  reset(): void {
    this.epoch = undefined;
    this.revision = 0;
    this.#common = new Share();
    this.#readers = undefined;
  }

  apply({ epoch, revision, changedAt, openTasks, parts }: QueueChanges): void {
    this.epoch = epoch;
    this.revision = revision;
    this.changedAt = changedAt;
    this.openTasks = openTasks;
    const present = new Set<Part>();
    const changedSections = new Map<string, number>();
    for (const change of parts) {
      present.add(this.#put(change));
      changedSections.set(change.doctorId, change.revision);
    }
    for (const [doctorId, revision] of changedSections) this.#removeOthers(doctorId, present, revision);
  }

  /** The selected parts, also removed ones, in the order in which they are sent. */
  parts(filter: PartFilter): readonly Part[] {
    const share = this.#findShare(filter.reader);
    if (!share || filter.doctorId !== undefined) return this.#select(filter).filter((part) => isIn(filter, part));
    const all = share.inOrder ?? inOrder(share.all);
    // A list of one is made as fast as it is found, and thousands of dates would keep one each.
    if (all.length > 1) share.inOrder = all;
    return filter.areaId === undefined ? all : all.filter((part) => isIn(filter, part));
  }

  /**
   * The selected parts that changed after a revision, also removed ones, in the order in which they are sent. A part that is
   * not in the selected area may have been there before, so it counts as removed.
   */
  changedSince(revision: number, filter: PartFilter): readonly Part[] {
    const changed = inOrder(this.#select(filter).filter((part) => part.revision > revision));
    return filter.areaId === undefined
      ? changed
      : changed.map((part) => (isIn(filter, part) ? part : { ...part, json: null }));
  }

  totals(filter: PartFilter): Totals {
    const share = this.#findShare(filter.reader);
    if (share && filter.doctorId === undefined && filter.areaId === undefined) return share.totals;
    const present = this.#select(filter).filter((part) => part.json !== null && isIn(filter, part));
    return {
      appointments: present.reduce((sum, { appointmentCount }) => sum + appointmentCount, 0),
      doctors: present.length,
    };
  }

  /** The revision of the last change that is news to whoever gets the selected parts. */
  lastChange(filter: PartFilter): number {
    if (filter.isWhole) return this.revision;
    return this.#select(filter).reduce((last, { revision }) => Math.max(last, revision), 0);
  }

  #select({ reader, doctorId }: PartFilter): readonly Part[] {
    const all = this.#findShare(reader)?.all ?? [];
    if (doctorId === undefined) return all;
    const part = partOf(all, doctorId);
    return part ? [part] : [];
  }

  #put({ doctorId, doctorName, areaId, reader, revision, appointmentCount, json }: PartChange): Part {
    const share = this.#shareOf(reader);
    let part = partOf(share.all, doctorId);
    if (!part) {
      part = { doctorId, reader, doctorName, areaId, revision, appointmentCount: 0, json: null };
      // A list that grew by push() would have spare room.
      share.all = share.all.concat(part);
      if (reader !== null) this.#readers?.add(part);
      share.inOrder = undefined;
    } else if (part.doctorName !== doctorName) {
      part.doctorName = doctorName;
      share.inOrder = undefined;
    }
    part.areaId = areaId;
    // The database stamps sections, so only the text tells whether one reader's part of it changed. A reader must not
    // learn that somebody else's did.
    const isUnchanged = reader !== null && part.json === json;
    if (!isUnchanged) this.#change(part, revision, appointmentCount, json);
    return part;
  }

  #findShare(reader: string | null): Share | undefined {
    return reader === null ? this.#common : this.#readers?.shares.get(reader);
  }

  #shareOf(reader: string | null): Share {
    return reader === null ? this.#common : (this.#readers ??= new Readers()).shareOf(reader);
  }

  /** Removes the parts of readers whom a section that has changed does not concern any more. */
  #removeOthers(doctorId: string, present: Set<Part>, revision: number): void {
    for (const part of this.#readers?.parts.get(doctorId) ?? []) {
      if (!present.has(part) && part.json !== null) this.#change(part, revision, 0, null);
    }
  }

  #change(part: Part, revision: number, appointmentCount: number, json: string | null): void {
    const { totals } = this.#shareOf(part.reader);
    totals.appointments += appointmentCount - part.appointmentCount;
    totals.doctors += Number(json !== null) - Number(part.json !== null);
    part.revision = revision;
    part.appointmentCount = appointmentCount;
    part.json = json;
  }
}

const partOf = (parts: readonly Part[], doctorId: string): Part | undefined =>
  parts.find((part) => part.doctorId === doctorId);

const isIn = ({ areaId }: PartFilter, part: Part): boolean => areaId === undefined || part.areaId === areaId;

/** In the order of the doctors' names, then ids, byte by byte in UTF-8. */
function inOrder(parts: readonly Part[]): readonly Part[] {
  if (parts.length < 2) return parts;
  return parts
    .map((part) => ({ part, key: Buffer.from(`${part.doctorName}\0${part.doctorId}`) }))
    .toSorted((a, b) => a.key.compare(b.key))
    .map(({ part }) => part);
}
