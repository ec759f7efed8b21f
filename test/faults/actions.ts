import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Sql } from "../../db/database.ts";
import { Rest, type Answer } from "../support/rest.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

/** With so many appointments of today, those who were there come back instead of others. */
const maxQueued = 24;
/** A minute, or longer: a fault may keep a busy machine away for that long. */
const maxTries = 1_200;
const retryMs = 50;

/** What can be done with somebody at a stage. */
const actionsByStage: Record<string, object[]> = {
  waiting: [
    { action: "call" },
    { action: "start" },
    { action: "hold" },
    { action: "leave" },
    { action: "prioritise", priority: 1 },
    { action: "transfer" },
    { action: "transfer", return: true },
  ],
  called: [
    { action: "start" },
    { action: "serve" },
    { action: "skip" },
    { action: "requeue" },
    { action: "recall" },
    { action: "acknowledge", answer: "coming" },
  ],
  in_consultation: [{ action: "serve" }, { action: "hold" }, { action: "transfer" }],
  on_hold: [{ action: "resume" }, { action: "call" }],
  skipped: [{ action: "requeue" }, { action: "call" }, { action: "no_show" }],
  served: [{ action: "requeue" }],
  no_show: [{ action: "requeue" }, { action: "check_in" }],
  left: [{ action: "requeue" }, { action: "check_in" }],
};

/** What the harness alone registers and leaves, each under a key. */
const registered = { name: "Petra Patient" };
const task = { text: "Telephone Petra Patient" };

/** A clinic in which queues are moved. */
export interface Moved {
  clinicId: string;
  basePath: string;
  doctors: string[];
}

interface Request {
  method: "post" | "put";
  path: string;
  body: object;
}

export interface ActionReport {
  actions: number;
  done: number;
  repeated: number;
  refused: number;
  /** Told to be done, and not there, or not once. */
  lost: string[];
  /** There without having been asked for, or twice for one request. */
  doubled: number;
}

/** Moves the queues and an appointment of today by REST as desks and doctors do: each action has a key, and is repeated until it is answered. */
export class Actions {
  #world: World;
  #random: Random;
  #today: string;
  /** The step that an action came to, by its key; null where nobody waited. */
  #done = new Map<string, string | null>();
  #repeated = 0;
  #refused = 0;
  #unanswered: string[] = [];

  constructor(world: World, random: Random, today: string) {
    this.#world = world;
    this.#random = random;
    this.#today = today;
  }

  /** Takes one action in a clinic. Throws when the database cannot be asked what there is to do. */
  async act(clinic: Moved): Promise<void> {
    const { path, ...request } = await this.#choose(clinic);
    const key = randomUUID();
    const answer = await this.#send(clinic, path, request, key);
    if (answer === undefined) this.#unanswered.push(key);
    else if (answer.status >= 400) this.#refused += 1;
    else if (request.method === "put" || answer.body.repeated === true) this.#repeated += 1;
    else this.#done.set(key, answer.body.transition?.id ?? null);
  }

  /** What became of all actions, by what the database holds. */
  async report(sql: Sql): Promise<ActionReport> {
    const kept = await sql<{ key: string; asked: string | null; step: string | null }[]>`
      select request.idempotency_key as key, request.transition_id as asked, step.id as step
      from queue_requests request
      left join transitions step on (step.clinic_id, step.id) = (request.clinic_id, request.transition_id)
    `;
    const byKey = new Map(kept.map((row) => [row.key, row]));
    const lost = [...this.#done].flatMap(([key, step]) => {
      const row = byKey.get(key);
      // Somebody who was served or skipped before nobody was called is told of by the place alone.
      const isKept = row !== undefined && row.asked === row.step && (step === null || row.step === step);
      return isKept ? [] : [`${key}: ${step}`];
    });
    const [{ doubled }] = await sql<[{ doubled: number }]>`
      with made as (
        select patient.clinic_id, patient.id, count(request.patient_id)::int as requests
        from patients patient
        left join queue_requests request on (request.clinic_id, request.patient_id) = (patient.clinic_id, patient.id)
        where patient.name = ${registered.name}
        group by 1, 2
        union all
        select task.clinic_id, task.id, count(request.task_id)::int
        from tasks task
        left join queue_requests request on (request.clinic_id, request.task_id) = (task.clinic_id, task.id)
        where task.text = ${task.text}
        group by 1, 2
        union all
        -- What came of a move is kept with the appointment alone.
        select moved.clinic_id, moved.id, count(request.appointment_id)::int
        from appointments moved
        left join queue_requests request
          on (request.clinic_id, request.appointment_id) = (moved.clinic_id, moved.id)
            and num_nonnulls(request.transition_id, request.place_id) = 0
        where moved.rescheduled_from is not null
        group by 1, 2
      ), action as (
        select step.clinic_id, coalesce(step.group_id, step.id) as id, count(request.transition_id)::int as requests
        from transitions step
        left join queue_requests request on (request.clinic_id, request.transition_id) = (step.clinic_id, step.id)
        where step.action <> 'check_in'
        group by 1, 2
      )
      select count(*)::int as doubled from (select * from action union all select * from made) every where requests <> 1
    `;
    const [done, repeated, refused] = [this.#done.size, this.#repeated, this.#refused];
    const actions = done + repeated + refused + this.#unanswered.length;
    return { actions, done, repeated, refused, lost: [...lost, ...this.#unanswered], doubled };
  }

  async #choose(clinic: Moved): Promise<Request> {
    const { sql } = this.#world;
    const random = this.#random;
    const doctor = random.pick(clinic.doctors);
    const entries = await sql<{ id: string; patient: string; stage: string; version: number }[]>`
      select entry.appointment_id as id, appointment.patient_id as patient, entry.stage, entry.version
      from queue_entries entry
      join appointments appointment
        on (appointment.clinic_id, appointment.id) = (entry.clinic_id, entry.appointment_id)
      where (entry.clinic_id, entry.date) = (${clinic.clinicId}, ${this.#today}) and entry.stage is not null
    `;
    const kind = random.between(1, 14);
    if (kind === 14) {
      const [booked] = await sql<{ id: string }[]>`
        select id from appointments
        where (clinic_id, date, status) = (${clinic.clinicId}, ${this.#today}, 'booked')
        limit 1
      `;
      const body = { doctor_id: doctor, date: this.#today };
      if (booked) return { method: "post", path: `appointments/${booked.id}/reschedule`, body };
    }
    if (kind === 13) {
      const [path, body] = random.pick([["patients", registered] as const, ["tasks", task] as const]);
      return { method: "post", path, body };
    }
    if (kind === 1) {
      const state = random.pick(["present", "present", "present", "away", "finished"]);
      return { method: "put", path: `doctors/${doctor}/day?date=${this.#today}`, body: { state } };
    }
    if (kind === 2) {
      const steps = await sql<{ id: string; appointment_id: string }[]>`
        select id, appointment_id from transitions where clinic_id = ${clinic.clinicId} order by at desc limit 5
      `;
      const step = random.pick(steps);
      if (step)
        return {
          method: "post",
          path: `appointments/${step.appointment_id}/transitions/undo`,
          body: { transition: step.id },
        };
    }
    if (kind <= 6)
      return { method: "post", path: `doctors/${doctor}/queue/next`, body: await this.#next(clinic, doctor) };
    const entry = random.pick(entries);
    if (entry === undefined || (entries.length < maxQueued && random.next() < 0.3)) {
      return { method: "post", path: "walk-ins", body: { any_of: clinic.doctors, patient: { name: "Walter Walkin" } } };
    }
    const action = random.pick(actionsByStage[entry.stage] ?? []);
    if ("action" in action && action.action === "check_in") {
      return { method: "post", path: "checkins", body: { appointment_id: entry.id, patient_id: entry.patient } };
    }
    // Some act on what they saw before.
    const version = Math.max(entry.version - (random.next() < 0.1 ? 1 : 0), 0);
    const to = "action" in action && action.action === "transfer" ? { doctor_id: doctor } : {};
    const body = { ...action, ...to, version, reason: "As it was wished" };
    return { method: "post", path: `appointments/${entry.id}/transitions`, body };
  }

  async #next({ clinicId }: Moved, doctor: string): Promise<object> {
    const [place] = await this.#world.sql<{ after: string; there: string | null }[]>`
      select after, appointment_id as there from day_places
      where (clinic_id, date, place_id) = (${clinicId}, ${this.#today}, ${doctor})
    `;
    if (!place) return { after: null };
    const { after, there } = place;
    return { after, ...(there !== null && { [this.#random.pick(["finish", "finish", "skip"])]: there }) };
  }

  /** Sends until there is an answer; undefined when there is none for long. */
  async #send(
    { basePath }: Moved,
    path: string,
    { method, body }: Omit<Request, "path">,
    key: string,
  ): Promise<Answer | undefined> {
    for (let tries = 0; tries < maxTries; tries++) {
      try {
        // Its address may be another since the last try.
        const rest = new Rest(this.#world.api.address + basePath, { "idempotency-key": key });
        const answer = await rest.call(`${method} /api/v1/${path}`, { body });
        if (answer.status < 500) return answer;
      } catch {
        // The api or the way to it is away.
      }
      await delay(retryMs);
    }
    return undefined;
  }
}
