/**
 * What the server says over the WebSocket, as plain types, because whoever installs this package has neither `contract/`
 * nor zod. A test has the compiler prove that they equal the contract's.
 */

/** What a client may ask to see, if its token allows it. `doctor` is the staff's view of one section. */
export type AskedView = "staff" | "doctor" | "public" | "patient";

export interface Patient {
  id: string;
  name: string;
  phone: string;
  age: number | null;
  gender: string | null;
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

export interface QueueEntry {
  /** The place in the order of check-in, from 1. */
  position: number;
  status: "waiting" | "served" | "skipped";
  /** RFC 3339 in UTC, as all times here. */
  checked_in_at: string;
  /** Only in the patient's view. */
  ahead?: number;
}

/** A patient's own entry. */
export interface OwnQueueEntry {
  position: number;
  status: "waiting" | "served" | "skipped";
  checked_in_at: string;
  /** How many wait before the patient. */
  ahead: number;
}

export interface Appointment<V extends AskedView = AskedView> {
  appointment_id: string;
  /** From 1 for each doctor and day. */
  slot: number;
  /** The hour of the day. */
  time_slot: number | null;
  status: "booked" | "checked_in" | "completed" | "cancelled";
  /** What a screen shows instead of a name. */
  ticket: string;
  patient: V extends "public" ? PublicPatient : Patient;
  /** Null before the check-in. */
  queue: (V extends "patient" ? OwnQueueEntry : QueueEntry) | null;
}

/** One doctor's part of a date, as a view shows it; with no view named, as any view may show it. */
export interface Section<V extends AskedView = AskedView> {
  doctor: { id: string; name: string; code: string; specialty: string | null };
  /** Where the doctor's patients wait. */
  area: { id: string; name: string } | null;
  /** Where the doctor usually is. */
  room: { id: string; name: string } | null;
  is_present: boolean;
  total_appointments: number;
  checked_in_count: number;
  appointments: Appointment<V>[];
}

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
