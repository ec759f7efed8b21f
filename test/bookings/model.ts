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
  | { kind: "setWeek"; doctor: string; sessions: Session[] };

/** How a call came out, as text to compare: what was had, or the SQLSTATE with the alternatives. */
export type Result = string;

const minuteMs = 60_000;
const holdMs = 5 * minuteMs;
const maxHolds = 3;
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
        if (appointment.status === "booked")
          Object.assign(appointment, { status: "cancelled", outcome: "cancelled_by_clinic" });
        return `cancelled ${appointment.outcome}`;
      }
      case "move": {
        const old = this.#find(call.appointment);
        if (old.status !== "booked") throw new Refused("CQ008");
        const place = this.#place({ ...call, hour: null }, { moved: old.name, override: call.override });
        Object.assign(old, { status: "cancelled", outcome: "rescheduled", movedTo: name });
        return this.#add(name, old.patient, call, place);
      }
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
        for (const one of this.appointments.values()) {
          if (one.patient === call.patient && one.status === "booked")
            Object.assign(one, { status: "cancelled", outcome: "cancelled_by_clinic" });
          if (one.patient === call.patient && one.status === "checked_in") one.outcome = "left";
        }
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
        return "set";
    }
  }

  #setDay({ doctor, date }: { doctor: string; date: string }, changes: Partial<Day>): Result {
    this.days.set(`${doctor} ${date}`, { ...this.day(doctor, date), ...changes });
    return "set";
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
    const day = 86_400_000;
    const dates = Array.from({ length: 29 }, (_, n) => dateOf(wanted + (n - 14) * day));
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
