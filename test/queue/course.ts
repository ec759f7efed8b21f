import { expect } from "chai";
import * as fc from "fast-check";
import { closeDays } from "../../db/queries/transitions.ts";
import type { Calls, Result } from "./calls.ts";
import { expectInvariants } from "./invariants.ts";
import { QueueModel, type Caller, type Entry, type NextRequest, type Outcome, type Request } from "./model.ts";
import type { QueueClinic } from "./queue-clinic.ts";
import { readState, StaffView, type State } from "./state.ts";

/** Who calls, with what key and how up to date, and numbers that choose among what there is. */
const choice = {
  by: fc.nat(9),
  who: fc.nat(99),
  what: fc.nat(99),
  other: fc.nat(99),
  /** Sometimes it goes by what was the case before. */
  isStale: fc.integer({ min: 1, max: 12 }).map((n) => n === 12),
  hasKey: fc.integer({ min: 1, max: 4 }).map((n) => n === 4),
  /** Sometimes it asks for what makes no sense. */
  isWild: fc.integer({ min: 1, max: 8 }).map((n) => n === 8),
};
const kinds = {
  act: 12,
  next: 6,
  undo: 4,
  checkIn: 4,
  again: 3,
  walkIn: 2,
  book: 1,
  state: 1,
  advance: 2,
};
type Kind = keyof typeof kinds | "erase" | "close";
const weighted = Object.entries(kinds).map(([kind, weight]) => ({ weight: 10 * weight, arbitrary: fc.constant(kind) }));
const rare = [
  { weight: 3, arbitrary: fc.constant("erase") },
  { weight: 1, arbitrary: fc.constant("close") },
];

/** One thing that happens in a clinic with a queue. Left out or in another order, the others still mean something. */
const happening = fc.record({ kind: fc.oneof(...weighted, ...rare) as fc.Arbitrary<Kind>, ...choice });
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** So many of them. A course that fails is shrunk by leaving some out. */
export const happenings = (count: number) =>
  fc.array(fc.option(happening, { freq: 1_000 }), { minLength: count, maxLength: count });

/** Few, so that several have the same turn. */
const hours = [11, 13, 11, null, 13];

/** A course of a day, in the model and in the database; after each step they are the same. */
export class Course {
  readonly #clinic: QueueClinic;
  readonly #calls: Calls;
  readonly #model: QueueModel;
  readonly #view = new StaffView();
  readonly #log: string[] = [];
  #state: State = { entries: [], places: [], steps: [] };
  #last: (() => Promise<void>) | undefined;
  #keys = 0;

  constructor(clinic: QueueClinic, calls: Calls, order: "appointment" | "arrival") {
    this.#clinic = clinic;
    this.#calls = calls;
    this.#model = new QueueModel({ order, walkInDelayMs: 300_000 });
    for (const [index, id] of clinic.doctors.entries()) {
      const kind = id === clinic.service ? "service" : "person";
      const room = index === 0 ? (clinic.rooms[0] ?? null) : null;
      this.#model.doctors.set(id, { id, kind, room, state: "present", lastPosition: 0 });
    }
  }

  /** @throws with the list of the calls until then. */
  async run(happenings: (Happening | null)[]): Promise<void> {
    try {
      for (let n = 0; n < 6; n++)
        await this.#book(n, n, hours[n % hours.length] ?? null, n === 5 ? "phone" : "in_person");
      for (const one of happenings) if (one) await this.#perform(one);
      expectInvariants(this.#state);
    } catch (error) {
      (error as Error).message += `\n${this.#log.join("\n")}`;
      throw error;
    }
  }

  async #perform(one: Happening): Promise<void> {
    switch (one.kind) {
      case "act":
        return this.#act(one);
      case "next":
        return this.#next(one);
      case "undo":
        return this.#undo(one);
      case "checkIn":
        return this.#checkIn(one);
      case "again":
        return this.#last?.();
      case "walkIn":
        return this.#walkIn(one);
      case "book":
        if (!this.#model.isOver)
          await this.#book(
            one.who,
            one.what,
            hours[one.other % hours.length] ?? null,
            one.isWild ? "phone" : "in_person",
          );
        return;
      case "state":
        return this.#setState(one);
      case "advance":
        // By no sum of these does a limit of 20 seconds or 10 minutes come close.
        return this.#clinic.advance(one.isWild ? 661_000 : 31_000);
      case "erase":
        return this.#erase(one);
      case "close":
        return this.#close();
    }
  }

  async #book(who: number, what: number, hour: number | null, mode: Entry["mode"]): Promise<void> {
    const [patient, doctor] = [pick(this.#clinic.patients, who), pick(this.#clinic.doctors, what)];
    const state = this.#model.doctors.get(doctor)?.state;
    if (this.#model.erased.has(patient) || state === "absent" || state === "finished") return;
    const { id, slot, startsAt, ticket } = await this.#clinic.book(patient, doctor, { hour, mode });
    this.#model.book({ appointment: id, patient, doctor, slot, startsAt, mode });
    this.#log.push(`booked ${ticket} (${hour ?? "any"}, ${mode})`);
    await this.#look();
    await this.#compare();
  }

  async #act(one: Happening): Promise<void> {
    const entry = this.#entry(one.who);
    if (!entry) return;
    const caller = this.#caller(one, entry);
    if (entry.stage === null && (entry.mode === "in_person" || caller.kind === "P")) return this.#checkIn(one);
    const legal = this.#model.legalActions(entry, caller.kind);
    const all = ["call", "recall", "start", "hold", "resume", "serve", "skip", "requeue", "no_show", "leave"] as const;
    const ofPatients = ["acknowledge", "hold", "resume", "leave"] as const;
    const possible = one.isWild || legal.length === 0 ? (caller.kind === "P" ? ofPatients : all) : legal;
    const action =
      entry.stage === null
        ? "start"
        : pick(
            possible.filter((name) => name !== "call_next"),
            one.what,
          );
    const request: Request = { action };
    if (entry.stage !== null && caller.kind !== "P")
      request.version = Math.max(0, entry.version - (one.isStale ? 1 : 0));
    if (action === "call" || action === "start") {
      const room = this.#room(entry.doctor, one);
      if (room !== undefined) request.room_id = room;
    }
    if (one.other % 4 > 0) request.reason = `because ${one.other}`;
    if (action === "acknowledge") request.answer = pick(["coming", "minutes", "here"], one.other);
    if (action === "prioritise") request.priority = one.other % 3;
    if (action === "transfer") {
      request.doctor_id = pick(this.#clinic.doctors, one.other);
      request.return = one.other % 2 === 0;
    }
    if (action === "move") {
      const others = this.#model.waiting(entry.doctor).filter((other) => other !== entry);
      const other =
        (others.length > 0 && !one.isWild ? pick(others, one.other) : this.#entry(one.other))?.appointment ?? "";
      if (one.what % 2 === 0) request.before_appointment = other;
      else request.after_appointment = other;
    }
    await this.#twice(one, (key) =>
      this.#call(
        `${action} ${this.#nameOf(entry.appointment)} ${JSON.stringify(request)}`,
        caller,
        () => this.#calls.act(caller, entry.appointment, request, key),
        (at) => this.#model.act(caller, entry.appointment, request, at),
      ),
    );
  }

  async #next(one: Happening): Promise<void> {
    const caller = this.#caller({ ...one, by: one.by % 7 });
    const doctor = one.isWild
      ? pick(this.#clinic.doctors, one.who)
      : (caller.doctor ?? pick(this.#clinic.doctors, one.who));
    const room = this.#room(doctor, one);
    const place = this.#model.places.get(room ?? this.#model.doctors.get(doctor)?.room ?? doctor);
    const steps = [...this.#model.steps.values()];
    const after = one.isStale ? (steps[one.other % (steps.length + 1)]?.id ?? null) : (place?.after ?? null);
    const leaving = place?.appointment ?? (one.isWild ? this.#entry(one.other)?.appointment : undefined);
    const request: NextRequest = { after, ...(room !== undefined && { room_id: room }) };
    if (leaving && one.what % 5 > 0) request[one.what % 5 === 1 ? "skip" : "finish"] = leaving;
    const asked = { ...request, after: this.#idOf(after) };
    await this.#twice(one, (key) =>
      this.#call(
        `next of ${this.#clinic.doctors.indexOf(doctor)} ${JSON.stringify(request)}`,
        caller,
        () => this.#calls.next(caller, doctor, asked, key),
        (at) => this.#model.next(caller, doctor, request, at),
      ),
    );
  }

  async #undo(one: Happening): Promise<void> {
    const steps = [...this.#model.steps.values()];
    const entry = this.#entry(one.who);
    const newest = entry && this.#model.newest(entry.appointment);
    const step = one.isWild ? steps[one.other % Math.max(1, steps.length)] : newest;
    const id = this.#idOf(step?.id ?? null);
    if (!step || id === null) return;
    const caller = this.#caller({ ...one, by: one.by % 7 }, this.#model.entry(step.appointment));
    await this.#twice(one, (key) =>
      this.#call(
        `undo ${step.action} of ${this.#nameOf(step.appointment)}`,
        caller,
        () => this.#calls.undo(caller, step.appointment, id, key),
        (at) => this.#model.undo(caller, step.appointment, step.id, at),
      ),
    );
  }

  async #checkIn(one: Happening): Promise<void> {
    const booked = [...this.#model.entries.values()].filter(({ stage }) => stage === null);
    const entry = one.isWild || booked.length === 0 ? this.#entry(one.who) : pick(booked, one.who);
    if (!entry) return;
    const caller = this.#caller(one, entry);
    await this.#twice({ ...one, hasKey: false }, () =>
      this.#call(
        `check in ${this.#nameOf(entry.appointment)}`,
        caller,
        () => this.#calls.checkIn(caller, entry.appointment, entry.patient),
        (at) => this.#model.checkIn(caller, entry.appointment, at),
      ),
    );
  }

  async #walkIn(one: Happening): Promise<void> {
    // A walk-in is of today, and the course is of one date.
    if (this.#model.isOver) return;
    const caller = this.#caller({ ...one, by: 0 });
    const [patient, doctor] = [pick(this.#clinic.patients, one.who), pick(this.#clinic.doctors, one.what)];
    const priority = one.other % 5 === 0 ? 1 : 0;
    await this.#twice(one, (key) =>
      this.#call(
        `walk in P${one.who % 8} to ${one.what % 3}`,
        caller,
        () => this.#calls.walkIn(caller, patient, doctor, priority, key),
        (at, made) => this.#model.walkIn(caller, patient, doctor, priority, made, at),
      ),
    );
    const again = this.#last;
    this.#last = async () => {
      // By then, the same request is about another date.
      if (!this.#model.isOver) await again?.();
    };
  }

  async #setState(one: Happening): Promise<void> {
    const doctor = pick(this.#clinic.doctors, one.who);
    const state = pick(["present", "present", "away", "finished", "absent"] as const, one.what);
    await this.#calls.setState(doctor, state);
    this.#model.setState(doctor, state);
    this.#log.push(`doctor ${one.who % 3} is ${state}`);
    await this.#look();
    await this.#compare();
  }

  async #erase(one: Happening): Promise<void> {
    const patient = pick(this.#clinic.patients, one.who);
    await this.#call(
      `erase P${one.who % 8}`,
      this.#caller({ ...one, by: 0 }),
      () => this.#calls.erase(patient),
      (at) => this.#model.erase(patient, at),
    );
  }

  async #close(): Promise<void> {
    if (this.#model.isClosed) return;
    await this.#clinic.setClock(new Date(Date.parse(`${this.#clinic.date}T00:00:00Z`) + 25 * 3_600_000 + 60_000));
    this.#model.isOver = true;
    await closeDays(this.#clinic.sql, 100);
    await this.#look();
    this.#model.close(this.#state.steps.at(-1)?.at ?? 0);
    this.#log.push("closed");
    await this.#compare();
  }

  /** Remembers the call, so that somebody can send it a second time; with the same key, if it has one. */
  async #twice(one: Happening, call: (key: string | null) => Promise<Outcome>): Promise<void> {
    const key = one.hasKey ? `key ${++this.#keys}` : null;
    let first: Outcome | undefined;
    this.#last = async () => {
      if (key !== null && first !== undefined && "done" in first && !first.repeated) this.#replays = first;
      first = await call(key);
    };
    await this.#last();
  }

  /** What came of the same request before, under the same key. */
  #replays: Outcome | undefined;

  /** Makes a call, and the same in the model; then both say the same. */
  async #call(
    what: string,
    caller: Caller,
    call: () => Promise<Result>,
    inModel: (at: number, made: string | null) => Outcome,
  ): Promise<Outcome> {
    const known = this.#state.steps.length;
    const now = this.#clinic.now;
    const result = await call();
    this.#log.push(
      `${caller.sub}: ${what} → ${result.done ? (result.repeated ? "repeated" : "done") : result.refused}`,
    );
    await this.#look();
    const at = this.#state.steps.length > known ? (this.#state.steps.at(-1)?.at ?? now) : now;
    const replayed = this.#replays;
    this.#replays = undefined;
    const outcome: Outcome =
      replayed && "done" in replayed
        ? { ...replayed, repeated: true }
        : inModel(at, result.done ? result.appointment : null);
    if ("refused" in outcome) {
      expect(outcome.refused, "what may be told").to.include(result.done ? "done" : result.refused);
    } else {
      const { done, repeated, appointment } = outcome;
      expect(result, "the answer").to.deep.include({ done, repeated, appointment });
    }
    await this.#compare();
    return replayed ?? outcome;
  }

  async #look(): Promise<void> {
    this.#state = await readState(this.#clinic.sql, this.#clinic.id, this.#clinic.date);
  }

  /** What was read last is as the model has it. */
  async #compare(): Promise<void> {
    const { entries, places, steps } = this.#state;
    const names = new Map(steps.map(({ id, appointment, ordinal }) => [id, `${appointment} ${ordinal}`]));
    const rows = entries.map(({ ticket, isExclusive, returnDoctor, tie, consultedS, ...row }) => {
      void [ticket, isExclusive, returnDoctor, tie];
      // The database counts in whole seconds, each part of a consultation for itself.
      const inModel = (this.#model.entries.get(row.appointment)?.consultedMs ?? 0) / 1_000;
      if (row.stage !== null) expect(consultedS, ticket).to.be.closeTo(inModel, 3);
      const { appointment, patient, doctor, slot, status, outcome, stage, version } = row;
      return stage === null
        ? { appointment, patient, doctor, slot, status, outcome, stage, version: version ?? 0 }
        : row;
    });
    expect(byKey(rows, "appointment")).to.deep.equal(
      byKey([...this.#model.entries.values()].map(shownEntry), "appointment"),
    );
    const used = places.map((place) => ({
      ...place,
      after: names.get(place.after),
      doctors: place.doctors.toSorted(),
    }));
    expect(byKey(used, "place")).to.deep.equal(
      byKey(
        [...this.#model.places].map(([place, { room, doctors, after, appointment }]) => ({
          place,
          room,
          doctors: doctors.toSorted(),
          after,
          appointment,
        })),
        "place",
      ),
    );
    const kept = (
      all: { appointment: string; ordinal: number; action: string; from: string | null; to: string | null }[],
    ) =>
      all
        .map(({ appointment, ordinal, action, from, to }) => `${appointment} ${ordinal} ${action} ${from} ${to}`)
        .toSorted();
    expect(kept(steps)).to.deep.equal(kept([...this.#model.steps.values()]));
    await this.#compareView(names);
  }

  /** The staff's view says the same. */
  async #compareView(names: Map<string, string>): Promise<void> {
    await this.#view.catchUp(this.#clinic.sql, this.#clinic.id, this.#clinic.date);
    const all = [...this.#model.entries.values()].filter(({ status }) => status !== "cancelled");
    for (const doctor of this.#clinic.doctors) {
      const own = all.filter((entry) => entry.doctor === doctor).toSorted((one, other) => one.slot - other.slot);
      const section = this.#view.sections.get(doctor);
      if (own.length === 0) {
        expect(section).to.equal(undefined);
        continue;
      }
      const ranked = this.#model.waiting(doctor);
      expect(
        section?.appointments.map(({ appointment_id, queue, outcome }) => ({
          appointment_id,
          outcome,
          ...(queue && {
            stage: queue.stage,
            rank: queue.rank,
            version: queue.version,
            position: queue.position,
            room: queue.room?.id ?? null,
            call_count: queue.call_count,
            answer: queue.answer,
          }),
        })),
      ).to.deep.equal(
        own.map((entry) => ({
          appointment_id: entry.appointment,
          outcome: entry.outcome,
          ...(entry.stage !== null && {
            stage: entry.stage,
            rank: ranked.indexOf(entry) + 1 || null,
            version: entry.version,
            position: entry.position,
            room: entry.room,
            call_count: entry.callCount,
            answer: entry.answer,
          }),
        })),
      );
      const called = own.filter(({ stage, calledAt }) => stage !== null && calledAt !== null);
      const newest = called.toSorted((one, other) => (other.calledAt ?? 0) - (one.calledAt ?? 0)).slice(0, 5);
      expect({
        waiting: section?.waiting_count,
        served: section?.served_count,
        state: section?.state,
        calls: section?.calls.map(({ ticket, stage }) => `${ticket} ${stage}`),
        places: section?.places.map(({ place_id, after }) => `${place_id} ${names.get(after)}`).toSorted(),
      }).to.deep.equal({
        waiting: ranked.length,
        served: own.filter(({ stage }) => stage === "served").length,
        state: this.#model.doctors.get(doctor)?.state,
        calls: newest.map(({ appointment, stage }) => `${this.#nameOf(appointment)} ${stage}`),
        places: [...this.#model.places]
          .filter(([place, { doctors }]) => doctors.includes(doctor) || place === this.#model.doctors.get(doctor)?.room)
          .map(([place, { after }]) => `${place} ${after}`)
          .toSorted(),
      });
    }
  }

  #caller({ by }: { by: number }, of?: Entry): Caller {
    const [first, second] = this.#clinic.doctors;
    if (by < 4) return { kind: "S", sub: `desk ${by % 2}`, doctor: null, patient: null };
    if (by < 7) {
      const doctor = of && by < 6 && of.doctor !== this.#clinic.service ? of.doctor : by % 2 === 0 ? first : second;
      return {
        kind: "D",
        sub: `doctor ${this.#clinic.doctors.indexOf(doctor ?? "")}`,
        doctor: doctor ?? "",
        patient: null,
      };
    }
    const patient = of && by < 9 ? of.patient : (this.#clinic.patients[0] ?? "");
    return { kind: "P", sub: patient, doctor: null, patient };
  }

  #entry(n: number): Entry | undefined {
    const all = [...this.#model.entries.values()];
    const active = all.filter(({ stage }) =>
      ["waiting", "called", "in_consultation", "on_hold", "skipped"].includes(stage ?? ""),
    );
    // Most of what happens happens to those who are there.
    return n % 4 > 0 && active.length > 0 ? pick(active, n) : all[n % Math.max(1, all.length)];
  }

  /** Where a doctor calls to: sometimes another room than the usual one. */
  #room(doctor: string, { other, isWild }: Happening): string | undefined {
    if (doctor === this.#clinic.service) return isWild ? undefined : pick(this.#clinic.rooms.slice(1), other);
    return other % 4 === 0 ? pick(this.#clinic.rooms, other) : undefined;
  }

  #idOf(step: string | null): string | null {
    return this.#state.steps.find(({ appointment, ordinal }) => `${appointment} ${ordinal}` === step)?.id ?? null;
  }

  #nameOf(appointment: string): string {
    return this.#state.entries.find((row) => row.appointment === appointment)?.ticket ?? appointment;
  }
}

/** An entry of the model as the tables have it. */
function shownEntry(entry: Entry) {
  const { appointment, patient, doctor, slot, status, outcome, stage, version } = entry;
  if (stage === null) return { appointment, patient, doctor, slot, status, outcome, stage, version };
  const { startsAt, source, mode, tie, isExclusive, announcedAt, consultingSince, consultedMs, ...shown } = entry;
  void [startsAt, source, mode, tie, isExclusive, announcedAt, consultingSince, consultedMs];
  const { requeueCount, returnDoctor, returnTurn, ...row } = shown;
  void [requeueCount, returnDoctor, returnTurn];
  return row;
}

function byKey<T>(rows: T[], key: keyof T): Record<string, T> {
  return Object.fromEntries(rows.map((row) => [row[key], row]));
}

function pick<T>(from: readonly T[], n: number): T {
  const one = from[n % from.length];
  if (one === undefined) throw new Error("nothing to choose from");
  return one;
}
