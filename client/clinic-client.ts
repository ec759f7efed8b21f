import { StaleError } from "./errors.ts";
import { KnownQueue, type QueueHolder } from "./known-queue.ts";
import {
  RestClient,
  type Answer,
  type Body,
  type CallArguments,
  type CallOptions,
  type OperationId,
  type Query,
  type RestClientOptions,
} from "./rest-client.ts";

export interface ClinicClientOptions extends RestClientOptions {
  /** The queue that actions are about, as staff or a doctor see it. Without it, name `after` and `version` where need be. */
  queue?: QueueHolder | undefined;
}

type Transition = Body<"actInQueue">;
export type Action = Transition["action"];
/** What an action needs, without `version`, which the client knows. */
type Fields<A extends Action> = Omit<Extract<Transition, { action: A }>, "action">;
/** Nothing, where the action needs nothing. */
type ActArguments<A extends Action> =
  object extends Fields<A>
    ? [fields?: Fields<A> | undefined, options?: CallOptions]
    : [fields: Fields<A>, options?: CallOptions];
type NextFields = Omit<Body<"callNext">, "after"> & { after?: string | null | undefined };

type Step = Answer<"actInQueue">;

/**
 * Does what a desk, a doctor or a bot does all day; `call` does everything else. Calls that may be done twice without harm
 * are tried again by themselves, with one idempotency key.
 *
 * `next` and `act` say what their caller saw, so that nobody acts on what somebody else has changed. The client takes that
 * from the queue that it is given, and from its own answers where these are newer.
 */
export class ClinicClient {
  #rest: RestClient;
  #known: KnownQueue;

  constructor({ queue, ...options }: ClinicClientOptions) {
    this.#rest = new RestClient(options);
    this.#known = new KnownQueue(queue);
  }

  /** Makes any call of the API, by its name in the OpenAPI document. Throws an `ApiError`, or the reason of the signal. */
  call<Id extends OperationId>(id: Id, ...given: CallArguments<Id>): Promise<Answer<Id>> {
    return this.#rest.call(id, ...given);
  }

  findPatients(query: string, options?: CallOptions): Promise<Answer<"findPatients">> {
    return this.call("findPatients", { query: { query }, ...options });
  }

  /** Gives the patient who has the phone number already, with `existing`, where there is one. */
  registerPatient(body: Body<"registerPatient">, options?: CallOptions): Promise<Answer<"registerPatient">> {
    return this.call("registerPatient", { body, ...options });
  }

  book(body: Body<"bookAppointment">, options?: CallOptions): Promise<Answer<"bookAppointment">> {
    return this.call("bookAppointment", { body, ...options });
  }

  /** Cancels a booked appointment, and gives it as it is then. Somebody who is in the queue leaves by `act` instead. */
  cancel(
    appointmentId: string,
    body: Body<"cancelAppointment"> = {},
    options?: CallOptions,
  ): Promise<Answer<"cancelAppointment">> {
    return this.call("cancelAppointment", { params: { id: appointmentId }, body, ...options });
  }

  /** Moves a booked appointment, and gives both: `from`, which is cancelled, and `to` in its place. Both or none. */
  reschedule(
    appointmentId: string,
    body: Body<"rescheduleAppointment">,
    options?: CallOptions,
  ): Promise<Answer<"rescheduleAppointment">> {
    return this.call("rescheduleAppointment", { params: { id: appointmentId }, body, ...options });
  }

  async checkIn(body: Body<"checkIn">, options?: CallOptions): Promise<Answer<"checkIn">> {
    const { appointment_id: known } = body;
    const before = (known !== undefined && this.#known.knownVersion(known)) || 0;
    const answer = await this.call("checkIn", { body, ...options });
    this.#known.tookStep(answer.appointment_id, before);
    return answer;
  }

  async walkIn(body: Body<"addWalkIn">, options?: CallOptions): Promise<Answer<"addWalkIn">> {
    return this.#take(await this.call("addWalkIn", { body, ...options }));
  }

  /**
   * Calls a doctor's next patient, after serving (`finish`) or skipping (`skip`) the appointment that is there. `appointment`
   * of the answer is null when nobody waits.
   *
   * @throws StaleError when somebody else has used the place meanwhile, PlaceOccupiedError when another patient is there.
   */
  async next(
    doctorId: string,
    { after, ...fields }: NextFields = {},
    options?: CallOptions,
  ): Promise<Answer<"callNext">> {
    if (after === undefined) await this.#known.settle();
    const known = this.#known.isOf(fields.date) ? this.#known : new KnownQueue(undefined);
    const placeId = known.placeOf(doctorId, fields.room_id);
    const leaving = fields.finish ?? fields.skip;
    const versionBefore = leaving === undefined ? undefined : known.knownVersion(leaving);
    const body = { ...fields, after: after === undefined ? known.after(placeId) : after };
    const answer = await this.call("callNext", { params: { id: doctorId }, body, ...options }).catch(
      (error: unknown) => {
        if (error instanceof StaleError && error.place !== undefined) {
          known.tookPlace(placeId, error.place?.after ?? null, undefined);
        }
        throw error;
      },
    );
    const { appointment, transition, place, repeated } = answer;
    const isNews = transition && leaving !== undefined ? known.tookGroup(transition.id, leaving) : !repeated;
    if (isNews && leaving !== undefined && versionBefore !== undefined) known.tookStep(leaving, versionBefore);
    const witness = appointment && this.#takeEntry(known, appointment);
    if (place) known.tookPlace(place.place_id, place.after, witness ?? undefined);
    return answer;
  }

  /**
   * Takes an action on a patient who is in the queue: `call`, `start`, `hold`, `serve` and so on, with what it needs.
   *
   * @throws StaleError when somebody else has acted on the patient meanwhile, InvalidTransitionError when the action is not
   *   possible from where the patient is, PlaceOccupiedError, AlreadyCalledError.
   */
  async act<A extends Action>(appointmentId: string, action: A, ...rest: ActArguments<A>): Promise<Step> {
    const [fields, options] = rest;
    const { version = await this.#known.version(appointmentId), ...needs } = (fields ?? {}) as { version?: number };
    const body = { ...needs, action, version } as Transition;
    const answer = await this.call("actInQueue", { params: { id: appointmentId }, body, ...options }).catch(
      (error: unknown) => {
        if (error instanceof StaleError && error.entry) this.#known.tookVersion(appointmentId, error.entry.version);
        throw error;
      },
    );
    return this.#take(answer);
  }

  /** Takes back a transition of an appointment, with all that was done in the same action. */
  async undo(appointmentId: string, transition: string, options?: CallOptions): Promise<Answer<"undoTransition">> {
    const other = this.#known.takeGroup(transition);
    const versionBefore = other === undefined ? undefined : this.#known.knownVersion(other);
    const answer = await this.call("undoTransition", {
      params: { id: appointmentId },
      body: { transition },
      ...options,
    }).catch((error: unknown) => {
      if (other !== undefined) this.#known.tookGroup(transition, other);
      throw error;
    });
    if (other !== undefined && versionBefore !== undefined) this.#known.tookStep(other, versionBefore);
    return this.#take(answer);
  }

  /** Records a doctor's state, notice, room or capacity on a date. What is left out stays as it is; null clears. */
  setDoctorDay(
    doctorId: string,
    date: string,
    body: Body<"setDoctorDay">,
    options?: CallOptions,
  ): Promise<Answer<"setDoctorDay">> {
    return this.call("setDoctorDay", { params: { id: doctorId }, query: { date }, body, ...options });
  }

  tasks(query: Query<"listTasks"> = {}, options?: CallOptions): Promise<Answer<"listTasks">> {
    return this.call("listTasks", { query, ...options });
  }

  /** Takes over what an answer tells that the queue may not show yet. */
  #take(step: Step): Step {
    const { appointment, place } = step;
    if (!this.#known.isOf(appointment.date)) return step;
    const witness = this.#takeEntry(this.#known, appointment);
    if (place) this.#known.tookPlace(place.place_id, place.after, witness);
    return step;
  }

  #takeEntry(known: KnownQueue, { id, queue }: Step["appointment"]) {
    // A patient's own entry has no version.
    if (!queue || !("version" in queue)) return undefined;
    known.tookVersion(id, queue.version);
    return { appointmentId: id, version: queue.version };
  }
}
