import type { Action, ClinicClient } from "../../../client/clinic-client.ts";
import type { QueueHolder } from "../../../client/known-queue.ts";
import type { Answer, Body } from "../../../client/rest-client.ts";
import type { Actions, Deed, Found, WayOn } from "../../shared/actions/actions.ts";
import { findStep } from "../../shared/actions/find-step.ts";
import type { Done } from "../../shared/actions/journal.ts";
import type { Post } from "../post/post.ts";
import type { DoctorWords } from "../words/doctor-words.ts";
import { placeIdOf, type Row, type StaffSection } from "../work/work.ts";
import { taskOf, type After } from "./after.ts";
import { tellCall, tellOther } from "./tell-call.ts";

/** Where what is done with the patient who is here is begun, and told. */
export const mainPlace = "main";

/** What deeds need of the page. */
export interface Around {
  actions: Actions;
  words: DoctorWords;
  post: Post;
  holder: QueueHolder;
  /** Who acts, as the history names them. */
  actor: string | null;
  /** Tells what a call came to that nobody expected; undefined takes it away. */
  tell: (text: string | undefined) => void;
  /** What can be done about a refused call or action. */
  ways: (error: unknown) => readonly WayOn[];
}

export interface Leaving {
  row: Row;
  how: "finish" | "skip";
}

type Next = Answer<"callNext">;
type Step = Answer<"actInQueue">;
type Fields = Partial<Pick<Extract<Body<"actInQueue">, { action: "call" }>, "reason" | "room_id">> &
  Record<string, unknown>;

/** What a doctor does with patients: each is one deed, which tells what came of it and how to take it back. */
export class Deeds {
  readonly #around: Around;

  constructor(around: Around) {
    this.#around = around;
  }

  /** Calls the next patient of a queue, after serving or skipping whoever is here. `expected` is whom the button names. */
  async callNext(section: StaffSection, expected: Row | undefined, leaving?: Leaving): Promise<void> {
    const { actions, words, tell, ways } = this.#around;
    const seen = this.#versions();
    tell(undefined);
    const answer = await actions.do<Next>({
      at: mainPlace,
      ticket: expected?.appointment.ticket ?? leaving?.row.appointment.ticket,
      send: async (client) => {
        const answer = await this.#sendNext(client, section, leaving);
        if (leaving && !answer.transition) await this.#noteLeft(client, leaving, seen);
        return answer;
      },
      done: (answer) => this.#doneNext(answer, leaving),
      find: (client) => this.#findNext(client, section, expected, leaving, seen),
      ways,
    });
    if (answer) tell(tellOther(answer, expected?.appointment, leaving !== undefined, words));
  }

  /** Serves or skips whoever is here and calls the next, in one step where both are of one queue; without a next one, calls nobody. */
  async leaveAndCall(leaving: Leaving, next: Row | undefined): Promise<boolean> {
    const { row, how } = leaving;
    if (next && next.section.doctor.id === row.section.doctor.id) {
      await this.callNext(next.section, next, leaving);
      return this.#around.actions.state(mainPlace) === undefined;
    }
    const action = how === "finish" ? "serve" : "skip";
    const isDone = await this.act(row, action, this.#textOf(leaving, undefined, undefined), { at: mainPlace });
    if (isDone && next) await this.callNext(next.section, next);
    return isDone;
  }

  /** Ends a visit with what comes after it, and then, where there is a next one to call, calls. */
  async finish(row: Row, after: After, where: string, next: Row | undefined): Promise<boolean> {
    if (after.kind === "nothing") return this.leaveAndCall({ row, how: "finish" }, next);
    const { words } = this.#around;
    const { ticket } = row.appointment;
    const task = taskOf(after, words);
    const reason = after.text.trim();
    const isDone =
      after.kind === "on"
        ? await this.act(row, "transfer", words.say(after.isReturn ? "youSentAndBack" : "youSent", { ticket, where }), {
            fields: { doctor_id: after.doctorId, return: after.isReturn, ...(reason !== "" && { reason }) },
            at: mainPlace,
          })
        : await this.act(row, "serve", words.say("youFinished", { ticket }), { fields: { task }, at: mainPlace });
    if (isDone && next) await this.callNext(next.section, next);
    return isDone;
  }

  /** Puts whoever is here on hold, and calls whoever cannot wait. */
  async holdAndCall(row: Row, urgent: Row): Promise<void> {
    const { words } = this.#around;
    const text = words.say("youHeld", { ticket: row.appointment.ticket });
    const isHeld = await this.act(row, "hold", text, { at: mainPlace });
    if (isHeld) await this.callNext(urgent.section, urgent);
  }

  /** Calls somebody out of order, or who was on hold or did not come. */
  async call(row: Row, reason: string): Promise<boolean> {
    const text = tellCall(row.appointment.ticket, undefined, this.#around.words);
    return this.act(row, "call", text, { fields: { reason, ...this.#room(row.section) } });
  }

  async start(row: Row): Promise<boolean> {
    const text = this.#around.words.say("youStarted", { ticket: row.appointment.ticket });
    const isCalled = row.stage === "called";
    return this.act(row, "start", text, {
      fields: isCalled ? {} : this.#room(row.section),
      at: isCalled ? mainPlace : undefined,
    });
  }

  /** Somebody who is booked came straight to the doctor. */
  async checkIn({ appointment }: Row): Promise<boolean> {
    const { actions, actor, words } = this.#around;
    const { appointment_id: appointmentId, patient, ticket } = appointment;
    const version = appointment.queue?.version ?? 0;
    const text = words.say("youCheckedIn", { ticket });
    const answer = await actions.do({
      at: appointmentId,
      ticket,
      send: (client) => client.checkIn({ appointment_id: appointmentId, patient_id: patient.id }),
      done: ({ checked_in_at }) => ({ text, at: checked_in_at }),
      find: (client) => findStep(client, { appointmentId, actions: ["check_in"], actor, version, text }),
    });
    return answer !== undefined;
  }

  /** Takes one action on one patient. Gives whether it was done. */
  async act(
    row: Row,
    action: Action,
    text: string,
    { fields, at }: { fields?: Fields | undefined; at?: string | undefined } = {},
  ): Promise<boolean> {
    const { actions, actor, ways, tell } = this.#around;
    const { appointment_id: appointmentId, ticket } = row.appointment;
    if (at === mainPlace) tell(undefined);
    const version = row.appointment.queue?.version ?? 0;
    const done = ({ transition, repeated }: Step): Done | undefined => {
      if (!transition || (repeated && action === "recall")) return undefined;
      return {
        text,
        at: transition.at,
        undo: action === "recall" ? undefined : { appointmentId, transition: transition.id },
      };
    };
    const deed: Deed<Step> = {
      at: at ?? appointmentId,
      ticket,
      send: (client) => client.act(appointmentId, action as "call", fields),
      done,
      // A further call is heard, and does no harm twice.
      ...(action !== "recall" && {
        find: (client: ClinicClient) => findStep(client, { appointmentId, actions: [action], actor, version, text }),
      }),
      ways,
    };
    return (await actions.do(deed)) !== undefined;
  }

  /** Records the doctor's state, notice or room of a date. */
  async setDay(doctorId: string, date: string, body: Body<"setDoctorDay">, text: string): Promise<boolean> {
    const answer = await this.#around.actions.do({
      at: `day ${doctorId}`,
      send: (client) => client.setDoctorDay(doctorId, date, body),
      done: ({ updated_at }) => (updated_at === null ? undefined : { text, at: updated_at }),
      find: async (client) => {
        const day = await client.call("getDoctorDay", { params: { id: doctorId }, query: { date } });
        const isSo = Object.entries(body).every(([field, value]) => isSame(day[field as keyof typeof day], value));
        return { at: isSo ? (day.updated_at ?? undefined) : undefined };
      },
    });
    return answer !== undefined;
  }

  #sendNext(client: ClinicClient, { doctor, ...section }: StaffSection, leaving: Leaving | undefined): Promise<Next> {
    // Whoever leaves may be in another room than the one from which the doctor calls usually.
    const room_id = leaving?.row.appointment.queue?.room?.id ?? this.#room({ doctor, ...section }).room_id;
    return client.next(doctor.id, {
      ...(leaving && { [leaving.how]: leaving.row.appointment.appointment_id }),
      ...(room_id !== undefined && { room_id }),
    });
  }

  #doneNext({ appointment, transition, place }: Next, leaving: Leaving | undefined): Done | undefined {
    if (!transition) return undefined;
    const appointmentId = appointment?.id ?? leaving?.row.appointment.appointment_id ?? "";
    const text = this.#textOf(leaving, appointment?.ticket, place?.room?.name);
    return { text, at: transition.at, undo: { appointmentId, transition: transition.id } };
  }

  /** Nobody was left to be called, so the answer has no step. Whoever was here was served or skipped all the same. */
  async #noteLeft(client: ClinicClient, leaving: Leaving, seen: ReadonlyMap<string, number>): Promise<void> {
    const { done } = await this.#findLeft(client, leaving, seen).catch(() => ({ done: undefined }));
    if (done) this.#around.actions.note(done);
  }

  #findLeft(client: ClinicClient, leaving: Leaving, seen: ReadonlyMap<string, number>): Promise<Found> {
    const { actor } = this.#around;
    const appointmentId = leaving.row.appointment.appointment_id;
    const actions = [leaving.how === "finish" ? "serve" : "skip"];
    const text = this.#textOf(leaving, undefined, undefined);
    return findStep(client, { appointmentId, actions, actor, version: seen.get(appointmentId) ?? 0, text });
  }

  #textOf(leaving: Leaving | undefined, called: string | undefined, room: string | undefined): string {
    const { words } = this.#around;
    if (!leaving) return tellCall(called ?? "", room, words);
    const { ticket } = leaving.row.appointment;
    if (called === undefined) return words.say(leaving.how === "finish" ? "youFinished" : "youSkipped", { ticket });
    return words.say(leaving.how === "finish" ? "youFinishedCalled" : "youSkippedCalled", { ticket, next: called });
  }

  /** A call whose answer was lost: whoever is at the place now may have been called, or whom the button named; or nobody waited. */
  async #findNext(
    client: ClinicClient,
    section: StaffSection,
    expected: Row | undefined,
    leaving: Leaving | undefined,
    seen: ReadonlyMap<string, number>,
  ): Promise<Found> {
    const { post, actor } = this.#around;
    const sections = this.#sections();
    const leavingId = leaving?.row.appointment.appointment_id;
    const placeId = leaving?.row.appointment.queue?.place_id ?? placeIdOf(post, section);
    const thereId = sections
      .flatMap(({ places }) => places)
      .find(({ place_id }) => place_id === placeId)?.appointment_id;
    const known = sections.flatMap(({ appointments }) => appointments);
    for (const appointmentId of new Set([thereId, expected?.appointment.appointment_id])) {
      if (!appointmentId || appointmentId === leavingId) continue;
      const ticket = known.find(({ appointment_id }) => appointment_id === appointmentId)?.ticket ?? "";
      const text = this.#textOf(leaving, ticket, undefined);
      const version = seen.get(appointmentId) ?? 0;
      const found = await findStep(client, { appointmentId, actions: ["call_next"], actor, version, text });
      if (found.at !== undefined) return found;
    }
    return leaving ? this.#findLeft(client, leaving, seen) : { at: undefined };
  }

  /** The version of each entry as the page shows it. */
  #versions(): ReadonlyMap<string, number> {
    const rows = this.#sections().flatMap(({ appointments }) => appointments);
    return new Map(rows.map(({ appointment_id, queue }) => [appointment_id, queue?.version ?? 0]));
  }

  #sections(): readonly StaffSection[] {
    return (this.#around.holder.queue?.doctors ?? []) as unknown as readonly StaffSection[];
  }

  /** The room that must be named: the one of this device. */
  #room({ room, kind }: StaffSection): { room_id?: string } {
    const { roomId } = this.#around.post;
    if (roomId !== undefined) return { room_id: roomId };
    return kind === "person" && room ? { room_id: room.id } : {};
  }
}

/** Moments are written in more than one way. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  return typeof a === "string" && typeof b === "string" && Date.parse(a) === Date.parse(b);
}
