/**
 * What the server says over the WebSocket, as plain types, because whoever installs this package has neither `contract/`
 * nor zod. A test has the compiler prove that they equal the contract's.
 */

/** What a client may ask to see, if its token allows it. `doctor` is the staff's view of one section. */
export type AskedView = "staff" | "doctor" | "public" | "patient";

/** What patients see of themselves. */
export interface OwnPatient {
  id: string;
  name: string;
  /** Empty where there is none. */
  phone: string;
  age: number | null;
  gender: string | null;
}

export interface Patient extends OwnPatient {
  /** `YYYY-MM-DD`. */
  birth_date: string | null;
  needs: Needs;
}

/** What a patient needs of the clinic. */
export interface Needs {
  /** To be fetched in person. */
  fetch?: boolean | undefined;
  interpreter?: boolean | undefined;
  /** BCP 47. */
  language?: string | undefined;
  step_free?: boolean | undefined;
  other?: string | undefined;
}

/** What the public view shows of a patient. */
export interface PublicPatient {
  id: null;
  /** The ticket, or as much of the name as the clinic allows. */
  name: string;
  phone: null;
  age: null;
  gender: null;
}

/** Where a patient is on the way through the queue. The first five are open: the patient is still here. */
export type Stage = "waiting" | "called" | "in_consultation" | "on_hold" | "skipped" | "served" | "no_show" | "left";

export interface Room {
  id: string;
  name: string;
}

interface BaseEntry {
  /** The ordinal of the check-in with this doctor, from 1. */
  position: number;
  status: "waiting" | "served" | "skipped";
  /** RFC 3339 in UTC, as all times here. */
  checked_in_at: string;
  /** 1…k among those who wait for this doctor, else null. */
  rank: number | null;
}

/** An entry as staff and doctors see it. */
export interface QueueEntry extends BaseEntry {
  stage: Stage;
  /** To be sent with an action, so that nobody acts on what has changed. */
  version: number;
  /** Where the patient was called last: a room's id, or the doctor's. */
  place_id: string | null;
  room: Room | null;
  /** What the order goes by, among equal priorities. */
  turn_at: string;
  /** 1 urgent, 2 emergency. */
  priority: number;
  called_at: string | null;
  call_count: number;
  started_at: string | null;
  /** Seconds in consultation, without the part that is under way. */
  consulted_s: number;
  completed_at: string | null;
  hold_reason: string | null;
  /** What the patient answered to the call. */
  answer: "coming" | "minutes" | "in_room" | "here" | null;
}

/** A patient's own entry. */
export interface OwnQueueEntry extends BaseEntry {
  stage: Stage;
  answer: QueueEntry["answer"];
  /** How many wait before the patient. */
  ahead: number;
  /** Where to go, while the patient is called. */
  room: Room | null;
  called_at: string | null;
  call_count: number | null;
}

/** What the public view shows of an entry: who waits, and who is called to which room. */
export interface PublicQueueEntry extends BaseEntry {
  stage: "waiting" | "called" | null;
  room: Room | null;
  called_at: string | null;
  call_count: number | null;
}

interface BaseAppointment {
  appointment_id: string;
  /** From 1 for each doctor and day; walk-ins and transferred patients have slots from 1001. */
  slot: number;
  /** The hour of the day. */
  time_slot: number | null;
  status: "booked" | "checked_in" | "completed" | "cancelled";
  /** What a screen shows instead of a name. */
  ticket: string;
}

export interface PublicAppointment extends BaseAppointment {
  patient: PublicPatient;
  /** Null before the check-in. */
  queue: PublicQueueEntry | null;
}

interface OwnDetails extends BaseAppointment {
  starts_at: string | null;
  /** When its slot ends; null where it was booked without a schedule. */
  ends_at: string | null;
  source: "booking" | "walk_in";
  /** How it ended; null while it has not. */
  outcome: "served" | "no_show" | "left" | "rescheduled" | "cancelled_by_patient" | "cancelled_by_clinic" | null;
  mode: "in_person" | "phone" | "video";
}

export interface OwnAppointment extends OwnDetails {
  patient: OwnPatient;
  queue: OwnQueueEntry | null;
}

export interface StaffAppointment extends OwnDetails {
  note: string | null;
  /** Why the patient comes. */
  reason: string | null;
  patient: Patient;
  queue: QueueEntry | null;
}

interface Appointments {
  staff: StaffAppointment;
  doctor: StaffAppointment;
  public: PublicAppointment;
  patient: OwnAppointment;
}

export type Appointment<V extends AskedView = AskedView> = Appointments[V];

export interface Call {
  ticket: string;
  room: Room | null;
  called_at: string;
  call_count: number;
}

/** Where one patient is called to, and who is there. */
export interface Place {
  place_id: string;
  room: Room | null;
  /** What the next call to this place must name. */
  after: string;
  appointment_id: string | null;
}

interface BaseSection {
  doctor: { id: string; name: string; code: string; specialty: string | null };
  /** Where the doctor's patients wait. */
  area: { id: string; name: string } | null;
  /** Where the doctor is on that date. */
  room: Room | null;
  is_present: boolean;
  /** Away is for a while; absent and finished are for the day. */
  state: "present" | "away" | "finished" | "absent";
  notice: string | null;
  /** When somebody who is away comes back. */
  returns_at: string | null;
  total_appointments: number;
  checked_in_count: number;
}

interface PublicSection extends BaseSection {
  /** The last five, newest first. */
  calls: Call[];
}

interface StaffSection extends BaseSection {
  /** Several rooms call from the one queue of a service at once. */
  kind: "person" | "service";
  waiting_count: number;
  served_count: number;
  /** Each place that the doctor used on that date. */
  places: Place[];
  /** The last five, newest first. */
  calls: (Call & { stage: Stage })[];
}

interface Sections {
  staff: StaffSection;
  doctor: StaffSection;
  public: PublicSection;
  patient: BaseSection;
}

/** One doctor's part of a date, as a view shows it; with no view named, as any view may show it. */
export type Section<V extends AskedView = AskedView> = Sections[V] & { appointments: Appointment<V>[] };

/** The whole queue of a date, or of one doctor's part of it. */
export interface Queue<V extends AskedView = AskedView> {
  /** `YYYY-MM-DD`. */
  date: string;
  /** The history that `revision` counts in: another one begins when the clinic's database is restored. */
  epoch: string;
  /** Rises by one with each change of the date. */
  revision: number;
  /** When the last change was made; null while there was none. */
  changed_at: string | null;
  total_appointments: number;
  total_doctors: number;
  /** How many tasks of that date wait for the desk. Only to staff who watch the whole date. */
  open_tasks?: number | undefined;
  doctors: Section<V>[];
  /** When this message was made. */
  timestamp: string;
}

/** The state at `revision` is the state at `from_revision` with these sections replaced and those removed. */
export interface Delta<V extends AskedView = AskedView> extends Queue<V> {
  from_revision: number;
  removed_doctors: string[];
}

export interface ErrorMessage {
  type: "error";
  /** For people. */
  error: string;
  /** For programs. */
  code:
    | "invalid_json"
    | "invalid_message"
    | "unknown_action"
    | "missing_date"
    | "invalid_date"
    | "invalid_doctor_id"
    | "invalid_mode"
    | "invalid_since"
    | "invalid_view"
    | "invalid_token"
    | "unauthenticated"
    | "forbidden"
    | "rate_limited"
    | "unavailable";
}

type Role = "manager" | "operator" | "staff" | "doctor" | "screen" | "kiosk" | "patient" | "service";

/** A message that carries what the client watches. */
export type QueueMessage<V extends AskedView = AskedView> =
  | { type: "snapshot" | "update"; data: Queue<V> }
  | { type: "delta"; data: Delta<V> };

export type ServerMessage<V extends AskedView = AskedView> =
  | QueueMessage<V>
  | ErrorMessage
  | { type: "unsubscribed"; message: string }
  /** `expires_at` is when the token ends; null in open mode. */
  | { type: "authenticated"; role: Role; expires_at: string | null }
  /** `live` is whether the server can vouch that it follows the database, `live_at` when it last could. */
  | { type: "pong"; timestamp: string; live: boolean; live_at: string | null };
