import type { Signal } from "./fetch.ts";
import type { Place } from "./wire.ts";

/** What is used of a queue that staff or a doctor see. */
interface ShownQueue {
  epoch: string;
  date: string;
  doctors: {
    doctor: { id: string };
    room: { id: string } | null;
    places: Pick<Place, "place_id" | "after">[];
    appointments: { appointment_id: string; queue: { version: number } | null }[];
  }[];
}

/** What holds the queue of a date, as staff or a doctor see it: a `QueueClient`. */
export interface QueueHolder {
  readonly queue: ShownQueue | undefined;
  until: (isSo: (queue: ShownQueue) => boolean, options: { signal?: Signal }) => Promise<unknown>;
}

/** The version of an entry that an answer told; or, where none did, the lowest that it can have after what was done. */
interface KnownVersion {
  version: number;
  isExact: boolean;
}

/** The `after` of a place that an answer told. */
interface KnownPlace {
  after: string | null;
  /** What it was before: a queue that shows one of these is older than the answer. */
  before: Set<string | null>;
  /** A queue that shows this entry with a lower version is older than the answer, too. */
  witness: { appointmentId: string; version: number } | undefined;
}

const mostRemembered = 1_000;
const patienceMs = 2_000;

/**
 * What is known of a queue: the state that is held, and what the answers of actions told, which may be newer. An answer is
 * forgotten once the state has caught up with it, so what others do is known as soon as the state shows it.
 *
 * Without a holder, only the answers are known.
 *
 * @internal
 */
export class KnownQueue {
  #holder: QueueHolder | undefined;
  #history: string | undefined;
  #versions = new Map<string, KnownVersion>();
  #places = new Map<string, KnownPlace>();
  /** By a call, the patient who was served or skipped together with it. */
  #together = new Map<string, string>();

  constructor(holder: QueueHolder | undefined) {
    this.#holder = holder;
  }

  /** Gives a state that is on its way 2 s to come. */
  async settle(): Promise<void> {
    if (this.#holder && !this.#holder.queue) await this.#until(() => true);
  }

  /** Whether what is known is of this date; undefined is the clinic's today, or whatever is held. */
  isOf(date: string | undefined): boolean {
    const held = this.#queue()?.date;
    return date === undefined || held === undefined || held === date;
  }

  /** The place to which a doctor's patients are called, as the server chooses it: the room that is named, or the doctor's. */
  placeOf(doctorId: string, roomId: string | undefined): string {
    const section = this.#queue()?.doctors.find(({ doctor }) => doctor.id === doctorId);
    return roomId ?? section?.room?.id ?? doctorId;
  }

  /** The newest transition of a place, as far as is known; null where none is known. */
  after(placeId: string): string | null {
    const known = this.#places.get(placeId);
    const queue = this.#queue();
    const shown = queue && placeIn(queue, placeId)?.after;
    if (!known || (queue && isCaughtUp(queue, placeId, known))) {
      this.#places.delete(placeId);
      return shown ?? null;
    }
    return known.after;
  }

  /** What is known of an entry's version at once. */
  knownVersion(appointmentId: string): number | undefined {
    const queue = this.#queue();
    const shown = queue && entryIn(queue, appointmentId)?.version;
    const known = this.#versions.get(appointmentId)?.version;
    if (known === undefined || (shown ?? -1) >= known) {
      this.#versions.delete(appointmentId);
      return shown;
    }
    return known;
  }

  /** The version of an entry; where no answer told it, the state is given 2 s to show it. */
  async version(appointmentId: string): Promise<number | undefined> {
    await this.settle();
    const least = this.knownVersion(appointmentId);
    const queue = this.#queue();
    const isExact = this.#versions.get(appointmentId)?.isExact ?? true;
    if (isExact || least === undefined || !queue || !isShown(queue, appointmentId)) return least;
    await this.#until((next) => (entryIn(next, appointmentId)?.version ?? -1) >= least);
    return this.knownVersion(appointmentId);
  }

  /** Takes over the version that an answer, or an error, told. */
  tookVersion(appointmentId: string, version: number): void {
    keep(this.#versions, appointmentId, { version, isExact: true });
  }

  /** A step was done whose answer did not tell the version, which was this before. */
  tookStep(appointmentId: string, versionBefore: number): void {
    keep(this.#versions, appointmentId, { version: versionBefore + 1, isExact: false });
  }

  /** Takes over the place that an answer, or an error, told; the newest patient who moved to or from it is the witness. */
  tookPlace(placeId: string, after: string | null, witness: KnownPlace["witness"]): void {
    const queue = this.#queue();
    const shown = (queue && placeIn(queue, placeId)?.after) ?? null;
    const known = this.#places.get(placeId);
    this.#places.delete(placeId);
    const isShownAlready = queue && (shown === after || (witness && isPast(queue, witness)));
    if (isShownAlready) return;
    const before = new Set(known?.before);
    if (this.#holder) before.add(shown);
    if (this.#holder && known) before.add(known.after);
    before.delete(after);
    this.#places.set(placeId, { after, before, witness: witness ?? known?.witness });
  }

  /** A patient was served or skipped in one group with a call. False where that is known already. */
  tookGroup(callId: string, appointmentId: string): boolean {
    if (this.#together.has(callId)) return false;
    keep(this.#together, callId, appointmentId);
    return true;
  }

  /** Gives, once, who was served or skipped in one group with a call, which is taken back. */
  takeGroup(callId: string): string | undefined {
    const appointmentId = this.#together.get(callId);
    this.#together.delete(callId);
    return appointmentId;
  }

  /** Where no such state comes, what is known has to do: at worst the server says how it is. */
  async #until(isSo: (queue: ShownQueue) => boolean): Promise<void> {
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(), patienceMs);
    await this.#holder?.until(isSo, { signal: ending.signal }).catch(() => undefined);
    clearTimeout(timer);
  }

  /** The state that is held. What was known of another date, or of another history, is forgotten. */
  #queue(): ShownQueue | undefined {
    const queue = this.#holder?.queue;
    const history = queue && `${queue.epoch} ${queue.date}`;
    if (history !== undefined && history !== this.#history) {
      if (this.#history !== undefined) {
        this.#versions.clear();
        this.#places.clear();
        this.#together.clear();
      }
      this.#history = history;
    }
    return queue;
  }
}

function isCaughtUp(queue: ShownQueue, placeId: string, { before, witness }: KnownPlace): boolean {
  if (before.has(placeIn(queue, placeId)?.after ?? null)) return false;
  // A patient who is not shown is with another doctor now, or nowhere.
  return !witness || !entryIn(queue, witness.appointmentId) || isPast(queue, witness);
}

function isPast(queue: ShownQueue, { appointmentId, version }: NonNullable<KnownPlace["witness"]>): boolean {
  return (entryIn(queue, appointmentId)?.version ?? -1) >= version;
}

/** Any section may show the place: those of all doctors who used it show the same. */
function placeIn(queue: ShownQueue, placeId: string) {
  // A view of less than staff see has no places.
  return queue.doctors.flatMap((section) => section.places ?? []).find(({ place_id }) => place_id === placeId);
}

function entryIn(queue: ShownQueue, appointmentId: string) {
  return appointmentsOf(queue).find(({ appointment_id }) => appointment_id === appointmentId)?.queue ?? undefined;
}

const isShown = (queue: ShownQueue, appointmentId: string): boolean =>
  appointmentsOf(queue).some(({ appointment_id }) => appointment_id === appointmentId);

const appointmentsOf = ({ doctors }: ShownQueue) => doctors.flatMap(({ appointments }) => appointments);

/** The oldest goes where there are too many. */
function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > mostRemembered) map.delete(map.keys().next().value ?? "");
}
