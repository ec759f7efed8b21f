import type { ErrorCode } from "../../contract/error.ts";
import type { Stage } from "../../contract/queue-entry.ts";
import type { steps } from "../../contract/transition.ts";

/*
 * The rules of the queue in plain TypeScript, for one date of a clinic: no SQL, and no locks. Moments are milliseconds. Steps are
 * named by their appointment and their ordinal, because the ids of the database are not known beforehand.
 */

/** S staff, D the doctor, P the patient. */
export interface Caller {
  kind: "S" | "D" | "P";
  sub: string;
  doctor: string | null;
  patient: string | null;
}

type Action = (typeof steps)[number];
export type DoctorState = "present" | "away" | "finished" | "absent";

/** An appointment of the date, with its entry. No stage: the patient is not in the queue. */
export interface Entry {
  appointment: string;
  patient: string;
  doctor: string;
  slot: number;
  startsAt: number | null;
  source: "booking" | "walk_in";
  mode: "in_person" | "phone";
  status: "booked" | "checked_in" | "completed" | "cancelled";
  outcome: string | null;
  stage: Stage | null;
  position: number;
  version: number;
  stepCount: number;
  priority: number;
  turnAt: number;
  tie: number;
  checkedInAt: number;
  place: string | null;
  room: string | null;
  isExclusive: boolean;
  calledAt: number | null;
  announcedAt: number | null;
  callCount: number;
  startedAt: number | null;
  consultingSince: number | null;
  consultedMs: number;
  completedAt: number | null;
  holdReason: string | null;
  answer: string | null;
  requeueCount: number;
  returnDoctor: string | null;
  returnTurn: number | null;
}

export interface Step {
  id: string;
  appointment: string;
  ordinal: number;
  action: Action;
  from: Stage | null;
  to: Stage | null;
  by: string | null;
  at: number;
  group: number | null;
  undoes: string | null;
  isUndone: boolean;
  /** What the step changed of the entry, as it was. */
  before: Partial<Entry>;
}

/** A place that was used on the date; `after` is the newest step that filled or emptied it. */
export interface Place {
  room: string | null;
  doctors: string[];
  after: string;
  appointment: string | null;
  nextAfter: string | null;
  nextStep: string | null;
  /** Whose next it was: another doctor who uses the room asks for another patient. */
  nextDoctor: string | null;
}

export interface Doctor {
  id: string;
  kind: "person" | "service";
  room: string | null;
  state: DoctorState;
  lastPosition: number;
}

export interface Request {
  action: Action;
  version?: number;
  room_id?: string;
  reason?: string;
  doctor_id?: string;
  return?: boolean;
  priority?: number;
  answer?: string;
  before_appointment?: string;
  after_appointment?: string;
}

export interface NextRequest {
  after: string | null;
  room_id?: string;
  finish?: string;
  skip?: string;
}

/** What a call comes to: done, done before, or refused for one of these reasons. */
export type Outcome = { done: true; repeated: boolean; appointment: string | null } | { refused: ErrorCode[] };

class Refused extends Error {
  readonly codes: ErrorCode[];
  constructor(...codes: ErrorCode[]) {
    super(codes.join(", "));
    this.codes = codes;
  }
}

const open: Stage[] = ["waiting", "called", "in_consultation", "on_hold", "skipped"];
const staffAndDoctor = "SD";

/** The table of stages: who may do what from which stage, and where it leads. */
const moves: { action: Action; who: string; from: Stage[]; to?: Stage }[] = [
  { action: "call_next", who: staffAndDoctor, from: ["waiting"], to: "called" },
  { action: "call", who: staffAndDoctor, from: ["waiting", "skipped", "on_hold"], to: "called" },
  { action: "acknowledge", who: "SDP", from: ["called"] },
  { action: "acknowledge", who: "P", from: ["skipped"] },
  { action: "recall", who: staffAndDoctor, from: ["called"] },
  { action: "start", who: staffAndDoctor, from: ["called", "waiting", "skipped", "on_hold"], to: "in_consultation" },
  { action: "hold", who: "SDP", from: ["waiting"], to: "on_hold" },
  { action: "hold", who: staffAndDoctor, from: ["called", "in_consultation"], to: "on_hold" },
  { action: "resume", who: "SDP", from: ["on_hold"], to: "waiting" },
  { action: "serve", who: staffAndDoctor, from: ["in_consultation", "called"], to: "served" },
  { action: "skip", who: staffAndDoctor, from: ["called"], to: "skipped" },
  { action: "requeue", who: staffAndDoctor, from: ["called", "skipped", "no_show", "left", "served"], to: "waiting" },
  { action: "no_show", who: staffAndDoctor, from: ["skipped", "called"], to: "no_show" },
  { action: "leave", who: "SDP", from: ["waiting", "called", "on_hold", "skipped"], to: "left" },
  { action: "leave", who: staffAndDoctor, from: ["in_consultation"], to: "left" },
  { action: "transfer", who: staffAndDoctor, from: open, to: "waiting" },
  { action: "prioritise", who: staffAndDoctor, from: open },
  { action: "move", who: "S", from: ["waiting"] },
];

/** The stage that an action leads to whatever it began at: whoever is there already has been through it. */
const destinations: Partial<Record<Action, Stage>> = {
  hold: "on_hold",
  serve: "served",
  skip: "skipped",
  no_show: "no_show",
  leave: "left",
};

const hour = 3_600_000;
export const holdsPlace = (stage: Stage | null): boolean => stage === "called" || stage === "in_consultation";

export interface Policy {
  order: "appointment" | "arrival";
  walkInDelayMs: number;
}

export class QueueModel {
  readonly policy: Policy;
  doctors = new Map<string, Doctor>();
  entries = new Map<string, Entry>();
  places = new Map<string, Place>();
  steps = new Map<string, Step>();
  erased = new Set<string>();
  isOver = false;
  isClosed = false;
  #groups = 0;

  constructor(policy: Policy) {
    this.policy = policy;
  }

  /** What somebody may do with an entry as it stands, before any guard is asked. */
  legalActions(entry: Entry, kind: Caller["kind"]): Action[] {
    return moves
      .filter((move) => entry.stage !== null && move.who.includes(kind) && move.from.includes(entry.stage))
      .map(({ action }) => action);
  }

  /** Who waits for a doctor, in the order in which they are called. */
  waiting(doctor: string): Entry[] {
    return this.#inOrder(doctor).filter(({ stage }) => stage === "waiting");
  }

  /** The newest step of an entry that stands, of those that an undo could take back. */
  newest(appointment: string): Step | undefined {
    return [...this.steps.values()]
      .filter((step) => step.appointment === appointment && !step.isUndone)
      .filter(({ action }) => !["undo", "acknowledge", "recall"].includes(action))
      .at(-1);
  }

  book(fields: Pick<Entry, "appointment" | "patient" | "doctor" | "slot" | "startsAt" | "mode">): void {
    this.entries.set(fields.appointment, { ...blank, ...fields });
  }

  checkIn(caller: Caller, appointment: string, at: number): Outcome {
    return this.#try(() => {
      const entry = this.#visible(caller, appointment);
      if (entry.stage !== null && open.includes(entry.stage)) throw new Refused("AlreadyCheckedIn");
      if (entry.status === "cancelled" || entry.stage === "served") throw new Refused("InvalidTransition");
      if (this.isOver) throw new Refused("InvalidDate");
      // Somebody who was given up is back with the position that they had.
      if (entry.stage !== null) this.#requeue(entry, caller.sub, at);
      else this.#enter(entry, "check_in", caller.sub, at, {});
      return { done: true, repeated: false, appointment };
    });
  }

  /** @param as the id of the new appointment, which the database chooses. */
  walkIn(caller: Caller, patient: string, doctorId: string, priority: number, as: string | null, at: number): Outcome {
    return this.#try(() => {
      if (this.erased.has(patient)) throw new Refused("NotFound");
      const doctor = this.#doctor(doctorId);
      const reasons: ErrorCode[] = [];
      if (isAway(doctor)) reasons.push("DoctorUnavailable");
      const isThere = ({ status, stage }: Entry) => status === "booked" || (stage !== null && open.includes(stage));
      const theirs = [...this.entries.values()].filter((one) => one.patient === patient && one.doctor === doctorId);
      if (theirs.some(isThere)) reasons.push("AlreadyBooked");
      if (reasons.length > 0) throw new Refused(...reasons);
      const appointment = as ?? "";
      const slot = this.#slotBeyond(doctorId);
      this.book({ appointment, patient, doctor: doctorId, slot, startsAt: null, mode: "in_person" });
      const entry = this.entry(appointment);
      entry.source = "walk_in";
      this.#enter(entry, "walk_in", caller.sub, at, { priority });
      return { done: true, repeated: false, appointment };
    });
  }

  setState(doctor: string, state: DoctorState): void {
    this.#doctor(doctor).state = state;
  }

  erase(patient: string, at: number): Outcome {
    return this.#try(() => {
      if (this.erased.has(patient)) throw new Refused("NotFound");
      this.erased.add(patient);
      for (const entry of this.entries.values()) {
        if (entry.patient !== patient) continue;
        if (entry.status === "booked" && !this.isOver)
          Object.assign(entry, { status: "cancelled", outcome: "cancelled_by_clinic" });
        if (!this.isClosed && entry.stage !== null && open.includes(entry.stage))
          this.#step(entry, "leave", "left", null, at, {});
        entry.holdReason = null;
        for (const step of this.steps.values())
          if (step.appointment === entry.appointment && "holdReason" in step.before) step.before.holdReason = null;
      }
      return { done: true, repeated: false, appointment: null };
    });
  }

  /** Closes the day; nobody is judged in the queue of a doctor who called nobody. */
  close(at: number): void {
    if (this.isClosed) return;
    const calls = [...this.steps.values()].filter(
      ({ action, isUndone }) => ["call", "call_next", "start"].includes(action) && !isUndone,
    );
    const callers = new Set(calls.map(({ id }) => this.#callerOf.get(id)));
    const outcomes: Partial<Record<Stage, Stage>> = {
      in_consultation: "served",
      called: "left",
      waiting: "left",
      on_hold: "left",
      skipped: "no_show",
    };
    for (const entry of this.entries.values()) {
      if (!callers.has(entry.doctor)) continue;
      const to = entry.stage === null ? undefined : outcomes[entry.stage];
      if (to) this.#step(entry, "close", to, null, at, {});
      else if (entry.status === "booked" && entry.outcome === null) entry.outcome = "no_show";
    }
    this.isClosed = true;
  }

  /** Calls a doctor's next patient, and before it serves or skips the one who is there. */
  next(caller: Caller, doctorId: string, request: NextRequest, at: number): Outcome {
    return this.#try(() => {
      if (caller.doctor !== null && caller.doctor !== doctorId) throw new Refused("NotFound");
      const doctor = this.#doctor(doctorId);
      if (this.isClosed) throw new Refused("InvalidDate");
      const spot = this.#spot(doctor, request.room_id);
      const place = this.places.get(spot.place);
      if ((place?.after ?? null) !== request.after) {
        const last = this.steps.get(place?.nextStep ?? "");
        const isTheirs = place?.nextAfter === request.after && place?.nextDoctor === doctorId;
        if (!last || last.isUndone || !isTheirs) throw new Refused("Stale");
        return { done: true, repeated: true, appointment: last.action === "call_next" ? last.appointment : null };
      }
      if (isAway(doctor)) throw new Refused("DoctorUnavailable");

      const leaving = request.finish ?? request.skip;
      let last: Step | undefined;
      let group: number | null = null;
      if (leaving !== undefined) {
        group = ++this.#groups;
        const there = place?.appointment ?? null;
        if (there !== null && there !== leaving) throw new Refused("PlaceOccupied");
        const entry = this.entries.get(leaving);
        if (there === null || entry?.doctor !== doctorId) throw new Refused("Stale");
        if (request.finish !== undefined) last = this.#serve(entry, caller.sub, at, group);
        else if (entry.stage !== "called") throw new Refused("InvalidTransition");
        else last = this.#step(entry, "skip", "skipped", caller.sub, at, {}, group);
      }
      const first = this.waiting(doctorId).find((entry) => !this.#isElsewhere(entry));
      this.#requireFree(first ?? null, { ...spot, stage: "called", doctor: doctorId });
      if (first) last = this.#call(first, "call_next", spot, caller.sub, at, group);
      const used = this.places.get(spot.place);
      if (last && used) Object.assign(used, { nextAfter: request.after, nextStep: last.id, nextDoctor: doctorId });
      return { done: true, repeated: false, appointment: first?.appointment ?? null };
    });
  }

  /** Takes one action on an entry. */
  act(caller: Caller, appointment: string, request: Request, at: number): Outcome {
    return this.#try(() => {
      const newest = this.newest(appointment);
      const entry = this.#visible(caller, appointment, newest);
      if (this.#isDone(entry, newest, request, at)) return { done: true, repeated: true, appointment };
      if (caller.doctor !== null && entry.doctor !== caller.doctor) throw new Refused("NotFound");
      const isElsewhere =
        holdsPlace(entry.stage) &&
        (request.action === "call" ||
          (request.action === "start" &&
            (entry.stage === "in_consultation" || ![undefined, entry.room].includes(request.room_id))));
      if (isElsewhere) throw new Refused("AlreadyCalled");
      if (caller.kind !== "P" && entry.stage !== null) {
        if (request.version === undefined) throw new Refused("ValidationError");
        if (request.version !== entry.version) throw new Refused("Stale");
      }
      if (entry.stage === null) this.#startRemotely(entry, caller, request, at);
      else this.#act(entry, caller, request, at);
      return { done: true, repeated: false, appointment };
    });
  }

  /** Takes a step back, with all of its group. */
  undo(caller: Caller, appointment: string, id: string, at: number): Outcome {
    return this.#try(() => {
      const target = this.steps.get(id);
      if (!target || target.appointment !== appointment) throw new Refused("NotFound");
      const entry = this.entry(appointment);
      const group = [...this.steps.values()].filter(
        (step) => step === target || (step.group !== null && step.group === target.group),
      );
      const sentAway = group.some((step) => ["transfer", "return"].includes(step.action) && step.by === caller.sub);
      if (caller.doctor !== null && entry.doctor !== caller.doctor && !sentAway) throw new Refused("NotFound");
      if (this.erased.has(entry.patient)) throw new Refused("InvalidTransition");
      if (target.isUndone) return { done: true, repeated: true, appointment };
      if (this.isClosed) throw new Refused("InvalidDate");
      const reasons: ErrorCode[] = [];
      if (["undo", "recall", "acknowledge", "close"].includes(target.action)) reasons.push("InvalidTransition");
      if (caller.kind !== "S" && (target.by !== caller.sub || at - target.at > 600_000)) reasons.push("TooLate");
      if (reasons.length > 0) throw new Refused(...reasons);
      const again = group.length > 1 ? ++this.#groups : null;
      for (const step of group.toReversed()) {
        if (this.newest(step.appointment) !== step) throw new Refused("InvalidTransition");
        this.#takeBack(step, caller.sub, at, again);
      }
      return { done: true, repeated: false, appointment };
    });
  }

  entry(appointment: string): Entry {
    const entry = this.entries.get(appointment);
    if (!entry) throw new Refused("NotFound");
    return entry;
  }

  /** Whose patient it was when a call was made. */
  #callerOf = new Map<string, string>();

  /** Changes nothing when the work is refused. */
  #try(work: () => Outcome): Outcome {
    const kept = structuredClone([this.doctors, this.entries, this.places, this.steps, this.erased] as const);
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      [this.doctors, this.entries, this.places, this.steps, this.erased] = kept;
      return { refused: error.codes };
    }
  }

  #doctor(id: string): Doctor {
    const doctor = this.doctors.get(id);
    if (!doctor) throw new Refused("NotFound");
    return doctor;
  }

  /** The entry, if it exists for the caller: whoever has just sent a patient away may repeat it. */
  #visible(caller: Caller, appointment: string, newest?: Step): Entry {
    const entry = this.entry(appointment);
    const sentAway = newest && ["transfer", "return"].includes(newest.action) && newest.by === caller.sub;
    if (caller.patient !== null && entry.patient !== caller.patient) throw new Refused("NotFound");
    if (caller.doctor !== null && entry.doctor !== caller.doctor && !sentAway) throw new Refused("NotFound");
    return entry;
  }

  #isDone(entry: Entry, newest: Step | undefined, request: Request, at: number): boolean {
    const { action, room_id: room } = request;
    const isSamePlace = room === undefined || room === entry.room;
    if (holdsPlace(entry.stage) && !isSamePlace) return false;
    if (action in destinations && entry.stage === destinations[action]) return true;
    switch (action) {
      case "call":
        return entry.stage === "called";
      case "start":
        return entry.stage === "in_consultation";
      case "recall":
        return entry.stage === "called" && at - (entry.announcedAt ?? 0) < 20_000;
      case "acknowledge":
        return ["called", "skipped"].includes(entry.stage ?? "") && entry.answer === request.answer;
      case "prioritise":
        return newest?.action === action && entry.priority === request.priority;
      case "transfer":
        return newest?.action === action && entry.doctor === request.doctor_id;
      case "serve":
        return newest?.action === "return";
      case "resume":
      case "requeue":
        return newest?.action === action && newest.to === entry.stage;
      default:
        return false;
    }
  }

  #act(entry: Entry, caller: Caller, request: Request, at: number): void {
    const { action } = request;
    const { sub: by } = caller;
    const reasons = this.#refusals(entry, caller, request);
    if (reasons.length > 0) throw new Refused(...reasons);
    const step = (to: Stage | null, changes: Partial<Entry>) => this.#step(entry, action, to, by, at, changes);
    switch (action) {
      case "call":
        this.#call(entry, "call", this.#spotOf(entry, request), by, at, null);
        return;
      case "acknowledge":
        step(entry.stage, { answer: request.answer ?? null });
        return;
      case "recall":
        step("called", { announcedAt: at, callCount: entry.callCount + 1 });
        return;
      case "start": {
        const spot = entry.stage === "called" ? {} : this.#spotOf(entry, request);
        step("in_consultation", { ...spot, startedAt: entry.startedAt ?? at, consultingSince: at });
        return;
      }
      case "hold":
        step("on_hold", { holdReason: request.reason ?? null });
        return;
      case "resume":
        step("waiting", {});
        return;
      case "serve":
        if (this.isClosed) step("served", { completedAt: at });
        else this.#serve(entry, by, at, null);
        return;
      case "skip":
      case "no_show":
      case "leave":
        step(destinations[action] ?? null, {});
        return;
      case "requeue":
        this.#requeue(entry, by, at);
        return;
      case "transfer":
        this.#transfer(entry, request, by, at);
        return;
      case "prioritise":
        step(entry.stage, { priority: request.priority ?? 0 });
        return;
      case "move":
        this.#move(entry, request, by, at);
        return;
      default:
        throw new Error(`no action: ${action}`);
    }
  }

  /** Why an action is refused: one of these is told. */
  #refusals(entry: Entry, { kind }: Caller, request: Request): ErrorCode[] {
    const { action, reason } = request;
    const reasons: ErrorCode[] = [];
    const refuseIf = (condition: boolean, code: ErrorCode) => void (condition && reasons.push(code));
    const isLegal = this.legalActions(entry, kind).includes(action);
    if (this.isClosed) {
      // What staff may do late: tell that somebody was served.
      const isLate = action === "serve" && kind === "S" && entry.stage !== "served";
      refuseIf(!isLate, "InvalidDate");
      refuseIf(!isLate && !isLegal, "InvalidTransition");
    } else refuseIf(!isLegal, "InvalidTransition");

    const isSent = action === "call" || (action === "start" && entry.stage !== "called");
    if (isSent) {
      const doctor = this.#doctor(entry.doctor);
      refuseIf(isAway(doctor), "DoctorUnavailable");
      refuseIf(doctor.kind === "service" && request.room_id === undefined, "ValidationError");
    }
    if ((isSent || action === "start") && reasons.length === 0) {
      const stage = action === "call" ? "called" : "in_consultation";
      const spot = isSent ? this.#spotOf(entry, request) : entry;
      try {
        this.#requireFree(entry, { ...spot, place: spot.place ?? "", doctor: entry.doctor, stage });
      } catch (error) {
        reasons.push(...(error as Refused).codes);
      }
    }
    if (action === "call") {
      const ordered = this.#inOrder(entry.doctor);
      const before = ordered.slice(0, ordered.indexOf(entry));
      const arePassedOver = before.some((other) => other.stage === "waiting" && !this.#isElsewhere(other));
      refuseIf(arePassedOver && !reason, "ValidationError");
    }
    if (action === "acknowledge")
      refuseIf((request.answer === "here") !== (entry.stage === "skipped"), "ValidationError");
    if (action === "no_show") refuseIf(entry.callCount < 2, "InvalidTransition");
    if (action === "prioritise" || action === "move") refuseIf(!reason, "ValidationError");
    if (action === "transfer") {
      const doctor = this.doctors.get(request.doctor_id ?? "");
      refuseIf(!doctor, "NotFound");
      refuseIf(doctor?.id === entry.doctor, "ValidationError");
      refuseIf(doctor !== undefined && isAway(doctor), "DoctorUnavailable");
    }
    if (action === "move") refuseIf(!this.#neighbour(entry, request), "ValidationError");
    return reasons;
  }

  #startRemotely(entry: Entry, caller: Caller, request: Request, at: number): void {
    const reasons: ErrorCode[] = [];
    const canStart = request.action === "start" && caller.kind !== "P" && entry.status === "booked";
    if (!canStart || entry.mode === "in_person") reasons.push("InvalidTransition");
    const doctor = this.#doctor(entry.doctor);
    if (this.isClosed) reasons.push("InvalidDate");
    if (isAway(doctor)) reasons.push("DoctorUnavailable");
    if (doctor.kind === "service" && request.room_id === undefined) reasons.push("ValidationError");
    if (reasons.length > 0) throw new Refused(...reasons);
    const spot = this.#spotOf(entry, request);
    this.#requireFree(entry, { ...spot, doctor: entry.doctor, stage: "in_consultation" });
    this.#enter(entry, "start", caller.sub, at, { ...spot, startedAt: at, consultingSince: at });
  }

  #serve(entry: Entry, by: string, at: number, group: number | null): Step {
    const { returnDoctor, returnTurn } = entry;
    const inGroup = group ?? (returnDoctor === null ? null : ++this.#groups);
    const served = this.#step(entry, "serve", "served", by, at, { completedAt: at }, inGroup);
    if (returnDoctor === null || returnTurn === null) return served;
    const back = { doctor: returnDoctor, turnAt: returnTurn, returnDoctor: null, returnTurn: null };
    this.#step(entry, "return", "waiting", by, at, { ...this.#arrival(returnDoctor), ...back }, inGroup);
    return served;
  }

  #requeue(entry: Entry, by: string, at: number): void {
    const isMistake = entry.stage === "called";
    const isFirst = entry.requeueCount === 0;
    this.#step(entry, "requeue", "waiting", by, at, {
      completedAt: null,
      ...(isMistake
        ? { calledAt: null, announcedAt: null, callCount: entry.callCount - 1 }
        : { requeueCount: entry.requeueCount + 1, ...(!isFirst && { turnAt: at, tie: 0 }) }),
    });
  }

  #transfer(entry: Entry, request: Request, by: string, at: number): void {
    const doctor = request.doctor_id ?? "";
    const way = request.return
      ? { returnDoctor: entry.doctor, returnTurn: entry.turnAt }
      : doctor === entry.returnDoctor
        ? { returnDoctor: null, returnTurn: null }
        : {};
    this.#step(entry, "transfer", "waiting", by, at, { ...this.#arrival(doctor), doctor, ...way });
  }

  /** What whoever comes to another doctor has there: the next position, and no calls yet. */
  #arrival(doctorId: string): Partial<Entry> {
    const doctor = this.#doctor(doctorId);
    doctor.lastPosition += 1;
    return {
      position: doctor.lastPosition,
      slot: this.#slotBeyond(doctorId),
      completedAt: null,
      calledAt: null,
      announcedAt: null,
      callCount: 0,
      place: null,
      room: null,
      tie: 0,
    };
  }

  #neighbour(entry: Entry, request: Request): Entry | undefined {
    const other = this.entries.get(request.before_appointment ?? request.after_appointment ?? "");
    const isOne =
      other !== entry &&
      other?.doctor === entry.doctor &&
      other.stage === "waiting" &&
      other.priority === entry.priority;
    return isOne ? other : undefined;
  }

  #move(entry: Entry, request: Request, by: string, at: number): void {
    const other = this.#neighbour(entry, request);
    if (!other) throw new Refused("ValidationError");
    const equal = this.#inOrder(entry.doctor, (one) => one.turnAt === other.turnAt);
    for (const [index, one] of equal.entries()) one.tie = 2 * (index + 1);
    const tie = other.tie + (request.before_appointment === undefined ? 1 : -1);
    this.#step(entry, "move", "waiting", by, at, { turnAt: other.turnAt, tie });
  }

  #enter(entry: Entry, action: Action, by: string, at: number, more: Partial<Entry>): void {
    const doctor = this.#doctor(entry.doctor);
    doctor.lastPosition += 1;
    const { version, stepCount, isExclusive, ...none } = blankEntry;
    void [version, stepCount, isExclusive];
    this.#step(entry, action, action === "start" ? "in_consultation" : "waiting", by, at, {
      ...none,
      position: doctor.lastPosition,
      checkedInAt: at,
      turnAt: this.#turnOf(entry, at),
      ...more,
    });
  }

  #turnOf(entry: Entry, at: number): number {
    if (this.policy.order === "arrival") return at;
    if (entry.source === "walk_in") return at + this.policy.walkInDelayMs;
    return entry.startsAt !== null && at < entry.startsAt + hour ? entry.startsAt : at;
  }

  #call(entry: Entry, action: Action, spot: Spot, by: string, at: number, group: number | null): Step {
    const changes = { ...spot, calledAt: at, announcedAt: at, callCount: entry.callCount + 1 };
    return this.#step(entry, action, "called", by, at, changes, group);
  }

  #spotOf(entry: Entry, request: Request): Spot {
    return this.#spot(this.#doctor(entry.doctor), request.room_id);
  }

  #spot(doctor: Doctor, asked: string | undefined): Spot {
    if (doctor.kind === "service" && asked === undefined) throw new Refused("ValidationError");
    const room = asked ?? doctor.room;
    return { place: room ?? doctor.id, room, isExclusive: doctor.kind === "person" };
  }

  /** One patient in a place; and one in consultation with a doctor, but not with a service. */
  #requireFree(entry: Entry | null, spot: Spot & { doctor: string; stage: Stage }): void {
    for (const other of this.entries.values()) {
      if (other === entry) continue;
      const isInPlace = holdsPlace(other.stage) && other.place === spot.place;
      const isWithDoctor =
        spot.stage === "in_consultation" &&
        other.stage === "in_consultation" &&
        spot.isExclusive &&
        other.isExclusive &&
        other.doctor === spot.doctor;
      if (isInPlace || isWithDoctor) throw new Refused("PlaceOccupied");
    }
  }

  /** Whether a patient is called or in consultation with somebody else. */
  #isElsewhere(entry: Entry): boolean {
    return [...this.entries.values()].some(
      (other) => other !== entry && other.patient === entry.patient && holdsPlace(other.stage),
    );
  }

  #inOrder(doctor: string, where: (entry: Entry) => boolean = () => true): Entry[] {
    const isIn = (entry: Entry) => entry.doctor === doctor && entry.stage !== null && where(entry);
    return [...this.entries.values()]
      .filter(isIn)
      .toSorted((a, b) => b.priority - a.priority || a.turnAt - b.turnAt || a.tie - b.tie || a.slot - b.slot);
  }

  /** Slots that no capacity counts, of walk-ins and of whoever was transferred. */
  #slotBeyond(doctor: string): number {
    const slots = [...this.entries.values()].filter((entry) => entry.doctor === doctor).map(({ slot }) => slot);
    return Math.max(1_000, ...slots) + 1;
  }

  #takeBack(step: Step, by: string, at: number, group: number | null): void {
    const entry = this.entry(step.appointment);
    if (step.from === null) {
      const undone = entry.source === "walk_in" ? ["cancelled", "cancelled_by_clinic"] : ["booked", null];
      this.#step(entry, "undo", null, by, at, {}, group, step.id);
      Object.assign(entry, { status: undone[0], outcome: undone[1] });
      return;
    }
    const restored = { ...step.before };
    const { doctor: backTo, slot: oldSlot } = { ...entry, ...restored };
    const isTaken = [...this.entries.values()].some(
      (other) => other !== entry && other.status !== "cancelled" && other.doctor === backTo && other.slot === oldSlot,
    );
    if (isTaken) restored.slot = this.#slotBeyond(backTo);
    const after = { ...entry, ...restored };
    if (holdsPlace(step.from)) {
      const { place, room, isExclusive, doctor } = after;
      this.#requireFree(entry, { place: place ?? "", room, isExclusive, doctor, stage: step.from });
    }
    this.#step(entry, "undo", step.from, by, at, restored, group, step.id);
  }

  /** One step: the entry as it leaves it, who holds which place, and the history. */
  #step(
    entry: Entry,
    action: Action,
    to: Stage | null,
    by: string | null,
    at: number,
    changes: Partial<Entry>,
    group: number | null = null,
    undoes: string | null = null,
  ): Step {
    const old = { ...entry };
    entry.stepCount += 1;
    // An acknowledged or repeated call makes nobody's knowledge of the entry old.
    if (action !== "acknowledge" && action !== "recall") entry.version += 1;
    entry.stage = to;
    if (undoes === null) {
      if (to !== old.stage) Object.assign(entry, { answer: null, holdReason: null });
      if (old.stage === "in_consultation" && to !== "in_consultation") {
        if (action !== "close") entry.consultedMs += at - (old.consultingSince ?? at);
        entry.consultingSince = null;
      }
    }
    Object.assign(entry, changes);
    if (to !== null) {
      entry.status = to === "served" ? "completed" : "checked_in";
      entry.outcome = ["served", "no_show", "left"].includes(to) ? to : null;
    }
    const id = `${entry.appointment} ${entry.stepCount}`;
    const before = changedOf(old, entry);
    // Answers are given meanwhile, and belong to the stage.
    if (to !== old.stage) before.answer = old.answer;
    const from = old.stage;
    const { appointment, stepCount: ordinal } = entry;
    const step = { id, appointment, ordinal, action, from, to, by, at, group, undoes, isUndone: false, before };
    this.steps.set(id, step);
    if (["call", "call_next", "start"].includes(action)) this.#callerOf.set(id, entry.doctor);
    const undone = this.steps.get(undoes ?? "");
    if (undone) undone.isUndone = true;
    this.#settle(old, entry, id);
    return step;
  }

  #settle(old: Entry, entry: Entry, id: string): void {
    const emptied = holdsPlace(old.stage) ? old.place : null;
    const filled = holdsPlace(entry.stage) ? entry.place : null;
    if (emptied === filled) return;
    const left = this.places.get(emptied ?? "");
    if (left) Object.assign(left, { after: id, appointment: null });
    if (filled === null) return;
    const known = this.places.get(filled) ?? {
      room: entry.room,
      doctors: [],
      nextAfter: null,
      nextStep: null,
      nextDoctor: null,
    };
    const doctors = [...new Set([...known.doctors, entry.doctor])];
    this.places.set(filled, { ...known, doctors, after: id, appointment: entry.appointment });
  }
}

interface Spot {
  place: string;
  room: string | null;
  isExclusive: boolean;
}

const isAway = ({ state }: Doctor): boolean => state === "absent" || state === "finished";

function changedOf(old: Entry, now: Entry): Partial<Entry> {
  const changed = Object.entries(old).filter(([key, value]) => now[key as keyof Entry] !== value);
  return Object.fromEntries(changed.filter(([key]) => !["version", "stepCount"].includes(key)));
}

const blankEntry = {
  version: 0,
  stepCount: 0,
  priority: 0,
  tie: 0,
  place: null,
  room: null,
  isExclusive: true,
  calledAt: null,
  announcedAt: null,
  callCount: 0,
  startedAt: null,
  consultingSince: null,
  consultedMs: 0,
  completedAt: null,
  holdReason: null,
  answer: null,
  requeueCount: 0,
  returnDoctor: null,
  returnTurn: null,
} satisfies Partial<Entry>;

const blank = {
  ...blankEntry,
  source: "booking",
  status: "booked",
  outcome: null,
  stage: null,
  position: 0,
  turnAt: 0,
  checkedInAt: 0,
} satisfies Partial<Entry>;
