/*
 * The rules of bookings with a time in plain TypeScript, for a few doctors and dates of a clinic in UTC: no SQL, and no locks.
 * Moments are milliseconds. Appointments and holds are named by the call that made them, because the ids of the database are
 * not known beforehand.
 */

export interface Session {
  /** Minutes after midnight. */
  from: number;
  until: number;
  slotMinutes: number;
}

/** What a doctor's date is, beside its appointments. Without a session of its own, `sessions` is null. */
export interface Day {
  isPresent: boolean;
  capacity: number | null;
  sessions: Session[] | null;
}

export interface Appointment {
  name: string;
  patient: string;
  doctor: string;
  date: string;
  slot: number;
  start: number | null;
  end: number | null;
  status: "booked" | "checked_in" | "cancelled";
  outcome: string | null;
  movedTo: string | null;
}

/** Somebody on the waitlist; `kept` is what they would give up. */
interface Place {
  name: string;
  patient: string;
  doctor: string;
  from: string;
  until: string;
  kept: string | null;
  state: "waiting" | "booked" | "withdrawn";
  booked: string | null;
  /** The slots that they do not want. */
  declined: string[];
}

interface Hold {
  name: string;
  doctor: string;
  start: number;
  end: number;
  caller: string;
  expiresAt: number;
}

export type Status = "free" | "taken" | "held" | "full" | "past";
export interface Slot {
  start: number;
  end: number;
  status: Status;
}

/** What somebody asks for; `caller` is whoever holds. */
export type Call =
  | {
      kind: "book";
      patient: string;
      doctor: string;
      date: string;
      start: number | null;
      hour: number | null;
      hold: string | null;
      override: boolean;
    }
  | { kind: "hold"; doctor: string; start: number }
  | { kind: "release"; hold: string }
  | { kind: "cancel"; appointment: string }
  | { kind: "move"; appointment: string; doctor: string; date: string; start: number | null; override: boolean }
  | { kind: "checkIn"; appointment: string; patient: string }
  | { kind: "erase"; patient: string }
  | { kind: "setSessions"; doctor: string; date: string; sessions: Session[] | null }
  | { kind: "setCapacity"; doctor: string; date: string; capacity: number | null }
  | { kind: "setPresence"; doctor: string; date: string; isPresent: boolean }
  | { kind: "setWeek"; doctor: string; sessions: Session[] }
  | { kind: "wait"; patient: string; doctor: string; from: string; until: string; kept: string | null }
  | { kind: "withdraw"; place: string }
  | { kind: "decline"; place: string; doctor: string; start: number }
  | { kind: "take"; place: string; doctor: string; start: number };

/** How a call came out, as text to compare: what was had, or the SQLSTATE with the alternatives. */
export type Result = string;

const minuteMs = 60_000;
const holdMs = 5 * minuteMs;
const maxHolds = 3;
const dayMs = 86_400_000;
/** For so long ahead slots of a new week are offered. */
const offeredDays = 60;
/** No date takes more, whatever its capacity. */
const mostOfDate = 1_000;
export const midnightOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dateOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

class Refused extends Error {}

export class BookingModel {
  readonly today: string;
  readonly capacity: number;
  now = 0;
  /** The sessions of every weekday; none: the doctor has no schedule. */
  weeks = new Map<string, Session[]>();
  days = new Map<string, Day>();
  appointments = new Map<string, Appointment>();
  holds: Hold[] = [];
  erased = new Set<string>();
  waitlist = new Map<string, Place>();
  /** The doctor and the beginning of each slot that the desk has a task about. */
  offers = new Set<string>();

  constructor(today: string, capacity: number) {
    this.today = today;
    this.capacity = capacity;
  }

  clone(): BookingModel {
    const copy = new BookingModel(this.today, this.capacity);
    copy.now = this.now;
    copy.weeks = new Map(this.weeks);
    copy.days = new Map([...this.days].map(([key, day]) => [key, { ...day }]));
    copy.appointments = new Map([...this.appointments].map(([name, one]) => [name, { ...one }]));
    copy.holds = this.holds.map((hold) => ({ ...hold }));
    copy.erased = new Set(this.erased);
    copy.waitlist = new Map([...this.waitlist].map(([name, place]) => [name, { ...place }]));
    copy.offers = new Set(this.offers);
    return copy;
  }

  day(doctor: string, date: string): Day {
    return this.days.get(`${doctor} ${date}`) ?? { isPresent: true, capacity: null, sessions: null };
  }

  /** Does a call, or refuses it and changes nothing. */
  perform(name: string, caller: string, call: Call): Result {
    try {
      return this.#perform(name, caller, call);
    } catch (error) {
      if (error instanceof Refused) return error.message;
      throw error;
    }
  }

  /** The slots of a doctor's date, as if `moved` were not there, for whoever has the hold `own`. */
  slots(doctor: string, date: string, { moved, own }: { moved?: string; own?: Hold | undefined } = {}): Slot[] {
    const { isPresent, capacity, sessions } = this.day(doctor, date);
    if (!isPresent) return [];
    const active = [...this.appointments.values()].filter(
      (one) => one.doctor === doctor && one.status !== "cancelled" && one.name !== moved,
    );
    const ofDate = active.filter((one) => one.date === date);
    const isTaken = (start: number, end: number): boolean =>
      active.some((one) => one.start !== null && one.start < end && (one.end ?? 0) > start);
    const isHeld = (start: number, end: number): boolean =>
      this.holds.some(
        (hold) =>
          hold !== own && hold.doctor === doctor && hold.expiresAt > this.now && hold.start < end && hold.end > start,
      );
    const times = (sessions ?? this.weeks.get(doctor) ?? []).flatMap(({ from, until, slotMinutes }) =>
      Array.from({ length: Math.floor((until - from) / slotMinutes) }, (_, n) => {
        const start = midnightOf(date) + (from + n * slotMinutes) * minuteMs;
        return { start, end: start + slotMinutes * minuteMs };
      }),
    );
    const untimed = ofDate.filter(({ start }) => start === null).length;
    const taken = times.filter(({ start, end }) => isTaken(start, end)).length;
    const isFull = capacity === null ? taken + untimed >= times.length : ofDate.length >= capacity;
    const statusOf = (start: number, end: number): Status => {
      if (isTaken(start, end)) return "taken";
      if (start <= this.now) return "past";
      if (isFull) return "full";
      return isHeld(start, end) ? "held" : "free";
    };
    return times
      .map(({ start, end }) => ({ start, end, status: statusOf(start, end) }))
      .toSorted((one, other) => one.start - other.start);
  }

  #perform(name: string, caller: string, call: Call): Result {
    switch (call.kind) {
      case "book": {
        if (this.erased.has(call.patient)) throw new Refused("CQ001");
        const own = this.holds.find((hold) => hold.name === call.hold && hold.caller === caller);
        const place = this.#place(call, { own, override: call.override });
        return this.#add(name, call.patient, call, place);
      }
      case "hold": {
        const date = dateOf(call.start);
        const { doctor, start } = call;
        const own = this.holds.find((hold) => hold.doctor === doctor && hold.start === start && hold.caller === caller);
        const place = this.#place({ doctor, date, start, hour: null }, { own });
        const others = this.holds.filter(
          (hold) => hold !== own && hold.caller === caller && hold.expiresAt > this.now,
        ).length;
        if (others >= maxHolds) throw new Refused("CQ023");
        this.holds = this.holds.filter((hold) => !(hold.doctor === doctor && hold.start === start));
        const end = place.end ?? 0;
        this.holds.push({ name: own?.name ?? name, doctor, start, end, caller, expiresAt: this.now + holdMs });
        return `held ${start}`;
      }
      case "release":
        this.holds = this.holds.filter((hold) => hold.name !== call.hold || hold.caller !== caller);
        return "released";
      case "cancel": {
        const appointment = this.#find(call.appointment);
        if (appointment.status === "checked_in") throw new Refused("CQ008");
        if (appointment.status === "booked") {
          Object.assign(appointment, { status: "cancelled", outcome: "cancelled_by_clinic" });
          this.#offer(appointment.doctor, appointment.start);
        }
        return `cancelled ${appointment.outcome}`;
      }
      case "move":
        return this.#move(name, this.#find(call.appointment), call);
      case "checkIn": {
        const appointment = this.#find(call.appointment);
        // Whoever left may come back.
        const isThere = appointment.status === "checked_in" && appointment.outcome === null;
        if (isThere) throw new Refused("CQ007");
        if (appointment.status === "cancelled") throw new Refused("CQ008");
        if (appointment.date !== this.today) throw new Refused("CQ003");
        Object.assign(appointment, { status: "checked_in", outcome: null });
        return "checked in";
      }
      case "erase": {
        if (this.erased.has(call.patient)) throw new Refused("CQ001");
        this.erased.add(call.patient);
        for (const [name, { patient }] of this.waitlist) if (patient === call.patient) this.waitlist.delete(name);
        const theirs = [...this.appointments.values()].filter(({ patient }) => patient === call.patient);
        const freed = theirs.filter(({ status }) => status === "booked");
        for (const one of freed) Object.assign(one, { status: "cancelled", outcome: "cancelled_by_clinic" });
        for (const { doctor, start } of freed) this.#offer(doctor, start);
        for (const one of theirs) if (one.status === "checked_in") one.outcome = "left";
        return "erased";
      }
      case "setSessions":
        return this.#setDay(call, { sessions: call.sessions });
      case "setCapacity":
        return this.#setDay(call, { capacity: call.capacity });
      case "setPresence":
        return this.#setDay(call, { isPresent: call.isPresent });
      case "setWeek":
        this.weeks.set(call.doctor, call.sessions);
        this.#offerFree(call.doctor, this.today, dateOf(midnightOf(this.today) + offeredDays * dayMs));
        return "set";
      case "wait": {
        const { patient, doctor, from, until, kept } = call;
        const isTheirs = ({ patient: whose, status }: Appointment): boolean => whose === patient && status === "booked";
        if (this.erased.has(patient)) throw new Refused("CQ001");
        const place = { patient, doctor, from, until, kept, state: "waiting" } as const;
        const isSame = (other: Place): boolean =>
          Object.entries(place).every(([field, value]) => other[field as keyof typeof place] === value);
        if ([...this.waitlist.values()].some(isSame)) return "waits";
        if (kept !== null && !isTheirs(this.#find(kept))) throw new Refused("CQ001");
        this.waitlist.set(name, { name, ...place, booked: null, declined: [] });
        return "waits";
      }
      case "withdraw": {
        const place = this.waitlist.get(call.place);
        if (!place || place.state === "booked") throw new Refused("CQ001");
        place.state = "withdrawn";
        return "withdrawn";
      }
      case "decline": {
        const place = this.waitlist.get(call.place);
        if (place?.state !== "waiting") throw new Refused("CQ001");
        place.declined = [...place.declined, `${call.doctor} ${call.start}`];
        return "declined";
      }
      case "take":
        return this.#take(name, call);
    }
  }

  #setDay({ doctor, date }: { doctor: string; date: string }, changes: Partial<Day>): Result {
    const before = this.day(doctor, date);
    const after = { ...before, ...changes };
    this.days.set(`${doctor} ${date}`, after);
    const isThereAgain = after.isPresent && !before.isPresent;
    const seesMore = (after.capacity ?? mostOfDate) > (before.capacity ?? mostOfDate);
    if ("sessions" in changes || isThereAgain || seesMore) this.#offerFree(doctor, date, date);
    return "set";
  }

  #move(
    name: string,
    old: Appointment,
    to: { doctor: string; date: string; start: number | null; override: boolean },
  ): Result {
    if (old.status !== "booked") throw new Refused("CQ008");
    const place = this.#place({ ...to, hour: null }, { moved: old.name, override: to.override });
    Object.assign(old, { status: "cancelled", outcome: "rescheduled", movedTo: name });
    const result = this.#add(name, old.patient, to, place);
    this.#offer(old.doctor, old.start);
    return result;
  }

  #take(name: string, { place: named, doctor, start }: { place: string; doctor: string; start: number }): Result {
    const place = this.waitlist.get(named);
    if (!place || place.state === "withdrawn") throw new Refused("CQ001");
    if (place.booked !== null) {
      const booked = this.#find(place.booked);
      if (booked.doctor !== doctor || booked.start !== start) throw new Refused("CQ001");
      return `booked ${booked.slot} ${start}`;
    }
    const to = { doctor, date: dateOf(start), start, hour: null, override: false };
    const kept = this.#keptBy(place);
    const result = kept ? this.#move(name, kept, to) : this.#add(name, place.patient, to, this.#place(to, {}));
    Object.assign(place, { state: "booked", booked: name });
    this.offers.delete(`${doctor} ${start}`);
    return result;
  }

  /** What somebody would give up, or what is in its place since it was moved. */
  #keptBy({ kept }: Place): Appointment | undefined {
    let found = kept === null ? undefined : this.appointments.get(kept);
    while (found && found.movedTo !== null) found = this.appointments.get(found.movedTo);
    return found?.status === "booked" ? found : undefined;
  }

  #isWanted(doctor: string, start: number): boolean {
    const date = dateOf(start);
    return [...this.waitlist.values()].some((place) => {
      if (place.state !== "waiting" || place.doctor !== doctor || place.from > date || place.until < date) return false;
      const kept = this.#keptBy(place);
      if (kept && start >= (kept.start ?? midnightOf(kept.date) + dayMs)) return false;
      if (place.declined.includes(`${doctor} ${start}`)) return false;
      return ![...this.appointments.values()].some(
        (one) =>
          one !== kept &&
          one.patient === place.patient &&
          one.doctor === doctor &&
          one.date === date &&
          one.status !== "cancelled",
      );
    });
  }

  /** Gives the desk a task where a slot is free that somebody waits for. */
  #offer(doctor: string, start: number | null): void {
    if (start === null || start <= this.now || !this.#isWanted(doctor, start)) return;
    const isFree = this.slots(doctor, dateOf(start)).some((slot) => slot.start === start && slot.status === "free");
    if (isFree) this.offers.add(`${doctor} ${start}`);
  }

  /** Offers what is free on a range of dates, earliest first, at most as many slots as wait for the doctor. */
  #offerFree(doctor: string, from: string, until: string): void {
    const waiting = [...this.waitlist.values()].filter(
      (place) => place.state === "waiting" && place.doctor === doctor && place.from <= until && place.until >= from,
    );
    let left = waiting.length;
    for (let day = midnightOf(from); left > 0 && day <= midnightOf(until); day += dayMs) {
      for (const { start, status } of this.slots(doctor, dateOf(day))) {
        if (left === 0 || status !== "free" || !this.#isWanted(doctor, start)) continue;
        this.#offer(doctor, start);
        left -= 1;
      }
    }
  }

  #find(name: string): Appointment {
    const found = this.appointments.get(name);
    if (!found) throw new Refused("CQ001");
    return found;
  }

  /** The number and the time that somebody gets on a doctor's date. */
  #place(
    { doctor, date, start, hour }: { doctor: string; date: string; start: number | null; hour: number | null },
    { own, moved, override = false }: { own?: Hold | undefined; moved?: string; override?: boolean },
  ): Pick<Appointment, "slot" | "start" | "end"> {
    const day = this.day(doctor, date);
    if (!day.isPresent) throw new Refused("CQ004");
    const active = [...this.appointments.values()].filter(
      (one) => one.doctor === doctor && one.date === date && one.status !== "cancelled" && one.name !== moved,
    );
    const used = new Set(active.map((one) => one.slot));
    let slot = 1;
    while (used.has(slot)) slot += 1;
    if (day.sessions === null && (this.weeks.get(doctor) ?? []).length === 0) {
      if (start !== null) throw new Refused("CQ021 ");
      if (active.length >= (day.capacity ?? this.capacity)) throw new Refused("CQ005");
      return { slot, start: null, end: null };
    }
    const slots = this.slots(doctor, date, { ...(moved !== undefined && { moved }), own });
    if (start === null) {
      const inHour = (moment: number): boolean => hour === null || new Date(moment).getUTCHours() === hour;
      const first = slots.find((one) => one.status === "free" && inHour(one.start));
      if (!first) throw new Refused("CQ005");
      return { slot, start: first.start, end: first.end };
    }
    const wanted = slots.find((one) => one.start === start);
    if (!wanted || wanted.status === "past") throw new Refused(`CQ021 ${this.#nearest(doctor, start, moved)}`);
    if (wanted.status === "full") throw new Refused("CQ005");
    if (wanted.status === "taken" || (wanted.status === "held" && !override))
      throw new Refused(`CQ022 ${this.#nearest(doctor, start, moved)}`);
    return { slot, start: wanted.start, end: wanted.end };
  }

  /** The three free slots that are nearest to a moment, in the order of time. */
  #nearest(doctor: string, wanted: number, moved?: string): string {
    const dates = Array.from({ length: 29 }, (_, n) => dateOf(wanted + (n - 14) * dayMs));
    const free = dates
      .flatMap((date) => this.slots(doctor, date, moved === undefined ? {} : { moved }))
      .filter(({ status }) => status === "free")
      .map(({ start }) => start);
    const nearest = free.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b).slice(0, 3);
    return nearest.toSorted((a, b) => a - b).join(",");
  }

  #add(
    name: string,
    patient: string,
    { doctor, date }: { doctor: string; date: string },
    place: Pick<Appointment, "slot" | "start" | "end">,
  ): Result {
    const made = { name, patient, doctor, date, ...place, status: "booked", outcome: null, movedTo: null } as const;
    this.appointments.set(name, made);
    const { start, end } = place;
    if (start !== null)
      this.holds = this.holds.filter(
        (hold) => !(hold.doctor === doctor && hold.start < (end ?? 0) && hold.end > start),
      );
    return `booked ${place.slot} ${start}`;
  }
}

/** An order of these calls, one after another, in which each comes out as it did; and the state after it. */
export function findOrder(
  model: BookingModel,
  calls: { name: string; caller: string; call: Call; result: Result }[],
  isEnd: (model: BookingModel) => boolean,
): BookingModel | undefined {
  if (calls.length === 0) return isEnd(model) ? model : undefined;
  for (const [index, { name, caller, call, result }] of calls.entries()) {
    const next = model.clone();
    if (next.perform(name, caller, call) !== result) continue;
    const found = findOrder(next, calls.toSpliced(index, 1), isEnd);
    if (found) return found;
  }
  return undefined;
}
