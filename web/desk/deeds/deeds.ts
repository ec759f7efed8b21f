import type { Action } from "../../../client/clinic-client.ts";
import type { ClinicClient } from "../../../client/clinic-client.ts";
import { ApiError, PlaceOccupiedError, AlreadyCalledError, StaleError } from "../../../client/errors.ts";
import type { StaffAppointment } from "../../../client/queue-client.ts";
import type { Answer } from "../../../client/rest-client.ts";
import type { Actions, Found as Outcome, WayOn } from "../../shared/actions/actions.ts";
import { findStep } from "../../shared/actions/find-step.ts";
import type { Done } from "../../shared/actions/journal.ts";
import { entryStageOf } from "../../shared/live/entry-stage.ts";
import type { Words } from "../../shared/words/words.ts";
import type { DeskContext } from "../desk-context.ts";
import { findRow, type StaffSection } from "../found.ts";
import { isEarly } from "./is-early.ts";
import { isPossible } from "../panel/panel-actions.ts";
import type { en } from "../words/en.ts";
import { sayDone } from "./say-done.ts";

/** What an action may bear besides its version, which the client knows. */
export interface Fields {
  reason?: string | undefined;
  answer?: "coming" | "minutes" | "in_room" | undefined;
  room_id?: string | undefined;
  doctor_id?: string | undefined;
  return?: boolean | undefined;
  priority?: number | undefined;
  before_appointment?: string | undefined;
  after_appointment?: string | undefined;
}

/** Whom of a place a call of the next one sends away first. */
export interface Leaving {
  finish?: string | undefined;
  skip?: string | undefined;
  room_id?: string | undefined;
}

interface Needs {
  client: ClinicClient;
  actions: Actions;
  /** Those of the language that is chosen now. */
  words: Words<typeof en>;
  desk: DeskContext;
  /** Whose steps are ours, as the history names them. */
  actor: string | null;
}

type Step = Answer<"actInQueue">;

/** Everything that the Desk does to the queue, each with what it tells afterwards and the ways on where it is refused. */
export class Deeds {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /**
   * Takes an action on somebody in the queue. Gives whether it was done at once.
   *
   * @param onDone called when it is done, also where that took trying again
   */
  async act(row: StaffAppointment, action: Action, fields: Fields = {}, onDone?: () => void): Promise<boolean> {
    const { appointment_id: id, ticket } = row;
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const act = async (client: ClinicClient): Promise<Step> => {
      // The caller knows which fields go with the action; the compiler would want to know which action it is.
      const step = await client.act(id, action as "hold", given);
      if (action === "call") this.#requireOurs(step);
      return step;
    };
    const text = (answer?: Step): string =>
      sayDone(this.#needs.words, action, ticket, this.#placeOf(action, fields, answer));
    const answer = await this.#needs.actions.do({
      at: id,
      ticket,
      version: row.queue?.version,
      send: act,
      done: (step) => doneOf(id, text(step), step),
      // A further call is heard, and does no harm twice.
      ...(action !== "recall" && { find: (client: ClinicClient) => this.#find(client, row, [action], text()) }),
      onDone: () => onDone?.(),
      ways: (error) => this.#ways(error, row, action, () => void this.act(row, action, fields, onDone)),
    });
    return answer !== undefined;
  }

  /** Calls a doctor's next patient. */
  async callNext(section: StaffSection, leaving: Leaving = {}): Promise<boolean> {
    const { words, desk } = this.#needs;
    const doctorId = section.doctor.id;
    const answer = await this.#needs.actions.do({
      at: doctorId,
      send: (client) => client.next(doctorId, leaving),
      done: ({ appointment, transition, place }) =>
        appointment && transition
          ? {
              text: sayDone(words, "call", appointment.ticket, place?.room?.name),
              at: transition.at,
              undo: { appointmentId: appointment.id, transition: transition.id },
            }
          : undefined,
      find: (client) => this.#findCall(client, section, leaving),
      ways: (error) => this.#waysOfNext(error, section, leaving),
    });
    if (answer && !answer.appointment) desk.open({ name: "doctor", id: doctorId });
    return answer !== undefined;
  }

  /**
   * Checks in somebody who is booked; whoever was gone waits again. Where it is long before their time, asks instead.
   *
   * @param at when they came, where that was earlier
   * @param isSure whether it was asked already
   */
  async checkIn(
    row: StaffAppointment,
    { at, isSure = false }: { at?: string; isSure?: boolean } = {},
  ): Promise<boolean> {
    const { words, desk } = this.#needs;
    const { appointment_id: id, ticket, patient } = row;
    if (at === undefined && !isSure && isEarly(row, desk.now())) {
      desk.open({ name: "row", id, isEarly: true });
      return false;
    }
    const text = words.say("didCheckIn", { ticket });
    const body = { appointment_id: id, patient_id: patient.id, ...(at !== undefined && { at }) };
    const made = await this.#needs.actions.do({
      at: id,
      ticket,
      send: (client) => client.checkIn(body),
      find: (client) => this.#find(client, row, ["check_in", "requeue"], text),
      onDone: (answer) => {
        if (!answer) return;
        // The next action need not wait until it is known how this one is taken back.
        void newestStep(this.#needs.client, id).then((step) =>
          this.#needs.actions.note({ text, at: step?.at ?? answer.checked_in_at, undo: undoOf(id, step?.id) }),
        );
        if (answer.warning) desk.open({ name: "row", id });
      },
    });
    return made !== undefined;
  }

  /** Cancels what is booked. */
  async cancel(
    row: Pick<StaffAppointment, "appointment_id" | "ticket">,
    reason: string,
    onDone: () => void,
  ): Promise<void> {
    const { words, desk } = this.#needs;
    const { appointment_id: id, ticket } = row;
    await this.#needs.actions.do({
      at: id,
      ticket,
      send: (client) => client.call("cancelAppointment", { params: { id }, body: { reason } }),
      done: () => ({ text: words.say("didCancel", { ticket }), at: desk.now().toISOString() }),
      find: async (client) => {
        const found = await client.call("getAppointment", { params: { id } });
        return { at: found.status === "cancelled" ? found.updated_at : undefined };
      },
      onDone,
    });
  }

  /** A call of somebody who is called already is no news to the server, but it is to whoever called them just now. */
  #requireOurs({ repeated, transition, appointment: { queue } }: Step): void {
    if (!repeated || !queue || !("called_at" in queue) || transition?.actor.name === this.#needs.actor) return;
    const details = { room: queue.room?.name ?? null, called_at: queue.called_at, stage: queue.stage };
    throw new AlreadyCalledError({ status: 409, code: "AlreadyCalled", message: "", details, requestId: null });
  }

  #find(client: ClinicClient, row: StaffAppointment, actions: string[], text: string): Promise<Outcome> {
    const { appointment_id: appointmentId, queue } = row;
    const version = queue?.version ?? 0;
    return findStep(client, { appointmentId, actions, actor: this.#needs.actor, version, text });
  }

  /** Whoever is in the place now, and was not when the call was sent whose answer was lost, tells whether it was made. */
  async #findCall(client: ClinicClient, seen: StaffSection, leaving: Leaving): Promise<Outcome> {
    const { desk, words } = this.#needs;
    const placeId = leaving.room_id ?? seen.room?.id ?? seen.doctor.id;
    const section = desk.queue()?.doctors.find(({ doctor }) => doctor.id === seen.doctor.id);
    const place = placeIn(section, placeId);
    const there = place?.appointment_id;
    const row = there && findRow(desk.queue(), there)?.row;
    if (!row || place?.after === placeIn(seen, placeId)?.after) return { at: undefined };
    // What was seen of whoever is there now is older than the call.
    const before = seen.appointments.find(({ appointment_id }) => appointment_id === there) ?? row;
    const text = sayDone(words, "call", row.ticket, row.queue?.room?.name);
    return this.#find(client, before, ["call_next"], text);
  }

  /** What the sentence of what was done names besides the ticket. */
  #placeOf(action: Action, fields: Fields, answer: Step | undefined): string | undefined {
    if (action === "transfer") return this.#needs.desk.doctors().find(({ id }) => id === fields.doctor_id)?.name;
    return answer?.place?.room?.name;
  }

  #ways(error: unknown, row: StaffAppointment, action: Action, again: () => void): WayOn[] {
    const { desk } = this.#needs;
    const found = findRow(desk.queue(), row.appointment_id);
    if (error instanceof AlreadyCalledError && found) {
      const next = nextOf(found.section, row.appointment_id);
      if (!next) return [];
      const { ticket } = next;
      return [
        this.#way(
          (words) => words.say("callNow", { ticket }),
          () => void this.act(next, "call"),
        ),
      ];
    }
    if (error instanceof PlaceOccupiedError) return this.#waysAround(error, again);
    if (error instanceof StaleError) {
      const stage = error.entry?.stage ?? (found && entryStageOf(found.row));
      return stage && isPossible(action, stage) ? [this.#way((words) => words.say("doAnyway"), again)] : [];
    }
    return this.#wayToDoctor(error, found?.section);
  }

  #waysOfNext(error: unknown, section: StaffSection, leaving: Leaving): WayOn[] {
    const again = (more: Leaving) => (): void => void this.callNext(section, { ...leaving, ...more });
    if (error instanceof PlaceOccupiedError && error.appointmentId !== undefined) {
      const { ticket = "", appointmentId } = error;
      return error.stage === "called"
        ? [this.#way((words) => words.say("skipAndCall", { ticket }), again({ skip: appointmentId }))]
        : [this.#way((words) => words.say("finishAndCall", { ticket }), again({ finish: appointmentId }))];
    }
    if (error instanceof StaleError) return [this.#way((words) => words.say("callNext"), again({}))];
    return this.#wayToDoctor(error, section);
  }

  /** Whoever holds the place leaves it first. */
  #waysAround({ appointmentId, ticket = "", stage }: PlaceOccupiedError, again: () => void): WayOn[] {
    const { desk } = this.#needs;
    const other = appointmentId === undefined ? undefined : findRow(desk.queue(), appointmentId)?.row;
    if (!other) return [];
    const act = async (): Promise<void> => {
      if (await this.act(other, stage === "called" ? "skip" : "serve")) again();
    };
    const key = stage === "called" ? "skipFirst" : "finishFirst";
    return [
      this.#way(
        (words) => words.say(key, { ticket }),
        () => void act(),
      ),
    ];
  }

  #wayToDoctor(error: unknown, section: StaffSection | undefined): WayOn[] {
    const { desk } = this.#needs;
    if (!(error instanceof ApiError) || error.code !== "DoctorUnavailable" || !section) return [];
    const act = (): void => desk.open({ name: "doctor", id: section.doctor.id });
    return [this.#way((words) => words.say("doctorsDay"), act)];
  }

  /** A way on, whose label is in the language of the moment in which it is read. */
  #way(say: (words: Words<typeof en>) => string, act: () => void): WayOn {
    const needs = this.#needs;
    return {
      get label() {
        return say(needs.words);
      },
      act,
    };
  }
}

function doneOf(appointmentId: string, text: string, { transition, repeated }: Step): Done | undefined {
  if (!transition) return repeated ? undefined : { text, at: new Date().toISOString() };
  // A further call of the same patient is the one step that cannot be taken back.
  const undo = transition.action === "recall" ? undefined : undoOf(appointmentId, transition.id);
  return { text, at: transition.at, undo };
}

const placeIn = (section: StaffSection | undefined, placeId: string) =>
  section?.places.find(({ place_id }) => place_id === placeId);

function undoOf(appointmentId: string, transition: string | undefined): Done["undo"] {
  return transition === undefined ? undefined : { appointmentId, transition };
}

/** The answer to a check-in does not name its step, which undoing must name: the newest of its kind. */
async function newestStep(client: ClinicClient, id: string): Promise<{ id: string; at: string } | undefined> {
  try {
    const history = await client.call("listTransitions", { params: { id } });
    return history.filter(({ action }) => action === "check_in" || action === "requeue").pop();
  } catch {
    // The check-in is done; it only cannot be taken back from here.
    return undefined;
  }
}

function nextOf(section: StaffSection, except: string): StaffAppointment | undefined {
  return section.appointments
    .filter(({ appointment_id, queue }) => queue?.stage === "waiting" && appointment_id !== except)
    .sort((a, b) => (a.queue?.rank ?? Infinity) - (b.queue?.rank ?? Infinity))[0];
}
