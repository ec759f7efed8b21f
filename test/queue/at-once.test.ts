import { expect } from "chai";
import { Random } from "../faults/random.ts";
import type { Sql } from "../../db/database.ts";
import { createDatabase, type TestDatabase } from "../support/database.ts";
import { cases, seed } from "../support/seed.ts";
import { SqlCalls, type Result } from "./calls.ts";
import { expectInvariants } from "./invariants.ts";
import type { Caller, Request } from "./model.ts";
import { QueueClinic } from "./queue-clinic.ts";
import { readState, StaffView } from "./state.ts";

const callers = 8;
const callsOfEach = 40;

/** Everybody who calls at once, and what they do, by what they see. */
class Crowd {
  readonly #clinic: QueueClinic;
  readonly #random: Random;
  /** What came of each call, under the name by which the history knows it. */
  readonly results = new Map<string, Result>();

  constructor(clinic: QueueClinic, random: Random) {
    this.#clinic = clinic;
    this.#random = random;
  }

  async call(sql: Sql, name: string): Promise<void> {
    const random = this.#random;
    const calls = new SqlCalls({ sql, id: this.#clinic.id, date: this.#clinic.date }, name);
    const [entry] = await sql<{ id: string; patient: string; doctor: string; version: number; stage: string | null }[]>`
      select appointment.id, appointment.patient_id as patient, appointment.doctor_id as doctor,
        coalesce(entry.version, 0) as version, entry.stage
      from appointments appointment
      left join queue_entries entry on (entry.clinic_id, entry.appointment_id) = (appointment.clinic_id, appointment.id)
      where appointment.clinic_id = ${this.#clinic.id}
      order by appointment.id offset ${random.between(0, 23)} limit 1
    `;
    if (!entry) return;
    const { id, patient, doctor, version, stage } = entry;
    const caller: Caller = random.pick([
      { kind: "S", sub: "desk", doctor: null, patient: null },
      { kind: "D", sub: `doctor ${doctor}`, doctor, patient: null },
    ]);
    this.results.set(name, await this.#do(calls, sql, { caller, id, patient, doctor, version, stage }));
  }

  async #do(
    calls: SqlCalls,
    sql: Sql,
    seen: { caller: Caller; id: string; patient: string; doctor: string; version: number; stage: string | null },
  ): Promise<Result> {
    const random = this.#random;
    const { caller, id, patient, doctor, version, stage } = seen;
    const room = this.#clinic.rooms[1 + random.between(0, 1)] ?? "";
    const inRoom = doctor === this.#clinic.service ? { room_id: room } : {};
    if (random.between(0, 99) === 0) return calls.erase(patient);
    if (stage === null) return calls.checkIn(caller, id, patient);
    if (random.between(0, 3) === 0) {
      const [place] = await sql<{ after: string; appointment_id: string | null }[]>`
        select after, appointment_id from day_places
        where (clinic_id, date) = (${this.#clinic.id}, ${this.#clinic.date})
          and place_id = coalesce(
            ${inRoom.room_id ?? null}::uuid, (select room_id from doctors where id = ${doctor}), ${doctor}
          )
      `;
      const leaving = place?.appointment_id ? { [random.pick(["finish", "skip"])]: place.appointment_id } : {};
      return calls.next(caller, doctor, { after: place?.after ?? null, ...inRoom, ...leaving }, null);
    }
    if (random.between(0, 5) === 0) {
      const [newest] = await sql<{ id: string }[]>`
        select id from transitions where appointment_id = ${id} order by ordinal desc limit 1
      `;
      return calls.undo(caller, id, newest?.id ?? id, null);
    }
    if (random.between(0, 11) === 0)
      return calls.walkIn(caller, random.pick(this.#clinic.patients), random.pick(this.#clinic.doctors), 0, null);
    const request: Request = {
      action: random.pick([
        "call",
        "start",
        "hold",
        "resume",
        "serve",
        "skip",
        "requeue",
        "leave",
        "transfer",
        "move",
        "prioritise",
      ] as const),
      version,
      reason: "in a hurry",
    };
    if (request.action === "call" || request.action === "start") Object.assign(request, inRoom);
    if (request.action === "transfer")
      Object.assign(request, { doctor_id: random.pick(this.#clinic.doctors), return: random.between(0, 1) === 0 });
    if (request.action === "prioritise") request.priority = random.between(0, 2);
    if (request.action === "move") {
      const [other] = await sql<{ id: string }[]>`
        select appointment_id as id from queue_entries
        where clinic_id = ${this.#clinic.id} and doctor_id = ${doctor} and stage = 'waiting' and appointment_id <> ${id}
        limit 1
      `;
      request.before_appointment = other?.id ?? id;
    }
    return calls.act(caller, id, request, null);
  }
}

describe(`${callers} callers at once`, function () {
  this.timeout(cases(120_000));
  let database: TestDatabase;
  let connections: Sql[];
  before(async () => {
    database = await createDatabase();
    connections = await database.openEach(callers);
  });
  after(() => database.drop());

  it(`do each thing once, or not at all, and never wait for one another in a ring (seed ${seed})`, async () => {
    for (let day = 0; day < cases(1, 2); day++) {
      const clinic = await QueueClinic.open(database.sql);
      for (const patient of clinic.patients) for (const doctor of clinic.doctors) await clinic.book(patient, doctor);
      const crowd = new Crowd(clinic, new Random(seed + day));

      await Promise.all(
        connections.map(async (sql, index) => {
          for (let n = 0; n < callsOfEach; n++) await crowd.call(sql, `${index} ${n}`);
        }),
      );

      const state = await readState(database.sql, clinic.id, clinic.date);
      expectInvariants(state);
      const names = new Set(state.steps.map(({ name }) => name ?? ""));
      for (const [name, result] of crowd.results) {
        const own = state.steps.filter((step) => step.name === name);
        const isDone = result.done && !result.repeated;
        if (!isDone) expect(own, `${name} ${JSON.stringify(result)}`).to.deep.equal([]);
        else if (result.transition !== null) expect(own.filter(({ id }) => id === result.transition)).to.have.length(1);
      }
      expect([...names].filter((name) => !crowd.results.get(name)?.done)).to.deep.equal([]);
      const view = new StaffView();
      await view.catchUp(database.sql, clinic.id, clinic.date);
      for (const { appointments, waiting_count } of view.sections.values()) {
        const ranks = appointments.flatMap(({ queue }) => queue?.rank ?? []).toSorted((one, other) => one - other);
        expect(ranks).to.deep.equal(Array.from({ length: waiting_count }, (_, index) => index + 1));
      }
    }
    const [{ deadlocks }] = await database.sql<[{ deadlocks: number }]>`
      select deadlocks::integer from pg_stat_database where datname = current_database()
    `;
    expect(deadlocks).to.equal(0);
  });
});
